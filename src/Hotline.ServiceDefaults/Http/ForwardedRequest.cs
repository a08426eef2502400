using Microsoft.AspNetCore.HttpOverrides;

namespace Hotline.ServiceDefaults;

/// <summary>Scheme, host and client address of a request that came through proxies (the headers X-Forwarded-*).</summary>
public static class ForwardedRequest
{
    /// <summary>Scheme, host and client address as the proxy in front saw them. Trusted are the networks in <c>Forwarded:Networks</c>,
    /// by default loopback only.</summary>
    public static void AddForwarded(this WebApplicationBuilder builder) => builder.Services.Configure<ForwardedHeadersOptions>(options =>
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        foreach (var network in builder.Configuration.GetSection("Forwarded:Networks").Get<string[]>() ?? [])
            options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
    });

    private const string XForwardedHost = "X-Forwarded-Host", Nobodys = "unknown.invalid";

    /// <summary>Takes what the proxy says. A scheme that is none, which a client may have sent through a careless proxy, counts as http:
    /// OpenIddict recognises its endpoints by the whole address. A host that is none is nobody's (RFC 6761).</summary>
    public static void UseForwarded(this WebApplication app)
    {
        app.Use((http, next) =>
        {
            var said = http.Request.Headers[XForwardedHost];
            if (said.Count > 0 && !said.All(hosts => (hosts ?? "").Split(',').All(host => IsHost(host.Trim()))))
                http.Request.Headers[XForwardedHost] = Nobodys;
            return next(http);
        });
        app.UseForwardedHeaders();
        app.Use((http, next) =>
        {
            http.Request.Scheme = string.Equals(http.Request.Scheme, "https", StringComparison.OrdinalIgnoreCase) ? "https" : "http";
            if (http.Request.Host.HasValue && !IsHost(http.Request.Host.Value!)) http.Request.Host = new(Nobodys);
            return next(http);
        });
    }

    // as the framework reads and writes it, which has no other way to say that it cannot; and as an address may have it, whose names end
    // at 255 characters (RFC 1035): OpenIddict makes one of it
    private static bool IsHost(string said)
    {
        try
        {
            return HostString.FromUriComponent(said).ToUriComponent() is { Length: > 0 } host
                && Uri.TryCreate($"http://{host}/", UriKind.Absolute, out _);
        }
        catch (ArgumentException) { return false; }
    }
}
