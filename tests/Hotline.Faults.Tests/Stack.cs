using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Hotline.Testing;

[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
[assembly: AssemblyFixture(typeof(Hotline.Faults.Tests.Stack))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Hotline.Faults.Tests;

/// <summary>The real platform with two processes of each service, in a state folder and on ports of its own,
/// and the means to hurt it.</summary>
public sealed class Stack : IAsyncLifetime
{
    private static readonly string Root = Environment.GetEnvironmentVariable("HOTLINE_TEST_ROOT")
        ?? throw new InvalidOperationException("Run by deploy/test, which sets HOTLINE_TEST_ROOT");
    private static readonly int Port = int.Parse(Environment.GetEnvironmentVariable("HOTLINE_TEST_PORT")!,
        CultureInfo.InvariantCulture) + 200;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>HOTLINE_FAULTS: whole = all faults, each for as long as it takes; other words = those whose kind contains them;
    /// nothing = some of them, for two minutes.</summary>
    public static string Chosen { get; } = Environment.GetEnvironmentVariable("HOTLINE_FAULTS") ?? "";

    public static bool Whole => Chosen == "whole";

    public string State { get; } = Path.Combine(Environment.GetEnvironmentVariable("HOTLINE_TEST_STATE")!, "faults");

    public Uri[] Gateways { get; } = [new($"http://localhost:{Port}"), new($"http://localhost:{Port + 30}")];

    public JsonNode Credentials { get; private set; } = null!;

    /// <summary>Requests that were answered with 201.</summary>
    public ConcurrentBag<Guid> Acknowledged { get; } = [];

    public Report Report { get; } = new();

    public string RabbitPassword { get; private set; } = "";

    public string PostgresPassword { get; private set; } = "";

    public static int PostgresPort => Port + 20;

    public static int RabbitPort => Port + 21;

    /// <summary>supervisord's names of the two processes of a service.</summary>
    public static string[] ProcessesOf(string service) => [$"services:{service}", $"replica1:{service}-1"];

    public async ValueTask InitializeAsync()
    {
        Environment.SetEnvironmentVariable("RateLimit__ApiPerSecond", "100000"); // all citizens of this city call through one client
        Environment.SetEnvironmentVariable("RateLimit__ApiBurst", "100000");
        var (code, output) = await Deploy("up", "--state", State, "--port", Port.ToString(CultureInfo.InvariantCulture),
            "--replicas", "2", "--no-dashboard");
        if (code != 0) throw new InvalidOperationException($"deploy/up ended with {code}: {output}");
        Credentials = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(State, "credentials.json")))!;
        var secrets = (await File.ReadAllLinesAsync(Path.Combine(State, "secrets"))).Select(l => l.Split('=', 2))
            .ToDictionary(l => l[0], l => l[1]);
        (RabbitPassword, PostgresPassword) = (secrets["RABBIT_PASSWORD"], secrets["POSTGRES_PASSWORD"]);
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"hotline:{RabbitPassword}")));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Deploy("down", "--state", State, "--purge");
    }

    /// <summary>Runs one of the commands in deploy/.</summary>
    public static Task<(int Code, string Output)> Deploy(string command, params string[] words) =>
        Commands.Run(Path.Combine(Root, "deploy", command), words);

    /// <summary>Tells supervisord: stop, start, restart, signal KILL, …</summary>
    public async Task<string> Control(params string[] words) =>
        (await Commands.Run("supervisorctl", ["-c", Path.Combine(State, "supervisord.conf"), .. words])).Output;

    /// <summary>The broker runs below a script: both are killed. Ends when the services have noticed.</summary>
    public async Task KillBroker()
    {
        var pid = int.Parse((await Control("pid", "servers:rabbitmq")).Trim(), CultureInfo.InvariantCulture);
        using var process = Process.GetProcessById(pid);
        process.Kill(entireProcessTree: true);
        await Noticed();
    }

    /// <summary>Waits until a process says that it is not well: what has not been noticed cannot be recovered from.</summary>
    public Task Noticed() => Wait.Until(async () => (await Unwell()).Length > 0, "somebody to notice");

    /// <summary>Waits until every process says that it is ready.</summary>
    public async Task Recovered(string from, TimeSpan atMost)
    {
        string[] unwell = [];
        try
        {
            await Wait.Until(async () => (unwell = await Unwell()).Length == 0, from, atMost);
        }
        catch (TimeoutException)
        {
            // what the services wrote tells why
            var kept = Directory.CreateDirectory(Path.Combine(Root, "TestResults", "faults")).FullName;
            foreach (var log in Directory.GetFiles(Path.Combine(State, "log"), "*.log"))
                File.Copy(log, Path.Combine(kept, Path.GetFileName(log)), overwrite: true);
            throw new TimeoutException($"No recovery from: {from}. Unwell: {string.Join(", ", unwell)}. Logs: {kept}");
        }
    }

    private async Task<string[]> Unwell() =>
        [.. (await Task.WhenAll(PlatformServices.Names.SelectMany(service => new[] { 0, 1 }.Select(async i =>
            (Name: ProcessesOf(service)[i], Says: await Ask(HealthOf(service, i)))))))
            .Where(a => a.Says != "Healthy").Select(a => $"{a.Name} {a.Says}")];

    private async Task<string> Ask(Uri health)
    {
        try
        {
            using var answer = await _http.GetAsync(health);
            return await answer.Content.ReadAsStringAsync();
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return e.Message;
        }
    }

    /// <summary>Resident memory of each service's processes, MiB, the larger of the two.</summary>
    public async Task<Dictionary<string, double>> Memory()
    {
        var found = new Dictionary<string, double>();
        foreach (var service in PlatformServices.Names)
        {
            foreach (var name in ProcessesOf(service))
            {
                if (!int.TryParse((await Control("pid", name)).Trim(), out var pid) || pid == 0) continue;
                using var process = Process.GetProcessById(pid);
                found[service] = Math.Max(found.GetValueOrDefault(service), process.WorkingSet64 / 1048576.0);
            }
        }
        return found;
    }

    /// <summary>Everything that was acknowledged has come to its end in every service, once, as deploy/reconcile says.</summary>
    /// <returns>Its counts.</returns>
    public async Task<JsonNode> Reconcile()
    {
        var (ids, counts) = (Path.Combine(State, "acknowledged"), Path.Combine(State, "reconciled.json"));
        await File.WriteAllLinesAsync(ids, Acknowledged.Select(id => id.ToString()));
        await File.WriteAllTextAsync(counts, "");
        var (code, output) = await Deploy("reconcile", "--state", State, "--final", "--patience", "60",
            "--acknowledged", ids, "--json", counts);
        code.ShouldBe(0, output);
        output.TrimEnd().ShouldEndWith("missing 0, doubled 0, stuck 0, disagreeing 0");
        return JsonNode.Parse(await File.ReadAllTextAsync(counts))!;
    }

    /// <summary>Asks or tells the broker's management API.</summary>
    public async Task<JsonNode?> Broker(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, $"http://127.0.0.1:{Port + 22}/api/{path}")
        { Content = body is null ? null : System.Net.Http.Json.JsonContent.Create(body) };
        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        var text = await response.Content.ReadAsStringAsync();
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    private static Uri HealthOf(string service, int replica) =>
        new($"http://127.0.0.1:{Port + (30 * replica) + PlatformServices.All.Single(s => s.Name == service).PortOffset}/health");
}
