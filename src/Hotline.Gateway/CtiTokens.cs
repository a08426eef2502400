using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Hotline.Gateway;

/// <summary>Telephone systems that know Zammad's form of telling calls carry a token in its address: /api/calls/cti/{token}. It is a
/// credential's id and secret; here it becomes an access token, and goes no further: not into a log, a trace or a service.</summary>
public sealed class CtiTokens(IHttpClientFactory clients, TimeProvider clock)
{
    private const string Path = "/api/calls/cti/", Public = "/api/calls/cti";
    private const int MostKept = 1000;
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, (string Access, DateTimeOffset Until)> _known = new();

    // asking Identity costs a processor: strangers who guess do so one after the other
    private readonly SemaphoreSlim _asking = new(2);

    private sealed record Token(
        [property: JsonPropertyName("access_token")] string Access, [property: JsonPropertyName("expires_in")] int Seconds);

    /// <summary>Before authentication: whoever brings no good token is nobody, and told so as everywhere.</summary>
    public async Task Exchange(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.Value is not { } path || !path.StartsWith(Path, StringComparison.OrdinalIgnoreCase)
            || path.Length == Path.Length)
        {
            await next(http);
            return;
        }
        Activity.Current?.SetTag("url.path", Public);
        http.Request.Path = Public;
        http.Request.Headers.Authorization = "Bearer none"; // never a browser's cookie
        if (HttpMethods.IsPost(http.Request.Method) && await Access(path[Path.Length..], http.RequestAborted) is { } access)
            http.Request.Headers.Authorization = $"Bearer {access}";
        await next(http);
    }

    private async Task<string?> Access(string token, CancellationToken stop)
    {
        if (Credential(token) is not { } credential) return null;
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (_known.TryGetValue(key, out var known) && known.Until > clock.GetUtcNow()) return known.Access;
        await _asking.WaitAsync(stop);
        try
        {
            using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", credential.Id),
                new("client_secret", credential.Secret)]);
            using var answer = await clients.CreateClient(IdentityClient.Name).PostAsync("connect/token", form, stop);
            if (!answer.IsSuccessStatusCode || await answer.Content.ReadFromJsonAsync<Token>(stop) is not { } given) return null;
            if (_known.Count >= MostKept) _known.Clear();
            _known[key] = (given.Access, clock.GetUtcNow() + TimeSpan.FromSeconds(given.Seconds) - Early);
            return given.Access;
        }
        finally { _asking.Release(); }
    }

    private static (string Id, string Secret)? Credential(string token)
    {
        if (token.Length > 300 || !Base64Url.IsValid(token)) return null;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)).Split(':');
        return parts is [{ Length: > 0 } id, { Length: > 0 } secret] ? (id, secret) : null;
    }
}
