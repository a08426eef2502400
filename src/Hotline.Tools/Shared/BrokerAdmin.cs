using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Hotline.Tools.Shared;

/// <summary>A queue of the broker.</summary>
/// <param name="Messages">Taken and untaken; of a quorum queue as old as the broker's quorum_tick_interval at most.</param>
/// <param name="IsTemporary">Gone with whoever made it.</param>
public sealed record BrokerQueue(string Name, long Messages, bool IsTemporary);

/// <summary>RabbitMQ through its management API, in one virtual host.</summary>
public sealed class BrokerAdmin : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _virtualHost;

    /// <param name="management">For example http://user:password@127.0.0.1:8102.</param>
    /// <param name="virtualHost">By its name.</param>
    public BrokerAdmin(Uri management, string virtualHost = "/") : this(new HttpClient
    {
        BaseAddress = new(management.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)),
        Timeout = TimeSpan.FromSeconds(30),
        DefaultRequestHeaders =
        {
            Authorization = new AuthenticationHeaderValue("Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(management.UserInfo)))),
        },
    }, virtualHost)
    {
    }

    private BrokerAdmin(HttpClient http, string virtualHost) => (_http, _virtualHost) = (http, Uri.EscapeDataString(virtualHost));

    /// <summary>The same broker, another virtual host.</summary>
    public BrokerAdmin In(string virtualHost) => new(_http, virtualHost);

    public Task MakeVirtualHost() => Send(HttpMethod.Put, $"vhosts/{_virtualHost}", new { });

    /// <summary>Harmless where it is gone already.</summary>
    public Task DropVirtualHost() => Delete($"vhosts/{_virtualHost}");

    public async Task<IReadOnlyList<BrokerQueue>> Queues() =>
        [.. (await Read($"queues/{_virtualHost}?disable_stats=true&enable_queue_totals=true")).Select(q => new BrokerQueue(
            q!["name"]!.ToString(), (long?)q["messages"] ?? 0, ((bool?)q["auto_delete"] ?? false) || ((bool?)q["exclusive"] ?? false)))];

    /// <summary>Exchanges, queues and bindings, as the management API gives and takes them.</summary>
    public async Task<JsonNode> Definitions() => (await Send(HttpMethod.Get, $"definitions/{_virtualHost}"))!;

    public Task Define(JsonNode definitions) => Send(HttpMethod.Post, $"definitions/{_virtualHost}", definitions);

    public async Task<IReadOnlyList<string>> Exchanges() => Names(await Read($"exchanges/{_virtualHost}"));

    /// <summary>Of all virtual hosts.</summary>
    public async Task<IReadOnlyList<string>> Connections() => Names(await Read("connections"));

    /// <summary>Harmless where it is gone already.</summary>
    public Task CloseConnection(string name) => Delete($"connections/{Uri.EscapeDataString(name)}");

    /// <summary>The first messages of a queue, with payload and properties; none where it is not there.</summary>
    /// <param name="keep">Whether they stay in it.</param>
    /// <param name="encoding">Of the payloads: base64, or auto for text where it is text.</param>
    public async Task<JsonArray> Messages(string queue, long most, bool keep, string encoding)
    {
        try
        {
            return (await Send(HttpMethod.Post, $"queues/{_virtualHost}/{Uri.EscapeDataString(queue)}/get",
                new { count = most, ackmode = keep ? "ack_requeue_true" : "ack_requeue_false", encoding }))!.AsArray();
        }
        catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return [];
        }
    }

    /// <summary>Puts a message of any content into a queue.</summary>
    /// <param name="encoding">Of the payload: string or base64.</param>
    /// <param name="properties">As the management API gives and takes them.</param>
    /// <exception cref="InvalidOperationException">The queue is not there.</exception>
    public async Task Publish(string queue, string payload, object properties, string encoding = "string")
    {
        var answer = await Send(HttpMethod.Post, $"exchanges/{_virtualHost}/amq.default/publish",
            new { properties, routing_key = queue, payload, payload_encoding = encoding });
        if (!(bool)answer!["routed"]!) throw new InvalidOperationException($"there is no queue {queue}");
    }

    /// <summary>Throws away what is in a queue.</summary>
    public Task Purge(string queue) => Send(HttpMethod.Delete, $"queues/{_virtualHost}/{Uri.EscapeDataString(queue)}/contents");

    public void Dispose() => _http.Dispose();

    private async Task<JsonArray> Read(string path) => (await Send(HttpMethod.Get, path))!.AsArray();

    private async Task Delete(string path)
    {
        try { await Send(HttpMethod.Delete, path); }
        catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.NotFound) { }
    }

    private static string[] Names(JsonArray all) => [.. all.Select(one => one!["name"]!.ToString())];

    private async Task<JsonNode?> Send(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/{path}") { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        var text = await response.Content.ReadAsStringAsync();
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }
}
