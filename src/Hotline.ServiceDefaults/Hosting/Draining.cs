using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hotline.ServiceDefaults;

/// <summary>A process that was told to end first says so at /health and goes on serving, so that whoever spreads
/// requests over replicas stops sending to it; then it stops listening and finishes what it has. Setting: Shutdown:DrainFor, a time span;
/// zero, the default, where there are no replicas.</summary>
public sealed class Draining(IConfiguration configuration) : IHostedLifecycleService, IHealthCheck
{
    private volatile bool _ending;

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_ending ? HealthCheckResult.Unhealthy("ending") : HealthCheckResult.Healthy());

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _ending = true;
        return Task.Delay(configuration.GetValue("Shutdown:DrainFor", TimeSpan.Zero), cancellationToken);
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
