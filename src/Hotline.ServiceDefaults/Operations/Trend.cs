using System.Diagnostics.Metrics;
using Hotline.Messaging;
using Hotline.Wire.Operations;
using Npgsql;
using RabbitMQ.Client.Exceptions;

namespace Hotline.ServiceDefaults;

/// <summary>Notes each minute how the service is. Of replicas each adds the calls that it answered; what they share is what the last of
/// them saw.</summary>
public sealed class TrendClock(
    NpgsqlDataSource database, ErrorQueues queues, IMeterFactory meters, TimeProvider clock, ILogger<TrendClock> log)
    : Clock(TimeSpan.FromMinutes(1), log)
{
    private readonly Lock _lock = new();
    private readonly MeterListener _listener = new();
    private List<double> _milliseconds = [];
    private long _failed;

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // the framework's own figure of this process' requests
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "http.server.request.duration" && ReferenceEquals(instrument.Meter.Scope, meters))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) => Answered(seconds, tags));
        _listener.Start();
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _listener.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override Task Tick(CancellationToken stop) => Note(stop);

    /// <summary>Adds what has been since the last time to the present minute.</summary>
    public async Task Note(CancellationToken stop)
    {
        var outbox = await Outbox.State(database, stop);
        var states = await States(stop);
        var (answered, failed) = Taken();
        await database.Many<int>("""
            insert into trend (at, outbox, outbox_seconds, waiting, errors, requests, failed, median_ms, slow_ms)
            values (date_trunc('minute', @now), @rows, @seconds, @waiting, @errors, @requests, @failed, @median, @slow)
            on conflict (at) do update set outbox = excluded.outbox, outbox_seconds = excluded.outbox_seconds,
                waiting = excluded.waiting, errors = excluded.errors, requests = trend.requests + excluded.requests,
                failed = trend.failed + excluded.failed, median_ms = greatest(trend.median_ms, excluded.median_ms),
                slow_ms = greatest(trend.slow_ms, excluded.slow_ms)
            returning 1
            """, new
        {
            now = clock.GetUtcNow(),
            rows = outbox.Rows,
            seconds = outbox.OldestSeconds,
            waiting = states?.Sum(q => q.Waiting),
            errors = states?.Sum(q => q.Errors),
            requests = (long)answered.Count,
            failed,
            median = Share(answered, 0.5),
            slow = Share(answered, 0.95),
        }, stop);
    }

    private async Task<IReadOnlyList<QueueState>?> States(CancellationToken stop)
    {
        try { return await queues.States(stop); }
        catch (Exception e) when (e is RabbitMQClientException or IOException or TimeoutException) { return null; }
    }

    private void Answered(double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var status = 0;
        foreach (var (name, value) in tags)
        {
            // what machines poll is no call of the API
            if (name == "http.route" && value is string route && !route.StartsWith("/api/", StringComparison.Ordinal)) return;
            if (name == "http.response.status_code" && value is int code) status = code;
        }
        lock (_lock)
        {
            _milliseconds.Add(seconds * 1000);
            if (status >= 500) _failed++;
        }
    }

    private (List<double> Milliseconds, long Failed) Taken()
    {
        lock (_lock)
        {
            var taken = (_milliseconds, _failed);
            (_milliseconds, _failed) = ([], 0);
            return taken;
        }
    }

    private static double? Share(List<double> milliseconds, double share)
    {
        milliseconds.Sort();
        return milliseconds.Count == 0 ? null : milliseconds[(int)Math.Ceiling(share * milliseconds.Count) - 1];
    }
}

/// <summary>What was noted, for the ops team.</summary>
public static class Trends
{
    /// <summary>GET /api/ops/{service}/trend.</summary>
    public static void MapTrend(this IEndpointRouteBuilder routes, string service) =>
        routes.MapGet($"/api/ops/{service}/trend", async (NpgsqlDataSource database, TimeProvider clock, CancellationToken stop) =>
            TypedResults.Ok(new TrendView(service, await Read(database, clock, stop))))
            .WithName($"getTrend-{service}").WithSummary("Outbox, queues, calls and times of each minute of the last 24 hours")
                .WithTags("Operations").RequireAuthorization(Policies.Operations);

    private static Task<IReadOnlyList<TrendPoint>> Read(NpgsqlDataSource database, TimeProvider clock, CancellationToken stop) =>
        database.Many<TrendPoint>("""
            select at, outbox, outbox_seconds, waiting, errors, requests, failed, median_ms, slow_ms from trend
            where at > @since order by at
            """, new { since = clock.GetUtcNow().AddDays(-1) }, stop);
}
