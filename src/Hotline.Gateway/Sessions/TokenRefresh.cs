using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Hotline.Gateway.Sessions;

/// <summary>Renews the access token inside the session before it runs out. A session whose renewal is refused ends;
/// one that cannot be renewed because Identity is away goes on with what it has.</summary>
public sealed class TokenRefresh(IHttpClientFactory clients, IConfiguration configuration, TimeProvider clock, ILogger<TokenRefresh> log)
{
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(2);

    private sealed record Tokens(
        [property: JsonPropertyName("access_token")] string AccessToken, [property: JsonPropertyName("refresh_token")] string? RefreshToken,
        [property: JsonPropertyName("expires_in")] int ExpiresIn);

    public async Task Validate(CookieValidatePrincipalContext context)
    {
        var now = clock.GetUtcNow();
        if (!DateTimeOffset.TryParse(context.Properties.GetTokenValue("expires_at"), CultureInfo.InvariantCulture, out var expires)
            || expires - now > Before) return;
        if (context.Properties.GetTokenValue("refresh_token") is not { } refresh)
        {
            context.RejectPrincipal();
            return;
        }
        try
        {
            using var answer = await Ask("token", context.HttpContext.RequestAborted, ("grant_type", "refresh_token"),
                ("refresh_token", refresh));
            if ((int)answer.StatusCode is >= 400 and < 500)
            {
                context.RejectPrincipal();
                return;
            }
            answer.EnsureSuccessStatusCode();
            var tokens = (await answer.Content.ReadFromJsonAsync<Tokens>(context.HttpContext.RequestAborted))!;
            context.Properties.UpdateTokenValue("access_token", tokens.AccessToken);
            if (tokens.RefreshToken is not null) context.Properties.UpdateTokenValue("refresh_token", tokens.RefreshToken);
            context.Properties.UpdateTokenValue("expires_at", now.AddSeconds(tokens.ExpiresIn).ToString("o", CultureInfo.InvariantCulture));
            context.ShouldRenew = true;
        }
        catch (Exception e) when (SaysAway(e))
        {
            log.LogWarning(e, "Session not renewed; Identity is away");
            if (expires <= now) context.RejectPrincipal();
        }
    }

    /// <summary>Somebody signs out: a copy of their session's cookie cannot be renewed any more, and ends with its access token.</summary>
    public async Task Revoke(string? refreshToken, CancellationToken stop)
    {
        if (refreshToken is null) return;
        try
        {
            using var answer = await Ask("revoke", stop, ("token", refreshToken), ("token_type_hint", "refresh_token"));
            if (!answer.IsSuccessStatusCode)
                log.LogWarning("Identity answered {Status} to the revocation of a session", (int)answer.StatusCode);
        }
        catch (Exception e) when (SaysAway(e))
        {
            log.LogWarning(e, "Session not revoked; Identity is away");
        }
    }

    private static bool SaysAway(Exception e) => e is HttpRequestException or TimeoutRejectedException or BrokenCircuitException;

    private Task<HttpResponseMessage> Ask(string endpoint, CancellationToken stop, params (string Name, string Value)[] fields) =>
        clients.CreateClient(IdentityClient.Name).PostAsync($"connect/{endpoint}", new FormUrlEncodedContent(
            [.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), new("client_id", "hotline-gateway"),
                new("client_secret", configuration["Gateway:ClientSecret"]!)]), stop);
}
