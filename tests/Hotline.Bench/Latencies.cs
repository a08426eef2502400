using System.Collections.Concurrent;
using HdrHistogram;

namespace Hotline.Bench;

/// <summary>How a run of operations went.</summary>
public sealed class Latencies
{
    // microseconds, up to two minutes, three digits
    private readonly LongHistogram _times = new(TimeSpan.FromMinutes(2).Ticks / TimeSpan.TicksPerMicrosecond, 3);
    private readonly ConcurrentDictionary<string, int> _errors = new();

    public long Count => _times.TotalCount;

    public IReadOnlyDictionary<string, int> Errors => _errors;

    public void Add(TimeSpan took)
    {
        lock (_times) _times.RecordValue(Math.Min((long)took.TotalMicroseconds, _times.HighestTrackableValue));
    }

    public void Fail(string why) => _errors.AddOrUpdate(why, 1, (_, n) => n + 1);

    /// <param name="percent">For example 99.9.</param>
    /// <returns>Milliseconds.</returns>
    public double At(double percent)
    {
        lock (_times) return _times.TotalCount == 0 ? double.NaN : _times.GetValueAtPercentile(percent) / 1000.0;
    }
}
