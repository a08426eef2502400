using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hotline.Ops;

/// <summary>A message of an error queue.</summary>
/// <param name="Queue">The queue whose consumer could not take it.</param>
/// <param name="Payload">Base64.</param>
/// <param name="Properties">As RabbitMQ's management API gives and takes them.</param>
public sealed record Undeliverable(string Queue, string Payload, JsonNode Properties);

/// <summary>RabbitMQ through its management API.</summary>
public sealed class Broker : IDisposable
{
    private const string Errors = "_error";
    private readonly HttpClient _http;

    /// <param name="management">For example http://user:password@127.0.0.1:8102.</param>
    public Broker(Uri management)
    {
        _http = new()
        {
            BaseAddress = new Uri(management.GetLeftPart(UriPartial.Authority).Replace(management.UserInfo + "@", "")),
            Timeout = TimeSpan.FromSeconds(30),
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(management.UserInfo))));
    }

    /// <summary>Messages in the services' queues, taken and untaken, error queues aside.
    /// For quorum queues the figure is as old as the broker's quorum_tick_interval at most.</summary>
    public async Task<long> Waiting() => (await Queues()).Where(q => !IsUndelivered(q.Name) && !q.Temporary).Sum(q => q.Messages);

    /// <summary>Copies of what lies in error queues.</summary>
    public async Task<IReadOnlyList<Undeliverable>> Undelivered()
    {
        var found = new List<Undeliverable>();
        foreach (var queue in (await Queues()).Where(q => q.Name.EndsWith(Errors, StringComparison.Ordinal) && q.Messages > 0))
        {
            using var answer = await _http.PostAsJsonAsync($"/api/queues/%2F/{Uri.EscapeDataString(queue.Name)}/get",
                new { count = queue.Messages, ackmode = "ack_requeue_true", encoding = "base64" });
            answer.EnsureSuccessStatusCode();
            foreach (var message in (await answer.Content.ReadFromJsonAsync<JsonArray>())!)
                found.Add(new(queue.Name[..^Errors.Length], message!["payload"]!.ToString(), message["properties"]!.DeepClone()));
        }
        return found;
    }

    /// <summary>Gives a message back to the consumer that could not take it.</summary>
    /// <exception cref="InvalidOperationException">Its queue is not there.</exception>
    public async Task Redeliver(Undeliverable message)
    {
        using var answer = await _http.PostAsJsonAsync("/api/exchanges/%2F/amq.default/publish",
            new { properties = message.Properties, routing_key = message.Queue, payload = message.Payload, payload_encoding = "base64" });
        answer.EnsureSuccessStatusCode();
        if (!(await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("routed").GetBoolean())
            throw new InvalidOperationException($"there is no queue {message.Queue}");
    }

    public void Dispose() => _http.Dispose();

    private sealed record Queue(string Name, long Messages, bool Temporary);

    private static bool IsUndelivered(string queue) =>
        queue.EndsWith(Errors, StringComparison.Ordinal) || queue.EndsWith("_skipped", StringComparison.Ordinal);

    private async Task<Queue[]> Queues() => [
        .. (await _http.GetFromJsonAsync<JsonArray>("/api/queues/%2F?disable_stats=true&enable_queue_totals=true"))!
        .Select(q => new Queue(q!["name"]!.ToString(), (long?)q["messages"] ?? 0,
            ((bool?)q["auto_delete"] ?? false) || ((bool?)q["exclusive"] ?? false)))];
}
