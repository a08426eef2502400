using Hotline.AppHost.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hotline.AppHost;

/// <summary>From the first word to the last: says when the platform is healthy, ends with a word where a server does not start, and ends
/// the services before
/// their servers.</summary>
internal sealed class RunLifetime(
    RunOptions options, ServerChoice servers, Services services, ResourceNotificationService notifications, ResourceCommandService commands,
    IHostApplicationLifetime host, ILogger<RunLifetime> log) : BackgroundService
{
    // a service that is told to end finishes what it has, for 25 s at most
    private static readonly TimeSpan EndAtMost = TimeSpan.FromSeconds(30);

    /// <summary>Registered last, so that the host ends it first.</summary>
    public static void Add(IDistributedApplicationBuilder builder, RunOptions options, ServerChoice servers, Services services)
    {
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(90));
        builder.Services.AddHostedService(provider =>
            ActivatorUtilities.CreateInstance<RunLifetime>(provider, options, servers, services));
    }

    /// <summary>Ends the services, then lets the host go on with the servers.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(services.Serving.Select(End)).WaitAsync(EndAtMost, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var server in Processes) await End(server);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([Announce(stoppingToken), .. Processes.Select(server => Watch(server, stoppingToken))]);

    private IEnumerable<IResource> Processes =>
        ((Server[])[servers.Postgres, servers.RabbitMQ]).Select(s => s.Process?.Resource).OfType<IResource>();

    private async Task Announce(CancellationToken stop)
    {
        var started = System.Diagnostics.Stopwatch.StartNew();
        await notifications.WaitForResourceAsync(
            services.Gateway.Resource.Name, e => e.Snapshot.HealthStatus == HealthStatus.Healthy, stop);
        Console.WriteLine($"""
            healthy after {started.Elapsed.TotalSeconds:0} s
              {options.PublicUrl}  the console (API reference at /docs)
              {options.CredentialsFile}  who may sign in
            """);
    }

    // without it a server that does not start leaves everything else waiting
    private async Task Watch(IResource server, CancellationToken stop)
    {
        var isReady = false;
        await foreach (var change in notifications.WatchAsync(stop))
        {
            if (change.Resource != server) continue;
            isReady |= change.Snapshot.HealthStatus == HealthStatus.Healthy;
            if (isReady || !KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text)) continue;
            log.LogCritical("{Server} did not start ({State}, exit code {Code}); what it said is in its console log. The platform ends",
                server.Name, change.Snapshot.State?.Text, change.Snapshot.ExitCode);
            Environment.ExitCode = 1;
            host.StopApplication();
            return;
        }
    }

    private async Task End(IResource resource)
    {
        var running = resource.GetResolvedResourceNames().Where(IsRunning).ToArray();
        await Task.WhenAll(running.Select(name => commands.ExecuteCommandAsync(name, KnownResourceCommands.StopCommand)));
        await notifications.WaitForResourceAsync(resource.Name, _ => !running.Any(IsRunning));

        bool IsRunning(string name) => notifications.TryGetCurrentState(name, out var now) && now.Snapshot.State?.Text is { } state
            && !KnownResourceStates.TerminalStates.Contains(state) && state != KnownResourceStates.NotStarted;
    }
}
