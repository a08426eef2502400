using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Hotline.Bench;

/// <summary>A platform under load, through its public API.</summary>
public sealed class Platform : IDisposable
{
    private readonly JsonNode _credentials;
    private readonly Dictionary<string, string> _tokens = [];

    private Platform(JsonNode credentials, Uri gateway) => (_credentials, Gateway, Http) = (credentials, gateway, Client(gateway));

    public Uri Gateway { get; }

    public HttpClient Http { get; }

    /// <summary>Signs in as operator and supervisor.</summary>
    public static async Task<Platform> Open(string credentialsFile)
    {
        var credentials = JsonNode.Parse(await File.ReadAllTextAsync(credentialsFile))!;
        var platform = new Platform(credentials, new(credentials["gateway"]!.ToString()));
        await platform.SignIn();
        return platform;
    }

    /// <summary>Signs in anew: a token lasts half an hour, the making up of a long past does too.</summary>
    public async Task SignIn()
    {
        foreach (var role in (string[])["operator", "supervisor", "ops"])
            _tokens[role] = await SignIn(_credentials["clients"]![role]!["clientId"]!.ToString(),
                _credentials["clients"]![role]!["clientSecret"]!.ToString());
    }

    public string Token(string role) => _tokens[role];

    public static HttpClient Client(Uri address) =>
        new(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5), EnableMultipleHttp2Connections = false })
        { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>For what is read without end.</summary>
    public HttpClient Endless()
    {
        var http = Client(Gateway);
        http.Timeout = Timeout.InfiniteTimeSpan;
        return http;
    }

    public async Task<string> SignIn(string id, string secret)
    {
        using var answer = await Http.PostAsync("/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
        { ["grant_type"] = "client_credentials", ["client_id"] = id, ["client_secret"] = secret }));
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!["access_token"]!.ToString();
    }

    /// <summary>Vendors for the drain of a citizen, each with a system that signed in.</summary>
    public async Task<(Guid Id, string Token)[]> Vendors(int count)
    {
        var match = await Get(Token("supervisor"), $"/api/vendors/match?q=shutong&area=330381001&limit={count}");
        var vendors = new List<(Guid, string)>();
        foreach (var item in match["items"]!.AsArray())
        {
            var id = Guid.Parse(item!["vendorId"]!.ToString());
            var issued = await Send(Http, HttpMethod.Post, Token("supervisor"), $"/api/vendors/{id}/credentials", null, 201);
            vendors.Add((id, await SignIn(issued["clientId"]!.ToString(), issued["clientSecret"]!.ToString())));
        }
        return vendors.Count > 0 ? [.. vendors]
            : throw new InvalidOperationException("no vendor offers 管道疏通 in 330381001: start the platform with its demo vendors");
    }

    public Task<JsonNode> Get(string token, string path) => Send(Http, HttpMethod.Get, token, path, null, 200);

    public Task<JsonNode> Post(string token, string path, object? body = null, int expected = 200) =>
        Send(Http, HttpMethod.Post, token, path, body, expected);

    /// <exception cref="UnexpectedException">Another status than expected.</exception>
    public static async Task<JsonNode> Send(HttpClient http, HttpMethod method, string token, string path, object? body, int expected)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if ((int)answer.StatusCode != expected)
            throw new UnexpectedException($"{method} {Shape(path)}: {((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture)}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    /// <summary>Registers a citizen's call.</summary>
    public Task<JsonNode> Register(int number) => Post(Token("operator"), "/api/intake/requests", Call(number), 201);

    /// <summary>A citizen's call.</summary>
    public static object Call(int number) => new
    {
        channel = "phone",
        dialledNumber = "12345",
        caller = new { name = "演示市民", phone = $"145{number % 100_000_000:00000000}" },
        areaCode = "330381001",
        address = "瑞安广场东边三楼",
        categoryCode = "drains.unclog-drain",
        description = "厨房下水道堵了",
    };

    public void Dispose() => Http.Dispose();

    // errors of one kind are one line: ids are not told apart
    private static string Shape(string path) =>
        string.Join('/', path.Split('?')[0].Split('/').Select(part => Guid.TryParse(part, out _) ? "{id}" : part));
}
