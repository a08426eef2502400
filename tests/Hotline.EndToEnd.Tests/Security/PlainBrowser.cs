using System.Net;
using System.Text.RegularExpressions;

namespace Hotline.EndToEnd.Tests.Security;

/// <summary>A browser without scripts: follows redirects, keeps cookies, fills in forms, and remembers each cookie as it was set.</summary>
public sealed partial class PlainBrowser : IDisposable
{
    private readonly CookieContainer _cookies = new();

    /// <param name="address">Of another platform than the one that all tests share.</param>
    public PlainBrowser(Uri? address = null)
    {
        Http = new(new Recorder(SetCookies, Locations, Handler())) { BaseAddress = address ?? new($"http://localhost:{Platform.Port}") };
    }

    public HttpClient Http { get; }

    /// <summary>All Set-Cookie headers so far.</summary>
    public List<string> SetCookies { get; } = [];

    /// <summary>All Location headers so far, as they came.</summary>
    public List<string> Locations { get; } = [];

    /// <summary>The cookies of the gateway's session, which is long and comes in parts.</summary>
    public Dictionary<string, string> Session
    {
        get => _cookies.GetCookies(Http.BaseAddress!).Where(c => c.Name.StartsWith("hotline.session", StringComparison.Ordinal))
            .ToDictionary(c => c.Name, c => c.Value);
        set
        {
            foreach (var (name, part) in value) _cookies.Add(Http.BaseAddress!, new Cookie(name, part, "/"));
        }
    }

    /// <summary>Signs in as far as the password goes.</summary>
    /// <returns>Where one ends.</returns>
    public async Task<HttpResponseMessage> SignIn((string Name, string Password) user, string returnUrl = "/docs")
    {
        var page = await Http.GetAsync($"/session/login?returnUrl={Uri.EscapeDataString(returnUrl)}");
        return page.RequestMessage!.RequestUri!.AbsolutePath == "/account/login" ? await SignIn(page, user) : page;
    }

    public Task<HttpResponseMessage> SignIn(HttpResponseMessage page, (string Name, string Password) user) =>
        Post(page, null, ("Username", user.Name), ("Password", user.Password));

    public async Task<string> Text(string path) => await (await Http.GetAsync(path)).Content.ReadAsStringAsync();

    /// <summary>Fills in a page's form.</summary>
    /// <param name="handler">Which of a page's forms.</param>
    public async Task<string> Submit(string path, (string, string) field, string? handler = null) =>
        await Submit(await Http.GetAsync(path), field, handler);

    public async Task<string> Submit(HttpResponseMessage page, (string, string) field, string? handler = null) =>
        await (await Post(page, handler, field)).Content.ReadAsStringAsync();

    /// <summary>Fills in several fields of a page's form.</summary>
    /// <returns>Where one ends.</returns>
    public Task<HttpResponseMessage> Fill(HttpResponseMessage page, params (string, string)[] fields) => Post(page, null, fields);

    /// <summary>Follows the way of a sign-in up to where it would hand the code back, and does not go there.</summary>
    /// <param name="back">The address that gets the code.</param>
    public async Task<string> Code(string path, string back)
    {
        using var raw = new HttpClient(Handler()) { BaseAddress = Http.BaseAddress };
        using var answer = await raw.GetAsync(path);
        var location = answer.Headers.Location?.ToString()
            ?? throw new InvalidOperationException($"{answer.StatusCode} in place of a code");
        if (!location.StartsWith(back, StringComparison.Ordinal))
            throw new InvalidOperationException($"led to {location} in place of a code");
        return Uri.UnescapeDataString(Regex.Match(location, "[?&]code=([^&]+)").Groups[1].Value);
    }

    public void Dispose() => Http.Dispose();

    private RoomToSignIn Handler() => new(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false });

    private async Task<HttpResponseMessage> Post(HttpResponseMessage page, string? handler, params (string Name, string Value)[] fields)
    {
        var form = fields.ToDictionary(f => f.Name, f => f.Value);
        foreach (Match hidden in HiddenField().Matches(await page.Content.ReadAsStringAsync()))
            form[Attribute(hidden.Value, "name")] = WebUtility.HtmlDecode(Attribute(hidden.Value, "value"));
        var uri = page.RequestMessage!.RequestUri!.ToString();
        if (handler is not null) uri += (uri.Contains('?') ? "&" : "?") + $"handler={handler}";
        return await Http.PostAsync(uri, new FormUrlEncodedContent(form));
    }

    private static string Attribute(string tag, string name) => Regex.Match(tag, $"{name}=\"([^\"]*)\"").Groups[1].Value;

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex HiddenField();

    // redirects by hand: each answer's cookies are to be seen
    private sealed class Recorder(List<string> setCookies, List<string> locations, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            for (var hops = 0; ; hops++)
            {
                var answer = await base.SendAsync(request, cancellationToken);
                if (answer.Headers.TryGetValues("Set-Cookie", out var set)) setCookies.AddRange(set);
                if (answer.Headers.NonValidated.TryGetValues("Location", out var led)) locations.Add(led.ToString());
                if ((int)answer.StatusCode is not (301 or 302 or 303) || answer.Headers.Location is not { } location || hops == 20)
                    return answer;
                var target = new Uri(request.RequestUri!, location);
                // never to anywhere else: that it was told to go there is what a test looks at
                if (target.Authority != request.RequestUri!.Authority)
                    return new(HttpStatusCode.OK) { RequestMessage = new(HttpMethod.Get, target), Content = new StringContent("") };
                var next = new HttpRequestMessage(HttpMethod.Get, target);
                foreach (var (name, values) in request.Headers) next.Headers.TryAddWithoutValidation(name, values);
                request = next;
            }
        }
    }
}
