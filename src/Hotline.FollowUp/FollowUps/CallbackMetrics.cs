using System.Diagnostics.Metrics;
using Hotline.ServiceDefaults;
using Npgsql;

namespace Hotline.FollowUp.FollowUps;

/// <summary>How many callbacks wait.</summary>
public sealed class CallbackMetrics(NpgsqlDataSource database, ILogger<CallbackMetrics> log) : StatusGauge(database, log, new Meter("Hotline.FollowUp"), "hotline.follow_ups",
    "{callback}", "Unfinished callbacks by status", "follow_ups where final_status is null", ["open", "claimed"]);
