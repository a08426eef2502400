using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Hotline.Client;

/// <summary>An answer of the platform.</summary>
public sealed record Answer(HttpStatusCode Status, JsonNode Body)
{
    public JsonNode? this[string field] => Body[field];

    public string Text(string field) => Body[field]?.ToString() ?? "";

    public IEnumerable<JsonNode> Items => Body["items"]!.AsArray().Select(i => i!);
}

/// <summary>The platform's public API, as an operator's, a supervisor's or a vendor's own system calls it.</summary>
public sealed class Api(HttpClient http, string clientId, string clientSecret)
{
    private (string Token, DateTimeOffset Until)? _token;
    private readonly SemaphoreSlim _signIn = new(1);

    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path, null, null);

    /// <summary>As above; anything but success is a failure.</summary>
    public async Task<Answer> Read(string path)
    {
        var answer = await Get(path);
        return (int)answer.Status < 300
            ? answer : throw new PlatformException($"GET {path}: {(int)answer.Status} {answer.Text("code")} {answer.Text("title")}");
    }

    /// <summary>Sends with an Idempotency-Key, so that a retry is safe.</summary>
    public Task<Answer> Post(string path, object? body = null) => Send(HttpMethod.Post, path, body, Guid.NewGuid().ToString());

    /// <summary>As above; anything but success is a failure.</summary>
    public async Task<Answer> Must(string path, object? body = null)
    {
        var answer = await Post(path, body);
        return (int)answer.Status < 300 ? answer : throw new PlatformException($"POST {path}: "
            + $"{(int)answer.Status} {answer.Text("code")} {answer.Text("title")} {answer["errors"]?.ToJsonString()}");
    }

    private async Task<Answer> Send(HttpMethod method, string path, object? body, string? key)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Token());
            if (key is not null) request.Headers.Add("Idempotency-Key", key);
            using var response = await http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            var passing = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway
                or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
            if (passing && attempt < 6)
            {
                await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
                continue;
            }
            return new(response.StatusCode, text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!);
        }
    }

    private async Task<string> Token()
    {
        await _signIn.WaitAsync();
        try
        {
            if (_token is { } valid && valid.Until > DateTimeOffset.UtcNow) return valid.Token;
            using var response = await http.PostAsync("/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = clientId,
                ["client_secret"] = clientSecret,
            }));
            var body = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
            if (!response.IsSuccessStatusCode) throw new PlatformException($"{clientId} cannot sign in: {body.ToJsonString()}");
            _token = (body["access_token"]!.ToString(), DateTimeOffset.UtcNow.AddSeconds((int)body["expires_in"]! - 60));
            return _token.Value.Token;
        }
        finally
        {
            _signIn.Release();
        }
    }
}

/// <summary>The platform did not do what it promises.</summary>
public sealed class PlatformException(string what) : Exception(what);
