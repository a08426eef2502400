using Hotline.Wire.Operations;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Hotline.Messaging;

/// <summary>The error queues of this service: what its consumers could not take, kept until somebody mends
/// the cause and moves it back.</summary>
public sealed class ErrorQueues(IConfiguration configuration, ConsumerQueues queues)
{
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
    /// <returns>How many were moved.</returns>
    public async Task<uint> MoveBack(string queue, CancellationToken stop)
    {
        await using var connection = await Connect(stop);
        if (await Look(connection, queue + "_error", stop) is not { MessageCount: var depth }) return 0;
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), stop);
        uint moved = 0;
        while (moved < depth && await channel.BasicGetAsync(queue + "_error", autoAck: false, stop) is { } message)
        {
            var properties = new BasicProperties(message.BasicProperties);
            foreach (var header in properties.Headers?.Keys.Where(k => k.StartsWith("MT-Fault", StringComparison.Ordinal)
                || k == "MT-Reason").ToArray() ?? [])
                properties.Headers!.Remove(header);
            await channel.BasicPublishAsync("", queue, mandatory: true, properties, message.Body, stop);
            await channel.BasicAckAsync(message.DeliveryTag, false, stop);
            moved++;
        }
        return moved;
    }

    /// <summary>Writes the messages of a queue's error queue anew, in their order: each goes to its end,
    /// with a confirm, before it is removed from its beginning, so that a crash can only repeat one. They are not given back untaken:
    /// a quorum queue drops what is given back too often.</summary>
    /// <param name="rewrite">The new body; null = as it is.</param>
    public async Task Rewrite(string queue, Func<ReadOnlyMemory<byte>, byte[]?> rewrite, CancellationToken stop)
    {
        await using var connection = await Connect(stop);
        if (await Look(connection, queue + "_error", stop) is not { MessageCount: var depth }) return;
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), stop);
        for (uint seen = 0; seen < depth && await channel.BasicGetAsync(queue + "_error", autoAck: false, stop) is { } message; seen++)
        {
            var body = rewrite(message.Body) ?? message.Body;
            await channel.BasicPublishAsync("", queue + "_error", mandatory: true,
                new BasicProperties(message.BasicProperties), body, stop);
            await channel.BasicAckAsync(message.DeliveryTag, false, stop);
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
