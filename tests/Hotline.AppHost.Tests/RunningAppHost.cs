using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Hotline.AppHost.Description;
using Hotline.Testing;
using Hotline.Tools.Demo;
using Microsoft.Extensions.DependencyInjection;

[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

namespace Hotline.AppHost.Tests;

/// <summary>The AppHost as somebody runs it who has no container engine: on a private PostgreSQL and RabbitMQ, with a state folder and
/// ports of its own.
/// Where the dashboard would take telemetry, <see cref="Telemetry"/> does.</summary>
public sealed class RunningAppHost : IAsyncLifetime
{
    private static readonly TimeSpan StartAtMost = TimeSpan.FromMinutes(3);

    /// <summary>First of the ports that are free for these tests.</summary>
    public static readonly int Port = int.Parse(Environment.GetEnvironmentVariable("HOTLINE_TEST_PORT")
        ?? throw new InvalidOperationException("Run by deploy/test, which sets HOTLINE_TEST_PORT"), CultureInfo.InvariantCulture);

    private readonly string _state = Folder("aspire");
    private DistributedApplication _app = null!;
    private HttpClient _http = null!;

    public Collector Telemetry { get; } = new(Port + 50);

    /// <summary>Operator and supervisor, as the platform's first credentials make them.</summary>
    public Cast Cast { get; private set; } = null!;

    /// <summary>Inherited by every process that the AppHost starts, and by theirs.</summary>
    public Mark Mark { get; } = new();

    /// <summary>A state folder of the tests' own.</summary>
    public static string Folder(string name) => Path.Combine(Environment.GetEnvironmentVariable("HOTLINE_TEST_STATE")!, name);

    public async ValueTask InitializeAsync()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Hotline_AppHost>(
            ["--Servers=Private", $"--PublicUrl=http://localhost:{Port}", $"--State={_state}", "--DcpPublisher:RandomizePorts=false",
                $"--ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL={Telemetry.Endpoint}"]);
        builder.Configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = null; // where there is gRPC too, it is taken
        _app = await builder.BuildAsync();
        await _app.StartAsync();
        using var patience = new CancellationTokenSource(StartAtMost);
        await _app.ResourceNotifications.WaitForResourceHealthyAsync(PlatformDescription.Gateway.Name, patience.Token);

        _http = new() { BaseAddress = new Uri($"http://localhost:{Port}") };
        Cast = new(_http, await PlatformCredentials.Read(Path.Combine(_state, "aspire-credentials.json")));
    }

    public async ValueTask DisposeAsync()
    {
        await End();
        _http?.Dispose();
        Telemetry.Dispose();
    }

    /// <summary>Ends the host. Harmless to repeat.</summary>
    public async Task End()
    {
        if (_app is not null) await _app.DisposeAsync();
    }

    /// <summary>Runs a command of a resource, as a click in the dashboard would.</summary>
    public async Task<ExecuteCommandResult> Command(string resource, string command) =>
        await _app.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(resource, command);

    /// <summary>What the dashboard shows of a resource: its state, and whether it is healthy.</summary>
    public string StateOf(string resource) => _app.ResourceNotifications.TryGetCurrentState(resource, out var now)
        ? $"{now.Snapshot.State?.Text} {now.Snapshot.HealthStatus}" : "unknown";
}
