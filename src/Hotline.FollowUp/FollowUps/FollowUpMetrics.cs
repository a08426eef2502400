using System.Diagnostics.Metrics;
using Npgsql;

namespace Hotline.FollowUps.FollowUps;

/// <summary>How many follow-ups are to be called now, wait for their next try, or are claimed.</summary>
public sealed class FollowUpMetrics(NpgsqlDataSource database, ILogger<FollowUpMetrics> log) : StatusGauge(
    database, log, new Meter("Hotline.FollowUp"), "hotline.follow_ups",
    "{followUp}", "Unfinished followUps by status", """
    (select case when status = 'open' and due_at > now() then 'waiting' else status end as status from follow_ups
        where final_status is null) as unfinished
    """, ["open", "waiting", "claimed"]);
