using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hotline.Telephony.Tests;

/// <summary>The platform's public way in, as far as the adapter speaks to it: it records what it gets.</summary>
public sealed class RecordingPlatform : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, byte> _ids = new();
    private readonly Lock _lock = new();
    private readonly List<JsonNode> _events = [];
    private int _tokens;

    private RecordingPlatform(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add($"http://127.0.0.1:{port}");
        _app.MapPost("/connect/token", (HttpRequest request) => Token(request));
        _app.MapPost("/api/calls/events", Events);
        _app.MapGet("/api/calls/commands", Stream);
        _app.MapPost("/api/calls/commands/{id}/done", async (string id, HttpRequest request) =>
        {
            Done[id] = (await JsonNode.ParseAsync(request.Body))!;
            return Results.NoContent();
        });
    }

    /// <summary>Each once, in the order in which they came.</summary>
    public IReadOnlyList<JsonNode> All
    {
        get { lock (_lock) return [.. _events]; }
    }

    /// <summary>How large the requests were.</summary>
    public ConcurrentQueue<int> Batches { get; } = new();

    public int Repeated { get; private set; }

    /// <summary>Status with which all is refused, and Retry-After; null = all is taken.</summary>
    public (int Status, string? RetryAfter)? Refusing { get; set; }

    /// <summary>Requests that were refused so.</summary>
    public int RefusedCalls { get; private set; }

    /// <summary>A caller whose events are refused one by one, and one for whom the whole batch is.</summary>
    public string? RefusedCaller { get; set; }

    public string? PoisonousCaller { get; set; }

    public ConcurrentDictionary<string, JsonNode> Done { get; } = new();

    public ConcurrentQueue<string?> LastEventIds { get; } = new();

    /// <summary>What the stream says next; an empty text ends it.</summary>
    public Channel<string> Says { get; } = Channel.CreateUnbounded<string>();

    /// <summary>Tokens that were given out; only the last one holds.</summary>
    public int Tokens => _tokens;

    public string Url => _app.Urls.First();

    public static async Task<RecordingPlatform> Start(int port = 0)
    {
        var platform = new RecordingPlatform(port);
        await platform._app.StartAsync();
        return platform;
    }

    /// <summary>From now on the token does not hold any more.</summary>
    public void EndToken() => Interlocked.Increment(ref _tokens);

    /// <summary>What is known of one caller's call: type, seat and cause of each event.</summary>
    public string Story(string caller) => string.Join('|', All.Where(e => (string?)e["from"] == caller).Select(Line));

    public static string Line(JsonNode told) => string.Join(' ',
        new[] { (string?)told["type"], (string?)told["seat"], (string?)told["cause"] }.Where(w => w is not null));

    public async ValueTask DisposeAsync()
    {
        Says.Writer.TryComplete();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private IResult Token(HttpRequest request) => request.Headers.Authorization.ToString().StartsWith("Basic ", StringComparison.Ordinal)
        ? Results.Json(new { access_token = $"token-{Interlocked.Increment(ref _tokens)}", expires_in = 1800, token_type = "Bearer" })
        : Results.Unauthorized();

    private bool IsSignedIn(HttpRequest request) => request.Headers.Authorization == $"Bearer token-{_tokens}";

    private async Task<IResult> Events(HttpRequest request)
    {
        if (!IsSignedIn(request)) return Results.Unauthorized();
        if (Refusing is { } refusing)
        {
            RefusedCalls++;
            if (refusing.RetryAfter is { } after) request.HttpContext.Response.Headers.RetryAfter = after;
            return Results.StatusCode(refusing.Status);
        }
        var events = (await JsonNode.ParseAsync(request.Body))!.AsArray();
        Batches.Enqueue(events.Count);
        if (events.Count > 100 || events.Any(e => PoisonousCaller is not null && (string?)e!["from"] == PoisonousCaller))
            return Results.Json(new { code = "body.invalid" }, statusCode: 400);
        var refused = events.Index().Where(e => RefusedCaller is not null && (string?)e.Item!["from"] == RefusedCaller)
            .Select(e => new { index = e.Index, code = "event.time" }).ToArray();
        lock (_lock)
        {
            foreach (var one in events.Where(e => RefusedCaller is null || (string?)e!["from"] != RefusedCaller))
            {
                if (_ids.TryAdd((string)one!["eventId"]!, 0)) _events.Add(one.DeepClone());
                else Repeated++;
            }
        }
        return Results.Json(new { accepted = events.Count - refused.Length, repeated = 0, refused });
    }

    private async Task Stream(HttpContext http)
    {
        if (!IsSignedIn(http.Request))
        {
            http.Response.StatusCode = 401;
            return;
        }
        LastEventIds.Enqueue(http.Request.Headers["Last-Event-ID"].FirstOrDefault());
        http.Response.ContentType = "text/event-stream";
        await http.Response.Body.FlushAsync(http.RequestAborted);
        await foreach (var said in Says.Reader.ReadAllAsync(http.RequestAborted))
        {
            if (said.Length == 0) return;
            await http.Response.WriteAsync(said, http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }
}
