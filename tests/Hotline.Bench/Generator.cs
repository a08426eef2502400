using System.Diagnostics;
using Hotline.Tools.Shared;

namespace Hotline.Bench;

/// <summary>A run of a scenario.</summary>
/// <param name="Rate">Operations a second that came to their end.</param>
public sealed record Run(double Rate, Latencies Latencies);

/// <summary>Load.</summary>
public static class Generator
{
    /// <summary>Closed loop: so many clients, each of which waits for its answer. Finds what the platform takes at most.</summary>
    public static async Task<Run> Saturate(int clients, TimeSpan time, Func<int, Task> operation)
    {
        var (latencies, begun, number) = (new Latencies(), Stopwatch.GetTimestamp(), 0);
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(begun) < time)
            {
                var started = Stopwatch.GetTimestamp();
                await One(operation, Interlocked.Increment(ref number), started, latencies);
            }
        }));
        return new(latencies.Count / Stopwatch.GetElapsedTime(begun).TotalSeconds, latencies);
    }

    /// <summary>Open loop: operations begin at a fixed rate whether those before are through or not,
    /// and each is timed from the moment at which it was due. So the time that it waits for its turn counts (coordinated omission:
    /// Gil Tene, "How NOT to Measure Latency").</summary>
    public static async Task<Run> AtRate(double perSecond, TimeSpan time, Func<int, Task> operation)
    {
        var (latencies, begun, under) = (new Latencies(), Stopwatch.GetTimestamp(), new List<Task>());
        // a thread of its own keeps the time: on a busy thread pool a delay of 1 ms takes several,
        // and what was due meanwhile would begin all at once
        await Task.Factory.StartNew(() =>
        {
            var total = (int)(perSecond * time.TotalSeconds);
            for (var number = 0; number < total;)
            {
                var now = Stopwatch.GetElapsedTime(begun);
                for (; number < total && number / perSecond <= now.TotalSeconds; number++)
                    under.Add(One(operation, number, begun + (long)(number / perSecond * Stopwatch.Frequency), latencies));
                Thread.Sleep(1);
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.WhenAll(under);
        return new(latencies.Count / Stopwatch.GetElapsedTime(begun).TotalSeconds, latencies);
    }

    private static async Task One(Func<int, Task> operation, int number, long due, Latencies latencies)
    {
        try
        {
            await operation(number);
            latencies.Add(Stopwatch.GetElapsedTime(due));
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or PlatformException or TimeoutException)
        {
            latencies.Fail(e is PlatformException refused ? refused.Kind : e.GetType().Name);
        }
    }
}
