using System.Diagnostics;
using Dapper;
using Hotline.Wire.Operations;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Hotline.Messaging;

/// <summary>The error queues of this service: what its consumers could not take, kept until somebody mends
/// the cause and moves it back.</summary>
public sealed class ErrorQueues(IConfiguration configuration, NpgsqlDataSource database, ConsumerQueues queues, EventTypes types)
{
    /// <summary>The service's queues.</summary>
    public IReadOnlyList<string> Names => queues.Names;

    /// <summary>Messages in each error queue that exists.</summary>
    public async Task<IReadOnlyDictionary<string, uint>> Depths(CancellationToken stop)
    {
        await using var connection = await Connect(stop);
        var depths = new Dictionary<string, uint>();
        foreach (var queue in queues.Names)
        {
            if (await Look(connection, queue + "_error", stop) is { } found) depths[queue] = found.MessageCount;
        }
        return depths;
    }

    /// <summary>All queues of this service with what waits in them.</summary>
    public async Task<IReadOnlyList<QueueState>> States(CancellationToken stop)
    {
        await using var connection = await Connect(stop);
        var states = new List<QueueState>();
        foreach (var queue in queues.Names)
        {
            var (waiting, errors) = (await Look(connection, queue, stop), await Look(connection, queue + "_error", stop));
            states.Add(new(queue, waiting?.MessageCount ?? 0, waiting?.ConsumerCount ?? 0, errors?.MessageCount ?? 0));
        }
        return states;
    }

    /// <summary>Moves the messages of a queue's error queue back. Each is published with a confirm before it is removed, so that a crash
    /// can only repeat one, which the inbox makes harmless. Messages that fail again meanwhile are not moved twice.</summary>
    /// <param name="only">The one to move; null = all.</param>
    /// <param name="within">When it ends, with one message at least: the next goes on where it ended; null = when all are moved.</param>
    /// <returns>How many were moved, and how many it did not come to.</returns>
    /// <exception cref="OtherPassException">Others were at it all the time; nothing was moved.</exception>
    public async Task<(int Moved, int Remaining)> MoveBack(string queue, Guid? only, TimeSpan? within, CancellationToken stop)
    {
        var moved = 0;
        var (_, remaining) = await Pass(queue, int.MaxValue, within, message =>
        {
            var properties = new BasicProperties(message.BasicProperties);
            if (only is not null && FailedMessages.IdOf(message) != only) return (queue + "_error", properties, message.Body);
            foreach (var header in properties.Headers?.Keys.Where(k => k.StartsWith("MT-Fault", StringComparison.Ordinal)
                || k == "MT-Reason").ToArray() ?? [])
                properties.Headers!.Remove(header);
            moved++;
            return (queue, properties, message.Body);
        }, stop);
        return (moved, remaining);
    }

    /// <summary>Writes the messages of a queue's error queue anew.</summary>
    /// <param name="rewrite">The new body; null = as it is.</param>
    public Task Rewrite(string queue, Func<ReadOnlyMemory<byte>, byte[]?> rewrite, CancellationToken stop) =>
        Pass(queue, int.MaxValue, null,
            message => (queue + "_error", new(message.BasicProperties), rewrite(message.Body) ?? message.Body), stop);

    /// <summary>What lies at the beginning of a queue's error queue. Where there is more than that, it lies at the end afterwards, and the
    /// next look shows what follows.</summary>
    /// <param name="most">So many at most are looked at.</param>
    /// <param name="within">When it ends, with one message at least.</param>
    /// <returns>Also how many there are in all.</returns>
    /// <exception cref="OtherPassException">Others were at it all the time.</exception>
    public async Task<(IReadOnlyList<FailedMessage> Messages, int Total)> Look(
        string queue, int most, TimeSpan within, CancellationToken stop)
    {
        var found = new List<FailedMessage>();
        var (total, _) = await Pass(queue, most, within, message =>
        {
            found.Add(FailedMessages.Read(message, types.Words));
            return (queue + "_error", new(message.BasicProperties), message.Body);
        }, stop);
        return (found, total);
    }

    /// <summary>Takes messages from the beginning of an error queue, each once, and sends them on: to the end of the same queue, so that
    /// their order stays, or to another. Each is confirmed there before it is removed: a crash loses none and can only repeat one, which
    /// the next pass that comes by both finds and drops. They are not given back untaken: a quorum queue returns 200 of them in no order,
    /// and some milliseconds late. One pass at a time, of all processes: two would take each other's messages.</summary>
    /// <returns>How many there are, and how many of them it did not come to.</returns>
    private async Task<(int Total, int Remaining)> Pass(
        string queue, int most, TimeSpan? within,
        Func<BasicGetResult, (string Queue, BasicProperties Properties, ReadOnlyMemory<byte> Body)> next, CancellationToken stop)
    {
        var begun = Stopwatch.GetTimestamp();
        await using var alone = await database.OpenConnectionAsync(stop);
        await using var transaction = await alone.BeginTransactionAsync(stop);
        await TakeTurn(alone, transaction, within, stop);
        await using var connection = await Connect(stop);
        if (await Look(connection, queue + "_error", stop) is not { MessageCount: var depth }) return (0, 0);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), stop);
        var seen = new HashSet<Guid>();
        var total = (int)depth;
        var taken = 0;
        for (; taken < Math.Min(depth, most) && (taken == 0 || within is null || Stopwatch.GetElapsedTime(begun) < within); taken++)
        {
            stop.ThrowIfCancellationRequested();
            // from here on nothing breaks off but by a crash
            if (await channel.BasicGetAsync(queue + "_error", autoAck: false, CancellationToken.None) is not { } message)
                return (total, 0);
            if (FailedMessages.IdOf(message) is { } id && !seen.Add(id)) total--;
            else
            {
                var to = next(message);
                await channel.BasicPublishAsync("", to.Queue, mandatory: true, to.Properties, to.Body, CancellationToken.None);
            }
            await channel.BasicAckAsync(message.DeliveryTag, false, CancellationToken.None);
        }
        return (total, (int)depth - taken);
    }

    private static async Task TakeTurn(
        NpgsqlConnection connection, NpgsqlTransaction transaction, TimeSpan? within, CancellationToken stop)
    {
        try
        {
            // the first: it waits while the broker works, however long that takes
            await connection.ExecuteAsync(new CommandDefinition($"""
                set local idle_in_transaction_session_timeout = 0;
                set local lock_timeout = {(within is { } most ? Math.Max(1, (int)most.TotalMilliseconds) : 0)};
                select pg_advisory_xact_lock(hashtext('hotline.error-queues'))
                """, transaction: transaction, cancellationToken: stop));
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new OtherPassException(e);
        }
    }

    private Task<IConnection> Connect(CancellationToken stop) =>
        new ConnectionFactory { Uri = MessagingSetup.Broker(configuration) }.CreateConnectionAsync(stop);

    private static async Task<QueueDeclareOk?> Look(IConnection connection, string queue, CancellationToken stop)
    {
        // asking for a queue that does not exist closes the channel
        await using var channel = await connection.CreateChannelAsync(cancellationToken: stop);
        try { return await channel.QueueDeclarePassiveAsync(queue, stop); }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == 404) { return null; }
    }
}

/// <summary>The queues from which this service consumes.</summary>
/// <param name="Names">One for each consumer class.</param>
public sealed record ConsumerQueues(IReadOnlyList<string> Names);

/// <summary>Somebody else was at the error queues all the time.</summary>
public sealed class OtherPassException(Exception inner) : TimeoutException("Somebody else is at the error queues", inner);
