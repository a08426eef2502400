using System.Diagnostics.Metrics;
using Hotline.Messaging;
using Npgsql;

namespace Hotline.ServiceDefaults;

/// <summary>A gauge of how many rows stand in which of some statuses, counted from time to time;
/// a status without rows shows as 0.</summary>
/// <param name="rows">Table and condition, such that an index leads to them past years of finished rows.</param>
public abstract class StatusGauge(NpgsqlDataSource database, ILogger log, Meter meter, string name, string unit, string description,
    string rows, IEnumerable<string> statuses)
    : Clock(TimeSpan.FromSeconds(15), log)
{
    private sealed record Row(string Status, long Count);

    private Dictionary<string, long> _counts = [];

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        meter.CreateObservableGauge(name,
            () => statuses.Select(s => new Measurement<long>(_counts.GetValueOrDefault(s), new KeyValuePair<string, object?>("status", s))),
            unit, description);
        return base.ExecuteAsync(stoppingToken);
    }

    /// <inheritdoc/>
    protected override async Task Tick(CancellationToken stop) =>
        _counts = (await database.Many<Row>($"select status, count(*) from {rows} group by status", stop: stop))
            .ToDictionary(r => r.Status, r => r.Count);
}
