using System.Diagnostics.Metrics;
using Hotline.Wire.Operations;
using Npgsql;

namespace Hotline.Messaging;

/// <summary>Measures every few seconds what waits: outbox rows and the age of the oldest,
/// and messages in this service's error queues.</summary>
public sealed class MessagingMetrics(NpgsqlDataSource database, ErrorQueues errors, ILogger<MessagingMetrics> log)
    : Clock(TimeSpan.FromSeconds(10), log)
{
    private OutboxState _waiting = new(0, 0);
    private IReadOnlyDictionary<string, uint> _errors = new Dictionary<string, uint>();

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Meters.Messaging.CreateObservableGauge("hotline.outbox.rows", () => _waiting.Rows, "{event}", "Events that wait for the broker");
        Meters.Messaging.CreateObservableGauge("hotline.outbox.lag", () => _waiting.OldestSeconds, "s",
            "Age of the oldest event that waits");
        Meters.Messaging.CreateObservableGauge("hotline.error_queue.depth",
            () => _errors.Select(e => new Measurement<long>(e.Value, new KeyValuePair<string, object?>("queue", e.Key))), "{message}",
            "Messages that a consumer could not take");
        return base.ExecuteAsync(stoppingToken);
    }

    /// <inheritdoc/>
    protected override async Task Tick(CancellationToken stop)
    {
        _waiting = await Outbox.State(database, stop);
        _errors = await errors.Depths(stop);
    }
}
