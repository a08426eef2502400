using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Hotline.Tools.Shared;

/// <summary>A client's credential at one platform, and the token that it holds for as long as it is valid.</summary>
public sealed class SignIn(HttpClient http, (string Id, string Secret) credential)
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1); // a token must still be valid when the call arrives
    private readonly SemaphoreSlim _one = new(1);
    private volatile Held? _held;

    private sealed record Held(string Token, DateTimeOffset Until)
    {
        public bool IsValid => Until > DateTimeOffset.UtcNow;
    }

    /// <summary>A client that signs in as this.</summary>
    public Client Client => new(http, async () => await Token());

    /// <summary>A valid token; asked for anew when the last one ends.</summary>
    /// <exception cref="PlatformException">The platform refuses.</exception>
    public async Task<string> Token()
    {
        if (_held is { IsValid: true } held) return held.Token;
        await _one.WaitAsync();
        try
        {
            if (_held is { IsValid: true } meanwhile) return meanwhile.Token;
            using var response = await Ask();
            var body = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
            if (!response.IsSuccessStatusCode) throw new PlatformException($"{credential.Id} cannot sign in: {body.ToJsonString()}");
            _held = new(body["access_token"]!.ToString(), DateTimeOffset.UtcNow.AddSeconds((int)body["expires_in"]!) - Margin);
            return _held.Token;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Asks for a token, whatever the answer.</summary>
    public Task<HttpResponseMessage> Ask() => http.PostAsync("/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
    {
        ["grant_type"] = "client_credentials",
        ["client_id"] = credential.Id,
        ["client_secret"] = credential.Secret,
    }));
}
