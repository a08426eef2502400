using System.Diagnostics.Metrics;
using Npgsql;

namespace Hotline.ServiceDefaults;

/// <summary>A gauge of how many rows stand in which status, counted from time to time.</summary>
public abstract class StatusGauge(NpgsqlDataSource database, ILogger log, Meter meter, string name, string unit, string description, string sql) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    private sealed record Row(string Status, long Count);

    private IReadOnlyList<Row> _rows = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        meter.CreateObservableGauge(name, () => _rows.Select(r => new Measurement<long>(r.Count, new KeyValuePair<string, object?>("status", r.Status))), unit, description);
        using var timer = new PeriodicTimer(Every);
        do
        {
            try { _rows = await database.Many<Row>(sql, stop: stoppingToken); }
            catch (NpgsqlException e) { log.LogDebug(e, "Not counted this time"); } // the health check tells that the database is away
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
