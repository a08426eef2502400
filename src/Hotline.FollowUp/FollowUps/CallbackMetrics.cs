using System.Diagnostics.Metrics;
using Hotline.ServiceDefaults;
using Npgsql;

namespace Hotline.FollowUp.FollowUps;

/// <summary>How many callbacks are to be called now, wait for their next try, or are claimed.</summary>
public sealed class CallbackMetrics(NpgsqlDataSource database, ILogger<CallbackMetrics> log) : StatusGauge(
    database, log, new Meter("Hotline.FollowUp"), "hotline.follow_ups",
    "{callback}", "Unfinished callbacks by status", """
    (select case when status = 'open' and due_at > now() then 'waiting' else status end as status from follow_ups
        where final_status is null) as unfinished
    """, ["open", "waiting", "claimed"]);
