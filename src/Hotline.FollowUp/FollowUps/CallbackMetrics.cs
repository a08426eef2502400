using System.Diagnostics.Metrics;
using Hotline.ServiceDefaults;
using Npgsql;

namespace Hotline.FollowUp.FollowUps;

/// <summary>How many callbacks wait.</summary>
public sealed class CallbackMetrics(NpgsqlDataSource database, ILogger<CallbackMetrics> log) : StatusGauge(database, log, new Meter("Hotline.FollowUp"), "hotline.follow_ups",
    "{callback}", "Unfinished callbacks by status", "select status, count(*) from follow_ups where status in ('open', 'claimed') group by status", ["open", "claimed"]);
