namespace Hotline.EndToEnd.Tests.Upgrade;

/// <summary>What a platform's RabbitMQ holds.</summary>
public sealed class BrokerContents(LocalStack stack) : IDisposable
{
    private readonly BrokerAdmin _broker = stack.Broker();

    public async Task<bool> Answers()
    {
        try { return await _broker.Exchanges() is { Count: > 0 }; }
        catch (HttpRequestException) { return false; }
    }

    public async Task<StoredBroker> Store(IEnumerable<StoredMessage> besides) =>
        new(await _broker.Definitions(), [.. besides, .. await Messages(take: false)]);

    public async Task Restore(StoredBroker stored)
    {
        await _broker.Define(stored.Definitions);
        foreach (var message in stored.Messages) await _broker.Publish(message.Queue, message.Payload, message.Properties);
    }

    /// <summary>How many messages wait, by queue; queues without any are left out.</summary>
    public async Task<IReadOnlyDictionary<string, long>> Waiting() =>
        (await _broker.Queues()).Where(q => q.Messages > 0).ToDictionary(q => q.Name, q => q.Messages);

    /// <summary>All messages, first in first.</summary>
    /// <param name="take">Whether they are gone then.</param>
    public async Task<IReadOnlyList<StoredMessage>> Messages(bool take)
    {
        // the count of a quorum queue is up to a second old
        await Task.Delay(TimeSpan.FromSeconds(2));
        var found = new List<StoredMessage>();
        foreach (var (queue, count) in (await Waiting()).OrderBy(q => q.Key, StringComparer.Ordinal))
        {
            foreach (var message in await _broker.Messages(queue, count, keep: !take, "auto"))
            {
                message!["payload_encoding"]!.ToString().ShouldBe("string");
                found.Add(new(queue, message["properties"]!.DeepClone(), message["payload"]!.ToString()));
            }
        }
        return found;
    }

    public void Dispose() => _broker.Dispose();
}
