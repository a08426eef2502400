using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Dapper;
using MassTransit;
using Npgsql;

namespace Hotline.Messaging;

/// <summary>Publishes the rows of the outbox, with confirms, and deletes those confirmed. Several may run on one table: each takes rows
/// that no other holds. A crash between confirm and delete publishes again; the consumers' inboxes make that harmless.
/// An event that is not confirmed in time, because one of its queues does not answer, waits without holding up the others.</summary>
public sealed class OutboxRelay(NpgsqlDataSource database, IBusControl bus, OutboxSignal signal, EventTypes types, ILogger<OutboxRelay> log)
    : BackgroundService
{
    // measured: no gain above 256 concurrent confirmed publishes
    private const int Some = 256;
    // a hung broker must not hold the rows' locks; PostgreSQL gives a relay 20 s
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromSeconds(15);
    private static readonly ActivitySource Source = new("Hotline.Messaging");
    private static readonly Counter<long> Published = Meters.Messaging.CreateCounter<long>("hotline.outbox.published", "{event}",
        "Events confirmed by the broker");

    private sealed record Row(long Seq, Guid MessageId, string Type, string Body, string? Traceparent);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await bus.WaitForHealthStatus(BusHealthStatus.Healthy, stoppingToken);
                if (await RelaySome(stoppingToken) < Some) await signal.Wait(Poll, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(e, "Outbox relay paused; rows wait");
                await Task.Delay(Poll, stoppingToken);
            }
        }
    }

    private async Task<int> RelaySome(CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        // deploy/backup holds the lock for the moment in which nothing may be under way
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition("""
            set local idle_in_transaction_session_timeout = '20s';
            select seq, message_id as MessageId, type, body::text as Body, traceparent
            from outbox where retry_at <= now() and (select pg_try_advisory_xact_lock_shared(hashtext('hotline.relay')))
            order by seq limit @Some for update skip locked
            """, new { Some }, transaction, cancellationToken: stop))).AsList();
        if (rows.Count == 0) return 0;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        var faults = await Task.WhenAll(rows.Select(row => Publish(row, limit.Token, stop)));
        var confirmed = rows.Where((_, i) => faults[i] is null).Select(row => row.Seq).ToArray();
        // with the broker away all wait for it, and go out as soon as it is back; what fails though it is there waits a little
        var failed = bus.CheckHealth().Status == BusHealthStatus.Healthy
            ? rows.Where((_, i) => faults[i] is not null).Select(row => row.Seq).ToArray() : [];
        if (Array.FindIndex(faults, f => f is not null) is >= 0 and var first)
            log.LogWarning(faults[first], "{Count} events, the first of them {MessageId} {Type}, not published; they stay in the outbox",
                rows.Count - confirmed.Length, rows[first].MessageId, rows[first].Type);
        // the end of the transaction goes along with its last statement
        await connection.ExecuteAsync(new CommandDefinition($"""
            delete from outbox where seq = any(@confirmed);
            {(failed.Length == 0 ? "" : "update outbox set retry_at = now() + interval '10 seconds' where seq = any(@failed);")}
            commit
            """, new { confirmed, failed }, transaction, cancellationToken: stop));
        Published.Add(confirmed.Length);
        return confirmed.Length;
    }

    /// <returns>Why it was not confirmed; null if it was.</returns>
    private async Task<Exception?> Publish(Row row, CancellationToken limit, CancellationToken stop)
    {
        try
        {
            using var activity = ActivityContext.TryParse(row.Traceparent, null, true, out var parent)
                ? Source.StartActivity("outbox relay", ActivityKind.Internal, parent) : null;
            var type = types[row.Type];
            var message = JsonSerializer.Deserialize(row.Body, type, Outbox.Json)!;
            await bus.Publish(message, type, Pipe.Execute<PublishContext>(publish =>
                (publish.MessageId, publish.CorrelationId) = (row.MessageId, EventTypes.RequestOf(message))), limit);
            return null;
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            return e;
        }
    }
}

/// <summary>Where the metrics of this library come from.</summary>
internal static class Meters
{
    public static readonly Meter Messaging = new("Hotline.Messaging");
}
