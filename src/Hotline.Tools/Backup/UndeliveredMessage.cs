using System.Text.Json.Nodes;
using Hotline.Tools.Shared;

namespace Hotline.Tools.Backup;

/// <summary>A message of an error queue.</summary>
/// <param name="Queue">The queue whose consumer could not take it.</param>
/// <param name="Payload">Base64.</param>
/// <param name="Properties">As RabbitMQ's management API gives and takes them.</param>
public sealed record UndeliveredMessage(string Queue, string Payload, JsonNode Properties)
{
    private const string Errors = "_error";

    /// <summary>Copies of what lies in error queues.</summary>
    public static async Task<IReadOnlyList<UndeliveredMessage>> Of(BrokerAdmin broker)
    {
        var found = new List<UndeliveredMessage>();
        foreach (var queue in (await broker.Queues()).Where(q => q.Name.EndsWith(Errors, StringComparison.Ordinal) && q.Messages > 0))
        {
            foreach (var message in await broker.Messages(queue.Name, queue.Messages, keep: true, "base64"))
                found.Add(new(queue.Name[..^Errors.Length], message!["payload"]!.ToString(), message["properties"]!.DeepClone()));
        }
        return found;
    }

    /// <summary>Whether nobody is expected to take what is in a queue.</summary>
    public static bool AreIn(string queue) =>
        queue.EndsWith(Errors, StringComparison.Ordinal) || queue.EndsWith("_skipped", StringComparison.Ordinal);

    /// <summary>Gives it back to the consumer that could not take it.</summary>
    /// <exception cref="InvalidOperationException">Its queue is not there.</exception>
    public Task Redeliver(BrokerAdmin broker) => broker.Publish(Queue, Payload, Properties, "base64");
}
