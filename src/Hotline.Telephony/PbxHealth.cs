using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Hotline.Telephony;

/// <summary>Degraded while the PBX is away, or has not shown its channels for long: another process would be none the better.</summary>
public sealed class PbxHealth(TelephonyMetrics metrics, IOptions<TelephonyOptions> options) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(!metrics.IsConnected ? HealthCheckResult.Degraded("the PBX is away")
            : metrics.SnapshotAge > 3 * options.Value.SnapshotEvery ? HealthCheckResult.Degraded("the PBX does not show its channels")
            : HealthCheckResult.Healthy());
}
