using System.Diagnostics.Metrics;
using Hotline.Telephony.Delivery;

namespace Hotline.Telephony;

/// <summary>What can be watched of the adapter.</summary>
public sealed class TelephonyMetrics : IDisposable
{
    private readonly Meter _meter = new("Hotline.Telephony");
    private readonly Counter<long> _sent, _refused;
    private readonly TimeProvider _clock;
    private long _snapshotAt;

    public TelephonyMetrics(EventBuffer buffer, TimeProvider clock)
    {
        _clock = clock;
        _snapshotAt = clock.GetTimestamp();
        _sent = _meter.CreateCounter<long>("hotline.telephony.sent", "{event}", "Events that the platform has taken");
        _refused = _meter.CreateCounter<long>("hotline.telephony.refused", "{event}", "Events that the platform does not take");
        _meter.CreateObservableGauge("hotline.telephony.waiting", () => buffer.Waiting, "{event}", "Events that wait for the platform");
        _meter.CreateObservableGauge("hotline.telephony.connected", () => IsConnected ? 1 : 0, "{connection}", "Whether the PBX is there");
        _meter.CreateObservableGauge("hotline.telephony.snapshot.age", () => SnapshotAge.TotalSeconds, "s",
            "Since all channels of the PBX were looked at");
    }

    /// <summary>Whether the PBX is there.</summary>
    public bool IsConnected { get; set; }

    public TimeSpan SnapshotAge => _clock.GetElapsedTime(Interlocked.Read(ref _snapshotAt));

    public void Sent(int events) => _sent.Add(events);

    public void Refused(int events) => _refused.Add(events);

    public void SnapshotTaken() => Interlocked.Exchange(ref _snapshotAt, _clock.GetTimestamp());

    public void Dispose() => _meter.Dispose();
}
