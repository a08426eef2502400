using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

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

    /// <summary>Its addresses, settings and servers.</summary>
    public LocalStack Local { get; } =
        new(Root, Path.Combine(Environment.GetEnvironmentVariable("HOTLINE_TEST_STATE")!, "faults"), Port);

    public Uri[] Gateways => [Local.Gateway(0), Local.Gateway(1)];

    public BrokerAdmin Broker { get; private set; } = null!;

    public PlatformCredentials Credentials { get; private set; } = null!;

    /// <summary>Requests that were answered with 201.</summary>
    public ConcurrentBag<Guid> Acknowledged { get; } = [];

    public Report Report { get; } = new();

    /// <summary>supervisord's names of the two processes of a service.</summary>
    public static string[] ProcessesOf(string service) => [$"services:{service}", $"replica1:{service}-1"];

    public async ValueTask InitializeAsync()
    {
        Environment.SetEnvironmentVariable("RateLimit__ApiPerSecond", "100000"); // all citizens of this city call through one client
        Environment.SetEnvironmentVariable("RateLimit__ApiBurst", "100000");
        await Local.Up("--replicas", "2", "--no-dashboard");
        Credentials = await PlatformCredentials.Read(Local.CredentialsFile);
        Broker = Local.Broker();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        Broker?.Dispose();
        await Local.Down(purge: true);
    }

    /// <summary>Tells supervisord: stop, start, restart, signal KILL, …; a process that is not there any more is no fault.</summary>
    public Task Control(params string[] words) => Local.Supervisord.Tell(words);

    /// <summary>The broker runs below a script: both are killed. Ends when the services have noticed.</summary>
    public async Task KillBroker()
    {
        using var process = Process.GetProcessById(await Local.Supervisord.ProcessId("servers:rabbitmq"));
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
            foreach (var log in Directory.GetFiles(Path.Combine(Local.State, "log"), "*.log"))
                File.Copy(log, Path.Combine(kept, Path.GetFileName(log)), overwrite: true);
            throw new TimeoutException($"No recovery from: {from}. Unwell: {string.Join(", ", unwell)}. Logs: {kept}");
        }
    }

    private async Task<string[]> Unwell() =>
        [.. (await Task.WhenAll(PlatformServices.Names.SelectMany(service => new[] { 0, 1 }.Select(async i =>
            (Name: ProcessesOf(service)[i], Says: await Ask(new(Local.Address(service, i), "health")))))))
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
                if (await Local.Supervisord.ProcessId(name) is not (not 0 and var pid)) continue;
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
        var (ids, counts) = (Path.Combine(Local.State, "acknowledged"), Path.Combine(Local.State, "reconciled.json"));
        await File.WriteAllLinesAsync(ids, Acknowledged.Select(id => id.ToString()));
        await File.WriteAllTextAsync(counts, "");
        var (code, output) = await LocalStack.Deploy(Root, "reconcile", "--state", Local.State, "--final", "--patience", "60",
            "--acknowledged", ids, "--json", counts);
        code.ShouldBe(0, output);
        output.TrimEnd().ShouldEndWith("missing 0, doubled 0, stuck 0, disagreeing 0");
        return JsonNode.Parse(await File.ReadAllTextAsync(counts))!;
    }
}
