using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Hotline.Messaging;

/// <summary>The error queues of this service: what its consumers could not take, kept until somebody mends the cause and moves it back.</summary>
public sealed class ErrorQueues(IConfiguration configuration, ConsumerQueues queues)
{
    /// <summary>Messages in each error queue that exists.</summary>
    public async Task<IReadOnlyDictionary<string, uint>> Depths(CancellationToken stop)
    {
        await using var connection = await Connect(stop);
        var depths = new Dictionary<string, uint>();
        foreach (var queue in queues.Names)
        {
            if (await Depth(connection, queue + "_error", stop) is { } depth) depths[queue] = depth;
        }
        return depths;
    }

    /// <summary>Moves the messages of a queue's error queue back. Each is published with a confirm before it is removed, so that a crash can
    /// only repeat one, which the inbox makes harmless. Messages that fail again meanwhile are not moved twice.</summary>
    /// <returns>How many were moved.</returns>
    public async Task<uint> MoveBack(string queue, CancellationToken stop)
    {
        await using var connection = await Connect(stop);
        if (await Depth(connection, queue + "_error", stop) is not { } depth) return 0;
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), stop);
        uint moved = 0;
        while (moved < depth && await channel.BasicGetAsync(queue + "_error", autoAck: false, stop) is { } message)
        {
            var properties = new BasicProperties(message.BasicProperties);
            foreach (var header in properties.Headers?.Keys.Where(k => k.StartsWith("MT-Fault", StringComparison.Ordinal) || k == "MT-Reason").ToArray() ?? [])
                properties.Headers!.Remove(header);
            await channel.BasicPublishAsync("", queue, mandatory: true, properties, message.Body, stop);
            await channel.BasicAckAsync(message.DeliveryTag, false, stop);
            moved++;
        }
        return moved;
    }

    private Task<IConnection> Connect(CancellationToken stop) =>
        new ConnectionFactory { Uri = MessagingSetup.Broker(configuration) }.CreateConnectionAsync(stop);

    private static async Task<uint?> Depth(IConnection connection, string queue, CancellationToken stop)
    {
        // asking for a queue that does not exist closes the channel
        await using var channel = await connection.CreateChannelAsync(cancellationToken: stop);
        try { return (await channel.QueueDeclarePassiveAsync(queue, stop)).MessageCount; }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == 404) { return null; }
    }
}

/// <summary>The queues from which this service consumes.</summary>
/// <param name="Names">One for each consumer class.</param>
public sealed record ConsumerQueues(IReadOnlyList<string> Names);
