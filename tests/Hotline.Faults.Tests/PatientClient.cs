using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hotline.Testing;

namespace Hotline.Faults.Tests;

/// <summary>One try of a request that did not succeed.</summary>
/// <param name="What">503, connection where there was none or it broke, slow where the client gave up waiting.</param>
/// <param name="Lie">What is wrong with the answer, if anything: it must say 429, 502, 503 or 504,
/// with problem details and Retry-After.</param>
public sealed record ClientError(DateTime At, string What, string? Lie);

/// <summary>A client as the API's documentation asks for: it sends to a gateway that says it is well, and tries again,
/// with the same Idempotency-Key, what failed for a moment.</summary>
public sealed class PatientClient : IDisposable
{
    /// <summary>The client waited no longer.</summary>
    public const string Slow = "slow";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(20) })
    { Timeout = TimeSpan.FromSeconds(45) };
    private readonly CancellationTokenSource _end = new();
    private readonly Uri[] _gateways;
    private volatile Uri[] _well;
    private int _turn;

    public PatientClient(Uri[] gateways) => _gateways = _well = gateways;

    public ConcurrentQueue<ClientError> Errors { get; } = [];

    /// <summary>Watches the gateways' health, as a balancer in front of them does.</summary>
    public async Task Balance()
    {
        while (!_end.IsCancellationRequested)
        {
            var answers = await Task.WhenAll(_gateways.Select(Well));
            if (_gateways.Where((_, i) => answers[i]).ToArray() is { Length: > 0 } well) _well = well;
            await Task.Delay(200);
        }
    }

    public async Task<JsonNode> Token(string id, string secret)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = id, ["client_secret"] = secret };
        return (await Send(null, HttpMethod.Post, "/connect/token", () => new FormUrlEncodedContent(form), null)).Body;
    }

    public Task<Answer> Get(string token, string path) => Send(token, HttpMethod.Get, path, () => null, null);

    public Task<Answer> Post(string token, string path, object? body = null, string? key = null) =>
        Send(token, HttpMethod.Post, path, () => body is null ? null : JsonContent.Create(body), key ?? Guid.NewGuid().ToString("N"));

    /// <summary>One try, for measuring; null where no answer came.</summary>
    public async Task<(Answer? Answer, ClientError? Error)> Once(
        string? token, HttpMethod method, string path, HttpContent? content, string? key, TimeSpan atMost)
    {
        var well = _well;
        using var request = new HttpRequestMessage(method,
            new Uri(well[(uint)Interlocked.Increment(ref _turn) % well.Length], path))
        { Content = content };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var limit = new CancellationTokenSource(atMost);
        try
        {
            using var response = await _http.SendAsync(request, limit.Token);
            var text = await response.Content.ReadAsStringAsync(limit.Token);
            var body = text is ['{' or '[', ..] ? JsonNode.Parse(text)! : new JsonObject { ["text"] = text };
            var answer = new Answer(response.StatusCode, body, response.Headers, response.Content.Headers);
            if (answer.Code is not (429 or >= 500)) return (answer, null);
            var lie = answer.Code is not (429 or 502 or 503 or 504) ? $"{method} {path}: {answer}"
                : answer.Headers.RetryAfter is null || answer.Text("code").Length == 0 || answer.Text("traceId").Length == 0
                ? $"{method} {path}: without Retry-After or problem details: {answer}"
                : null;
            return (answer, new(DateTime.UtcNow, answer.Code.ToString(System.Globalization.CultureInfo.InvariantCulture), lie));
        }
        catch (OperationCanceledException)
        {
            return (null, new(DateTime.UtcNow, Slow, null));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return (null, new(DateTime.UtcNow, "connection", null));
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _http.Dispose();
    }

    private async Task<Answer> Send(string? token, HttpMethod method, string path, Func<HttpContent?> content, string? key)
    {
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            var (answer, error) = await Once(token, method, path, content(), key, TimeSpan.FromSeconds(45));
            if (error is null) return answer!;
            Errors.Enqueue(error);
            if (Stopwatch.GetElapsedTime(begun) > Patience) throw new TimeoutException($"{method} {path} failed for {Patience}: {answer}");
            await Task.Delay(answer?.Headers.RetryAfter?.Delta ?? TimeSpan.FromMilliseconds(500));
        }
    }

    private async Task<bool> Well(Uri gateway)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            using var response = await _http.GetAsync(new Uri(gateway, "/health"), limit.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
