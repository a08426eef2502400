using System.Net;

namespace Hotline.Gateway;

/// <summary>The platform has one address, the public URL (Auth:Issuer): whatever a Host header says, no address that we make holds
/// it.</summary>
public static class PublicAddress
{
    private static readonly Text UnknownHost =
        new("host.unknown", "该主机名不属于本平台，请使用 {0}", "This host name is not one of the platform's: use {0}");

    /// <summary>The public URL, without a slash at its end.</summary>
    public static string Of(IConfiguration configuration) => (configuration["Auth:Issuer"] ?? "http://localhost:8080").TrimEnd('/');

    /// <summary>Refuses host names that are not ours and gives everything behind it the public one. Ours are the public host, this
    /// machine's own names and the setting Forwarded:Hosts; probes of /health and /alive come by the process's own address. A person at
    /// another of this machine's names signs in at the public one, where the cookies are.</summary>
    public static void UsePublicAddress(this WebApplication app)
    {
        var url = new Uri(Of(app.Configuration));
        var host = HostString.FromUriComponent(url);
        var others = app.Configuration.GetSection("Forwarded:Hosts").Get<string[]>() ?? [];
        var ours = new HashSet<string>([url.Host, url.IdnHost, .. others], StringComparer.OrdinalIgnoreCase);
        app.Use((http, next) =>
        {
            var (asked, path) = (http.Request.Host, http.Request.Path);
            if (path == "/health" || path == "/alive") return next(http);
            if (!ours.Contains(asked.Host) && !IsThisMachine(asked.Host)) return Refuse(http, url);
            if (asked != host && IsThisMachine(url.Host) && path == "/session/login")
            {
                http.Response.Redirect($"{Of(app.Configuration)}/session/login{http.Request.QueryString}");
                return Task.CompletedTask;
            }
            http.Request.Host = host;
            return next(http);
        });
    }

    private static Task Refuse(HttpContext http, Uri url) =>
        Problems.InvalidInput(new Dictionary<string, string[]> { ["Host"] = [UnknownHost.Say(url)] }).ExecuteAsync(http);

    private static bool IsThisMachine(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
