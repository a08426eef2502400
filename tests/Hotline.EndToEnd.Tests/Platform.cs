using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hotline.Testing;
using Npgsql;

[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
[assembly: AssemblyFixture(typeof(Hotline.EndToEnd.Tests.Platform))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Hotline.EndToEnd.Tests;

/// <summary>The whole platform as a newcomer starts it: deploy/up with a state folder and ports of its own.</summary>
public sealed class Platform : IAsyncLifetime
{
    private readonly Dictionary<string, (string Token, DateTimeOffset Until)> _tokens = [];
    private JsonNode _credentials = null!;

    public static string Root { get; } = Environment.GetEnvironmentVariable("HOTLINE_TEST_ROOT")
        ?? throw new InvalidOperationException("Run by deploy/test, which sets HOTLINE_TEST_ROOT");

    public static string Port { get; } = Environment.GetEnvironmentVariable("HOTLINE_TEST_PORT")!;

    public string State { get; } = Path.Combine(Environment.GetEnvironmentVariable("HOTLINE_TEST_STATE")!, "platform");

    public HttpClient Http { get; } = new(new RoomToSignIn(new SocketsHttpHandler()))
    { BaseAddress = new Uri($"http://localhost:{Port}"), Timeout = TimeSpan.FromSeconds(40) };

    public Collector Telemetry { get; } = new(int.Parse(Port, System.Globalization.CultureInfo.InvariantCulture) + 50);

    public Client Operator => As("operator");

    public Client Supervisor => As("supervisor");

    public async ValueTask InitializeAsync()
    {
        // deploy/up hands these on to the services; children of this process inherit them
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", Telemetry.Endpoint);
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        Environment.SetEnvironmentVariable("OTEL_METRIC_EXPORT_INTERVAL", "3000");
        Environment.SetEnvironmentVariable("OTEL_BSP_SCHEDULE_DELAY", "500");
        var up = await Deploy("up", "--state", State, "--port", Port);
        if (up.Code != 0) throw new InvalidOperationException($"deploy/up ended with {up.Code}: {up.Output}");
        _credentials = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(State, "credentials.json")))!;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Telemetry.Dispose();
        await Deploy("down", "--state", State, "--purge");
    }

    public (string Id, string Secret) Credential(string client) =>
        (_credentials["clients"]![client]!["clientId"]!.ToString(), _credentials["clients"]![client]!["clientSecret"]!.ToString());

    public (string Name, string Password) User(string role)
    {
        var user = _credentials["users"]!.AsArray().First(u => u!["role"]!.ToString() == role)!;
        return (user["username"]!.ToString(), user["password"]!.ToString());
    }

    public Client As(string client) => new(Http, async () => await TokenOf(Credential(client)));

    public Client As((string Id, string Secret) credential) => new(Http, async () => await TokenOf(credential));

    public Client Anonymous => new(Http, () => Task.FromResult<string?>(null));

    /// <summary>A setting of the services, as deploy/up wrote it down.</summary>
    public string Setting(string key) => File.ReadLines(Path.Combine(State, "services.env"))
        .First(l => l.StartsWith(key + "=", StringComparison.Ordinal))[(key.Length + 1)..];

    /// <summary>Changes rows of a service's database, as time or an older release would have.</summary>
    public async Task<int> Sql(string service, string sql)
    {
        var own = File.ReadLines(Path.Combine(State, "services.env"))
            .FirstOrDefault(l => l.StartsWith($"ConnectionStrings__{service}-db=", StringComparison.Ordinal));
        var connection = own is not null ? own[(own.IndexOf('=') + 1)..]
            : new NpgsqlConnectionStringBuilder(Setting("ConnectionStrings__postgres"))
            { Database = service.Replace('-', '_') }.ConnectionString;
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>A service's own address, past the gateway.</summary>
    public Uri Service(string name) => new(Setting($"services__{name}__http__0"));

    /// <summary>A vendor's own system, with a credential that the supervisor issued.</summary>
    public async Task<Client> Vendor(Guid id)
    {
        var issued = await Supervisor.Post($"/api/vendors/{id}/credentials");
        issued.Code.ShouldBe(201, issued.ToString());
        return As((issued.Text("clientId"), issued.Text("clientSecret")));
    }

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

    public static object Request(string keyword, string phone = "14500000001", string area = "330381001") => new
    {
        channel = "phone",
        dialledNumber = "12345",
        caller = new { name = "林女士", phone },
        areaCode = area,
        address = "瑞安广场东边三楼",
        keyword,
        description = $"{keyword},请尽快来人",
        urgency = "normal",
    };

    /// <summary>Asks for a token.</summary>
    /// <param name="http">Of another platform that knows the credential; none = this one.</param>
    public async Task<HttpResponseMessage> TokenRequest((string Id, string Secret) credential, HttpClient? http = null)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = credential.Id,
            ["client_secret"] = credential.Secret,
        });
        return await (http ?? Http).PostAsync("/connect/token", form);
    }

    /// <summary>Runs one of the commands in deploy/.</summary>
    public static Task<(int Code, string Output)> Deploy(string command, params string[] words) =>
        Commands.Run(Path.Combine(Root, "deploy", command), words);

    /// <summary>Tells supervisord, for example to restart a service.</summary>
    public async Task Control(params string[] words)
    {
        var (code, output) = await Commands.Run("supervisorctl", ["-c", Path.Combine(State, "supervisord.conf"), .. words]);
        code.ShouldBe(0, output);
    }

    public async Task<string> TokenOf((string Id, string Secret) credential)
    {
        if (_tokens.TryGetValue(credential.Id + credential.Secret, out var known) && known.Until > DateTimeOffset.UtcNow)
            return known.Token;
        using var answer = await TokenRequest(credential);
        answer.EnsureSuccessStatusCode();
        var body = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        var token = body["access_token"]!.ToString();
        _tokens[credential.Id + credential.Secret] = (token, DateTimeOffset.UtcNow.AddMinutes(10));
        return token;
    }
}
