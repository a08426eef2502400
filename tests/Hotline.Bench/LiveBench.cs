using System.Collections.Concurrent;
using System.Diagnostics;

namespace Hotline.Bench;

/// <summary>Operators who look on: so many streams of Server-Sent Events, some of them read closely.</summary>
public sealed class LiveBench : IAsyncDisposable
{
    private const int Read = 10; // reading all would be the benchmark's work, not the platform's
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<Guid, long> _accepted = new();
    private readonly List<Task> _streams = [];
    private readonly HttpClient _http;

    /// <summary>From the moment at which a vendor's accept is sent until an operator's browser has the event.</summary>
    public Latencies Latencies { get; } = new();

    public LiveBench(Platform platform, string token, int operators)
    {
        _http = platform.Endless();
        for (var i = 0; i < operators; i++) _streams.Add(Follow(token, i < Read));
    }

    public void Accepting(Guid order) => _accepted[order] = Stopwatch.GetTimestamp();

    private async Task Follow(string token, bool closely)
    {
        try { await LiveFeed.Follow(_http, token, closely ? Heard : null, null, _end.Token); }
        catch (HttpRequestException e) { Latencies.Fail(e.StatusCode?.ToString() ?? e.Message); }
    }

    private void Heard(string kind, string data)
    {
        if (kind == "orderAccepted" && LiveFeed.Id(data, "orderId") is { } order && _accepted.TryGetValue(order, out var since))
            Latencies.Add(Stopwatch.GetElapsedTime(since));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_streams);
        _end.Dispose();
        _http.Dispose();
    }
}
