using System.Collections.Concurrent;
using System.Globalization;
using Hotline.Testing;
using Npgsql;

[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
[assembly: AssemblyFixture(typeof(Hotline.EndToEnd.Tests.Platform))]
[assembly: TestCollectionOrderer(typeof(Hotline.EndToEnd.Tests.DemoLast))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Hotline.EndToEnd.Tests;

/// <summary>The whole platform as a newcomer starts it: deploy/up with a state folder and ports of its own.</summary>
public sealed class Platform : IAsyncLifetime
{
    private readonly LocalStack _stack;
    private readonly ConcurrentDictionary<(string, string), SignIn> _signedIn = [];
    private PlatformCredentials _credentials = null!;
    private readonly ConcurrentQueue<string> _areas = [];

    public Platform() => _stack = new(Root, State, int.Parse(Port, CultureInfo.InvariantCulture));

    /// <summary>So many of the city's towns, the first, are everybody's; of the others each is one test's.</summary>
    private const int SharedAreas = 5;

    public static string Root { get; } = Environment.GetEnvironmentVariable("HOTLINE_TEST_ROOT")
        ?? throw new InvalidOperationException("Run by deploy/test, which sets HOTLINE_TEST_ROOT");

    public static string Port { get; } = Environment.GetEnvironmentVariable("HOTLINE_TEST_PORT")!;

    public string State { get; } = Path.Combine(Environment.GetEnvironmentVariable("HOTLINE_TEST_STATE")!, "platform");

    public HttpClient Http { get; } = new(new RoomToSignIn(new SocketsHttpHandler()))
    { BaseAddress = new Uri($"http://localhost:{Port}"), Timeout = TimeSpan.FromSeconds(40) };

    public Collector Telemetry { get; } = new(int.Parse(Port, CultureInfo.InvariantCulture) + 50);

    public Client Operator => As("operator");

    public Client Supervisor => As("supervisor");

    public async ValueTask InitializeAsync()
    {
        // deploy/up hands these on to the services; children of this process inherit them
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", Telemetry.Endpoint);
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        Environment.SetEnvironmentVariable("OTEL_METRIC_EXPORT_INTERVAL", "3000");
        Environment.SetEnvironmentVariable("OTEL_BSP_SCHEDULE_DELAY", "500");
        await _stack.Up();
        _credentials = await PlatformCredentials.Read(_stack.CredentialsFile);
        foreach (var area in (await Operator.Get("/api/catalog/areas")).Items.Select(a => a["code"]!.ToString()).Skip(SharedAreas))
            _areas.Enqueue(area);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Telemetry.Dispose();
        await _stack.Down(purge: true);
    }

    public (string Id, string Secret) Credential(string client) => _credentials.Client(client);

    public (string Name, string Password) User(string role) => _credentials.User(role);

    public Client As(string client) => new(Http, async () => await TokenOf(Credential(client)));

    public Client As((string Id, string Secret) credential) => new(Http, async () => await TokenOf(credential));

    public Client Anonymous => new(Http, () => Task.FromResult<string?>(null));

    public string Setting(string key) => _stack.Setting(key);

    public BrokerAdmin Broker() => _stack.Broker();

    /// <summary>Changes rows of a service's database, as time or an older release would have.</summary>
    public async Task<int> Sql(string service, string sql)
    {
        await using var source = NpgsqlDataSource.Create(Setting($"ConnectionStrings__{service}-db"));
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>A service's own address, past the gateway.</summary>
    public Uri Service(string name) => _stack.Address(name);

    /// <summary>A vendor's own system, with a credential that the supervisor issued.</summary>
    public Task<Client> Vendor(Guid id) => VendorAccess.Issue(Http, Supervisor, id);

    /// <summary>A town that no other test registers in or offers to: for tests that look at all that a list, a board or a match
    /// holds.</summary>
    /// <exception cref="InvalidOperationException">Every town is somebody's: a test that does not count needs none of its own.</exception>
    public string An_area() => _areas.TryDequeue(out var area) ? area
        : throw new InvalidOperationException("No town is left for a test of its own");

    public async Task<Guid> A_vendor(string name, string category, string area = "330381001")
    {
        var applied = await Supervisor.Post("/api/vendors", new
        {
            name,
            phone = "0577-65000000",
            services = new[] { new { categoryCode = category, priceFrom = 80, priceTo = 150, unit = "次" } },
            coverage = new[] { area },
        });
        applied.Code.ShouldBe(201, applied.ToString());
        (await Supervisor.Post($"/api/vendors/{applied.Id}/approve")).Code.ShouldBe(200);
        return applied.Id;
    }

    public static CitizensCall Request(string keyword, string phone = "14500000001", string area = "330381001") => new()
    {
        Name = "林女士",
        Phone = phone,
        AreaCode = area,
        Keyword = keyword,
        Description = $"{keyword},请尽快来人",
    };

    /// <summary>Asks for a token.</summary>
    /// <param name="http">Of another platform that knows the credential; none = this one.</param>
    public Task<HttpResponseMessage> TokenRequest((string Id, string Secret) credential, HttpClient? http = null) =>
        new SignIn(http ?? Http, credential).Ask();

    /// <summary>Runs one of the commands in deploy/.</summary>
    public static Task<(int Code, string Output)> Deploy(string command, params string[] words) =>
        LocalStack.Deploy(Root, command, words);

    /// <summary>Tells supervisord, for example to restart a service.</summary>
    public Task Control(params string[] words) => _stack.Supervisord.Must(words);

    /// <summary>A service's process.</summary>
    public Task<int> ProcessId(string service) => _stack.Supervisord.ProcessId($"services:{service}");

    public Task<string> TokenOf((string Id, string Secret) credential) =>
        _signedIn.GetOrAdd(credential, _ => new(Http, credential)).Token();
}
