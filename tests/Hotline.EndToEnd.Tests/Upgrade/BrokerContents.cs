using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Hotline.EndToEnd.Tests.Upgrade;

/// <summary>What a platform's RabbitMQ holds, through its management API.</summary>
public sealed class BrokerContents : IDisposable
{
    private readonly HttpClient _http;

    private BrokerContents(int port, string password)
    {
        _http = new() { BaseAddress = new($"http://127.0.0.1:{port}/api/") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"hotline:{password}")));
    }

    public static async Task<BrokerContents> Of(string state, int port) => new(port + 22,
        (await File.ReadAllLinesAsync(Path.Combine(state, "secrets")))
            .Single(l => l.StartsWith("RABBIT_PASSWORD=", StringComparison.Ordinal)).Split('=')[1]);

    public async Task<bool> Answers()
    {
        try { return (await _http.GetAsync("health/checks/virtual-hosts")).IsSuccessStatusCode; }
        catch (HttpRequestException) { return false; }
    }

    /// <summary>Exchanges, queues and bindings.</summary>
    public async Task<JsonNode> Definitions() => (await _http.GetFromJsonAsync<JsonNode>("definitions/%2F"))!;

    public async Task Define(JsonNode definitions) =>
        (await _http.PostAsJsonAsync("definitions/%2F", definitions)).EnsureSuccessStatusCode();

    /// <summary>How many messages wait, by queue; queues without any are left out.</summary>
    public async Task<IReadOnlyDictionary<string, long>> Waiting() =>
        (await _http.GetFromJsonAsync<JsonArray>("queues/%2F?disable_stats=true&enable_queue_totals=true"))!
            .Select(q => (Name: q!["name"]!.ToString(), Messages: (long?)q["messages"] ?? 0)).Where(q => q.Messages > 0)
            .ToDictionary(q => q.Name, q => q.Messages);

    /// <summary>All messages, first in first.</summary>
    /// <param name="take">Whether they are gone then.</param>
    public async Task<IReadOnlyList<StoredMessage>> Messages(bool take)
    {
        // the count of a quorum queue is up to a second old
        await Task.Delay(TimeSpan.FromSeconds(2));
        var found = new List<StoredMessage>();
        foreach (var (queue, count) in (await Waiting()).OrderBy(q => q.Key, StringComparer.Ordinal))
        {
            using var answer = await _http.PostAsJsonAsync($"queues/%2F/{queue}/get",
                new { count, ackmode = take ? "ack_requeue_false" : "ack_requeue_true", encoding = "auto" });
            answer.EnsureSuccessStatusCode();
            foreach (var message in (await answer.Content.ReadFromJsonAsync<JsonArray>())!)
            {
                message!["payload_encoding"]!.ToString().ShouldBe("string");
                found.Add(new(queue, message["properties"]!.DeepClone(), message["payload"]!.ToString()));
            }
        }
        return found;
    }

    public async Task Put(StoredMessage message)
    {
        using var answer = await _http.PostAsJsonAsync("exchanges/%2F/amq.default/publish", new
        {
            properties = message.Properties,
            routing_key = message.Queue,
            payload = message.Payload,
            payload_encoding = "string",
        });
        answer.EnsureSuccessStatusCode();
        (await answer.Content.ReadFromJsonAsync<JsonNode>())!["routed"]!.GetValue<bool>().ShouldBeTrue(message.Queue);
    }

    public void Dispose() => _http.Dispose();
}
