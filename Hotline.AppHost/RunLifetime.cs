using System.Collections.Concurrent;
using System.Diagnostics;
using Hotline.AppHost.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hotline.AppHost;

/// <summary>From the first word to the last: says when the platform is healthy, ends with a word where a server or a preparation fails, and
/// ends the services before their servers.</summary>
internal sealed class RunLifetime(
    RunOptions options, ServerChoice servers, Services services, ResourceNotificationService notifications, ResourceCommandService commands,
    ResourceLoggerService logs, IHostApplicationLifetime host, ILogger<RunLifetime> log) : BackgroundService, IHostedLifecycleService
{
    // a service that is told to end finishes what it has, for 25 s at most
    private static readonly TimeSpan EndAtMost = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, ResourceEvent> _states = [];
    private readonly HashSet<string> _ready = [];
    private bool _hasGivenUp;

    /// <summary>Registered last, so that the host ends it first.</summary>
    public static void Add(IDistributedApplicationBuilder builder, RunOptions options, ServerChoice servers, Services services)
    {
        builder.Eventing.Subscribe<BeforeStartEvent>(WithoutCertificates);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(90));
        builder.Services.AddHostedService(provider =>
            ActivatorUtilities.CreateInstance<RunLifetime>(provider, options, servers, services));
    }

    // nothing here speaks TLS: the dashboard would complain above everything else that no certificate is trusted
    private static Task WithoutCertificates(BeforeStartEvent before, CancellationToken stop)
    {
        foreach (var resource in before.Model.Resources)
            resource.Annotations.Add(new HttpsCertificateAnnotation { UseDeveloperCertificate = false });
        return Task.CompletedTask;
    }

    /// <summary>Watches from before the resources are made: making them takes as long as what they wait for, for ever where a server does
    /// not come.</summary>
    public Task StartingAsync(CancellationToken cancellationToken) => base.StartAsync(cancellationToken);

    public override Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends the services, then lets the host go on with the servers.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(services.Serving.Select(End)).WaitAsync(EndAtMost, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var server in Processes) await End(server);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in notifications.WatchAsync(stoppingToken))
        {
            _states[change.ResourceId] = change;
            if (change.Snapshot.HealthStatus == HealthStatus.Healthy && _ready.Add(change.Resource.Name)
                && change.Resource == services.Gateway.Resource) Announce();
            if (!_hasGivenUp && IsInVain(change)) await GiveUp(change);
        }
    }

    private IEnumerable<IResource> Processes =>
        ((Server[])[servers.Postgres, servers.RabbitMQ]).Select(s => s.Process?.Resource).OfType<IResource>();

    // whatever else is to start waits for it
    private bool IsInVain(ResourceEvent now) => IsOver(now)
        && (Processes.Contains(now.Resource) ? !_ready.Contains(now.Resource.Name)
            : services.Preparations.Contains(now.Resource) && now.Snapshot.ExitCode is not (null or 0)
                && !_ready.Contains(services.Gateway.Resource.Name));

    private static bool IsOver(ResourceEvent now) => KnownResourceStates.TerminalStates.Contains(now.Snapshot.State?.Text);

    private void Announce() => Console.WriteLine($"""
        healthy after {(DateTime.Now - Process.GetCurrentProcess().StartTime).TotalSeconds:0} s
          {options.PublicUrl}  the console (API reference at {new Uri(options.PublicUrl, "/docs")})
          {options.CredentialsFile}  who may sign in
        """);

    private async Task GiveUp(ResourceEvent failed)
    {
        _hasGivenUp = true;
        var said = new List<string>();
        await foreach (var lines in logs.GetAllAsync(failed.Resource))
            said.AddRange(lines.Select(line => line.Content.Split("   at ")[0].TrimEnd()) // without a stack trace
                .Where(line => line.Length > 0 && !line.Contains("[sys]", StringComparison.Ordinal)));
        log.LogCritical("{Resource} failed ({State}, exit code {Code}): the platform ends. Its last words:\n{Said}",
            failed.Resource.Name, failed.Snapshot.State?.Text, failed.Snapshot.ExitCode, string.Join('\n', said.TakeLast(4)));
        Environment.ExitCode = 1;
        host.StopApplication();
    }

    private async Task End(IResource resource)
    {
        var running = _states.Values.Where(s => s.Resource == resource && s.Snapshot.State?.Text == KnownResourceStates.Running).ToArray();
        await Task.WhenAll(running.Select(i => commands.ExecuteCommandAsync(i.ResourceId, KnownResourceCommands.StopCommand)));
        foreach (var instance in running)
            await notifications.WaitForResourceAsync(resource.Name, e => e.ResourceId == instance.ResourceId && IsOver(e));
    }
}
