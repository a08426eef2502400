using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;

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

    public LiveBench(Platform platform, int operators)
    {
        _http = Platform.Client(platform.Gateway);
        _http.Timeout = Timeout.InfiniteTimeSpan;
        for (var i = 0; i < operators; i++) _streams.Add(Follow(platform.Token("operator"), i < Read));
    }

    public void Accepting(Guid order) => _accepted[order] = Stopwatch.GetTimestamp();

    private async Task Follow(string token, bool closely)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/live");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _end.Token);
            answer.EnsureSuccessStatusCode();
            await using var stream = await answer.Content.ReadAsStreamAsync(_end.Token);
            if (!closely)
            {
                await stream.CopyToAsync(Stream.Null, _end.Token);
                return;
            }
            using var reader = new StreamReader(stream);
            var kind = "";
            while (await reader.ReadLineAsync(_end.Token) is { } line)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal)) kind = line[7..];
                else if (kind == "orderAccepted" && line.StartsWith("data: ", StringComparison.Ordinal) && line.IndexOf("\"orderId\":\"", StringComparison.Ordinal) is >= 0 and var at
                    && Guid.TryParse(line.AsSpan(at + 11, 36), out var order) && _accepted.TryGetValue(order, out var since))
                    Latencies.Add(Stopwatch.GetElapsedTime(since));
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // the end
        }
        catch (HttpRequestException e)
        {
            Latencies.Fail(e.StatusCode?.ToString() ?? e.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_streams);
        _end.Dispose();
        _http.Dispose();
    }
}
