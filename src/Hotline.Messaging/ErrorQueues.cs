using Hotline.Wire.Operations;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Hotline.Messaging;

/// <summary>The error queues of this service: what its consumers could not take, kept until somebody mends
/// the cause and moves it back.</summary>
public sealed class ErrorQueues(IConfiguration configuration, ConsumerQueues queues, EventTypes types) : IDisposable
{
    private readonly SemaphoreSlim _passing = new(1);

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
    /// <returns>How many were moved.</returns>
    public async Task<int> MoveBack(string queue, Guid? only, CancellationToken stop)
    {
        var moved = 0;
        await Pass(queue, message =>
        {
            var properties = new BasicProperties(message.BasicProperties);
            if (only is not null && FailedMessages.IdOf(properties) != only) return (queue + "_error", properties, message.Body);
            foreach (var header in properties.Headers?.Keys.Where(k => k.StartsWith("MT-Fault", StringComparison.Ordinal)
                || k == "MT-Reason").ToArray() ?? [])
                properties.Headers!.Remove(header);
            moved++;
            return (queue, properties, message.Body);
        }, stop);
        return moved;
    }

    /// <summary>Writes the messages of a queue's error queue anew.</summary>
    /// <param name="rewrite">The new body; null = as it is.</param>
    public Task Rewrite(string queue, Func<ReadOnlyMemory<byte>, byte[]?> rewrite, CancellationToken stop) =>
        Pass(queue, message => (queue + "_error", new(message.BasicProperties), rewrite(message.Body) ?? message.Body), stop);

    /// <summary>What lies in a queue's error queue, in its order.</summary>
    /// <param name="most">So many at most are given.</param>
    public async Task<IReadOnlyList<FailedMessage>> Look(string queue, int most, CancellationToken stop)
    {
        var found = new List<FailedMessage>();
        await Pass(queue, message =>
        {
            if (found.Count < most) found.Add(FailedMessages.Read(message.BasicProperties, message.Body, types.Words));
            return (queue + "_error", new(message.BasicProperties), message.Body);
        }, stop);
        return found;
    }

    /// <summary>Takes each message from the beginning of an error queue once and sends it on: to the end of the same queue, so that their
    /// order stays, or to another. It is confirmed there before it is removed, so that a crash can only repeat one. They are not given
    /// back untaken: a quorum queue drops what is given back too often. One pass at a time in a process: two would take each other's
    /// messages.</summary>
    private async Task Pass(
        string queue, Func<BasicGetResult, (string Queue, BasicProperties Properties, ReadOnlyMemory<byte> Body)> next,
        CancellationToken stop)
    {
        await _passing.WaitAsync(stop);
        try
        {
            await using var connection = await Connect(stop);
            if (await Look(connection, queue + "_error", stop) is not { MessageCount: var depth }) return;
            await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), stop);
            for (uint seen = 0; seen < depth && await channel.BasicGetAsync(queue + "_error", autoAck: false, stop) is { } message; seen++)
            {
                var to = next(message);
                await channel.BasicPublishAsync("", to.Queue, mandatory: true, to.Properties, to.Body, stop);
                await channel.BasicAckAsync(message.DeliveryTag, false, stop);
            }
        }
        finally
        {
            _passing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _passing.Dispose();

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
