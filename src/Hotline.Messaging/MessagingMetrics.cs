using System.Diagnostics.Metrics;
using Npgsql;

namespace Hotline.Messaging;

/// <summary>Measures every few seconds what waits: outbox rows and the age of the oldest, and messages in this service's error queues.</summary>
public sealed class MessagingMetrics(NpgsqlDataSource database, ErrorQueues errors, ILogger<MessagingMetrics> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private OutboxState _waiting = new(0, 0);
    private IReadOnlyDictionary<string, uint> _errors = new Dictionary<string, uint>();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Meters.Messaging.CreateObservableGauge("hotline.outbox.rows", () => _waiting.Rows, "{event}", "Events that wait for the broker");
        Meters.Messaging.CreateObservableGauge("hotline.outbox.lag", () => _waiting.OldestSeconds, "s", "Age of the oldest event that waits");
        Meters.Messaging.CreateObservableGauge("hotline.error_queue.depth",
            () => _errors.Select(e => new Measurement<long>(e.Value, new KeyValuePair<string, object?>("queue", e.Key))), "{message}", "Messages that a consumer could not take");
        using var timer = new PeriodicTimer(Every);
        do
        {
            try
            {
                _waiting = await Outbox.State(database, stoppingToken);
                _errors = await errors.Depths(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or RabbitMQ.Client.Exceptions.RabbitMQClientException or IOException or TimeoutException)
            {
                log.LogDebug(e, "Not measured this time"); // a server is away: that is seen elsewhere
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
