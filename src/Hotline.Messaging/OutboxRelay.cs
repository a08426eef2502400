using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Dapper;
using MassTransit;
using Npgsql;

namespace Hotline.Messaging;

/// <summary>Publishes the rows of the outbox, with confirms, and deletes those confirmed. Several may run on one table: each takes rows
/// that no other holds. A crash between confirm and delete publishes again; the consumers' inboxes make that harmless.</summary>
public sealed class OutboxRelay(NpgsqlDataSource database, IBusControl bus, OutboxSignal signal, EventTypes types, ILogger<OutboxRelay> log) : BackgroundService
{
    // measured: no gain above 256 concurrent confirmed publishes
    private const int Some = 256;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly ActivitySource Source = new("Hotline.Messaging");
    private static readonly Counter<long> Published = Meters.Messaging.CreateCounter<long>("hotline.outbox.published", "{event}", "Events confirmed by the broker");

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
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeSpan.FromSeconds(15)); // a hung broker must not hold the rows' locks
        await using var connection = await database.OpenConnectionAsync(limit.Token);
        await using var transaction = await connection.BeginTransactionAsync(limit.Token);
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition("""
            select seq, message_id as MessageId, type, body::text as Body, traceparent
            from outbox where retry_at <= now() order by seq limit @Some for update skip locked
            """, new { Some }, transaction, cancellationToken: limit.Token))).AsList();
        if (rows.Count == 0) return 0;

        var outcomes = await Task.WhenAll(rows.Select(row => Publish(row, limit.Token)));
        var confirmed = rows.Where((_, i) => outcomes[i]).Select(row => row.Seq).ToArray();
        var failed = rows.Where((_, i) => !outcomes[i]).Select(row => row.Seq).ToArray();
        await connection.ExecuteAsync(new CommandDefinition("""
            delete from outbox where seq = any(@confirmed);
            update outbox set retry_at = now() + interval '10 seconds' where seq = any(@failed);
            """, new { confirmed, failed }, transaction, cancellationToken: stop));
        await transaction.CommitAsync(stop);
        Published.Add(confirmed.Length);
        return confirmed.Length;
    }

    private async Task<bool> Publish(Row row, CancellationToken stop)
    {
        try
        {
            using var activity = ActivityContext.TryParse(row.Traceparent, null, true, out var parent)
                ? Source.StartActivity("outbox relay", ActivityKind.Internal, parent) : null;
            var type = types[row.Type];
            var message = JsonSerializer.Deserialize(row.Body, type, Outbox.Json)!;
            await bus.Publish(message, type, Pipe.Execute<PublishContext>(publish => publish.MessageId = row.MessageId), stop);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "Event {MessageId} {Type} not published; it stays in the outbox", row.MessageId, row.Type);
            return false;
        }
    }
}

/// <summary>Where the metrics of this library come from.</summary>
internal static class Meters
{
    public static readonly Meter Messaging = new("Hotline.Messaging");
}
