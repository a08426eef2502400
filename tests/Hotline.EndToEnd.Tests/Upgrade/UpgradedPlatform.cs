using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;

namespace Hotline.EndToEnd.Tests.Upgrade;

/// <summary>The stored platform of an older release: its databases, its broker with what waited in it, its keys and credentials,
/// as if it had been stopped a moment ago; then this release's deploy/up.</summary>
public sealed class UpgradedPlatform(Platform platform) : IAsyncLifetime
{
    private static readonly int Port = int.Parse(Platform.Port, CultureInfo.InvariantCulture) + 100;
    private readonly Dictionary<string, string> _tokens = [];
    private NpgsqlConnectionStringBuilder _databases = null!;

    public OlderPlatform Older { get; private set; } = null!;

    /// <summary>What waited in queues.</summary>
    public IReadOnlyList<StoredMessage> Waited { get; private set; } = [];

    public BrokerContents Broker { get; private set; } = null!;

    /// <summary>Rows of each table once everything that waited was taken, before any test did anything.</summary>
    public IReadOnlyDictionary<string, long> Rows { get; private set; } = null!;

    public string State { get; } = Path.Combine(platform.State, "..", "upgraded");

    public HttpClient Http { get; } = new(new RoomToSignIn(new SocketsHttpHandler()))
    { BaseAddress = new Uri($"http://localhost:{Port}"), Timeout = TimeSpan.FromSeconds(40) };

    public Client Operator => As("hotline-operator");

    public Client Supervisor => As("hotline-supervisor");

    public Client Vendor => As($"vendor-{Older.Vendor:N}");

    public async ValueTask InitializeAsync()
    {
        Older = await Write();
        // built already, for the platform beside
        (await ProcessRunner.Run("cp", "-al", Path.Combine(platform.State, "app"), Path.Combine(State, "app"))).Code.ShouldBe(0);
        var (code, output) = await ProcessRunner.Run(Path.Combine(OlderPlatform.Folder, "..", "restore-fixture"), State,
            Port.ToString(CultureInfo.InvariantCulture));
        code.ShouldBe(0, output);
        var stack = new LocalStack(Platform.Root, State, Port);
        Broker = new(stack);
        var broker = StoredBroker.Parse(await File.ReadAllTextAsync(Path.Combine(State, "older", "broker.json")));
        Waited = broker.Messages;
        await Broker.Restore(broker);

        (code, output) = await Platform.Deploy("up", "--state", State, "--port", Port.ToString(CultureInfo.InvariantCulture),
            "--no-dashboard");
        code.ShouldBe(0, output);
        _databases = new()
        { Host = "127.0.0.1", Port = Port + 20, Username = "hotline", Password = stack.Secret("POSTGRES_PASSWORD"), Pooling = false };
        await Settled();
        Rows = await CountRows();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Broker?.Dispose();
        await Platform.Deploy("down", "--state", State, "--purge");
    }

    /// <summary>Whoever has this client id, with the secret of before.</summary>
    public Client As(string client) => new(Http, async () =>
    {
        if (_tokens.TryGetValue(client, out var known)) return known;
        using var answer = await TokenRequest(client);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{client}: {await answer.Content.ReadAsStringAsync()}");
        return _tokens[client] = (await answer.Content.ReadFromJsonAsync<JsonNode>())!["access_token"]!.ToString();
    });

    /// <summary>Asks for a token with the secret of before.</summary>
    public Task<HttpResponseMessage> TokenRequest(string client) => platform.TokenRequest((client, OlderPlatform.Phrase), Http);

    public string Database(string name) =>
        new NpgsqlConnectionStringBuilder(_databases.ConnectionString) { Database = name }.ConnectionString;

    public async Task<IReadOnlyDictionary<string, long>> CountRows()
    {
        var all = new Dictionary<string, long>();
        foreach (var database in PlatformServices.Databases)
        {
            foreach (var (table, rows) in await DatabaseRows.Of(Database(database))) all[$"{database}.{table}"] = rows;
        }
        return all;
    }

    // until outboxes and queues are empty for longer than the broker takes to count. Where they do not get so, a test says
    // what waits
    private async Task Settled()
    {
        var (since, limit) = (DateTime.UtcNow, DateTime.UtcNow + Wait.Patience);
        while (DateTime.UtcNow - since < TimeSpan.FromSeconds(2.5) && DateTime.UtcNow < limit)
        {
            var outboxes = (await CountRows()).Where(t => t.Key.EndsWith(".outbox", StringComparison.Ordinal)).Sum(t => t.Value);
            if (outboxes + (await Broker.Waiting()).Sum(q => q.Value) > 0) since = DateTime.UtcNow;
            await Task.Delay(100);
        }
    }

    // the state folder as that release left it, a moment ago
    private async Task<OlderPlatform> Write()
    {
        var stopped = OlderPlatform.Load().At;
        var aged = new Ageing(stopped, DateTimeOffset.UtcNow);
        var folder = Directory.CreateDirectory(Path.Combine(State, "older")).FullName;
        foreach (var file in Directory.EnumerateFiles(OlderPlatform.Folder))
            await File.WriteAllTextAsync(Path.Combine(folder, Path.GetFileName(file)), aged.Text(await File.ReadAllTextAsync(file)));

        const string secret = OlderPlatform.Phrase;
        await File.WriteAllTextAsync(Path.Combine(State, "secrets"), $"GATEWAY_SECRET={secret}\nPHONE_HASH_KEY={secret}\n");
        var keys = Directory.CreateDirectory(Path.Combine(State, "keys", "protection")).FullName;
        var key = (await File.ReadAllTextAsync(Path.Combine(OlderPlatform.Folder, "key.xml")))
            .Replace("@KEY@", Convert.ToBase64String(SHA512.HashData(Encoding.UTF8.GetBytes(secret))));
        await File.WriteAllTextAsync(Path.Combine(keys, "key-00000000-0000-4000-8000-000000000013.xml"), key);
        string[] roles = ["operator", "supervisor", "cti", "ops"];
        var credentials = new
        {
            gateway = Http.BaseAddress!.ToString().TrimEnd('/'),
            clients = roles.ToDictionary(role => role, role => new { clientId = $"hotline-{role}", clientSecret = secret }),
            users = roles.Where(role => role != "cti").Select(role => new { username = role, password = secret, role }),
        };
        await File.WriteAllTextAsync(Path.Combine(State, "credentials.json"), JsonSerializer.Serialize(credentials));
        return OlderPlatform.Load(folder);
    }
}
