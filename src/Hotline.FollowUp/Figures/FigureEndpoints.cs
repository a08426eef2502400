using Hotline.FollowUps.FollowUps;
using Hotline.Wire.FollowUps;
using Npgsql;

namespace Hotline.FollowUps.Figures;

public static class FigureEndpoints
{
    private sealed record Counts(int Services, int ServicesCalledBack, int Answered, int Unreachable, int Complaints,
        double? MeanSatisfaction, int ServicesAnswered, int Satisfied, int Resolved);

    public static void MapFigures(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/follow-ups/figures", Get)
            .WithName("getFollowUpFigures").WithSummary("Follow-ups that fell due on a day, today if none is given, and who waits now")
            .WithTags("Figures").RequireAuthorization(Policies.Desk);

    private sealed record Queue(int Waiting, int Mine, int Later, DateTimeOffset? NextDueAt);

    private static async Task<Ok<FollowUpFigures>> Get(
        NpgsqlDataSource database, Caller caller, TimeProvider clock, DateOnly? day, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var of = day ?? now.ToLocalDay();
        var counts = (await database.One<Counts>("""
            select (count(*) filter (where kind = 'service'))::int as services,
                (count(*) filter (where kind = 'service' and status in ('completed', 'unreachable')))::int as services_called_back,
                (count(*) filter (where status = 'completed'))::int as answered,
                (count(*) filter (where status = 'unreachable'))::int as unreachable,
                count(complaint_id)::int as complaints,
                (avg(satisfaction) filter (where kind = 'service'))::float8 as mean_satisfaction,
                (count(satisfaction) filter (where kind = 'service'))::int as services_answered,
                (count(*) filter (where kind = 'service' and satisfaction >= 4))::int as satisfied,
                (count(*) filter (where kind = 'service' and resolved))::int as resolved
            from follow_ups where created_at >= @from and created_at < @to
            """, new { from = LocalTime.StartOf(of), to = LocalTime.StartOf(of.AddDays(1)) }, stop))!;
        var queue = (await database.One<Queue>($"""
            select (count(*) filter (where {FollowUpStore.Due}))::int as waiting,
                (count(*) filter (where {FollowUpStore.InHands}))::int as mine,
                (count(*) filter (where status = 'open' and due_at > @now))::int as later,
                least(min(due_at) filter (where status = 'open' and due_at > @now),
                    min(claim_expires_at) filter (where claim_expires_at > @now)) as next_due_at
            from follow_ups where final_status is null
            """, new { now, me = caller.Id }, stop))!;
        var ended = await database.One<int>(
            "select count(*)::int from follow_ups where final_status is not null and ended_at >= @today",
            new { today = LocalTime.StartOf(now.ToLocalDay()) }, stop);
        return TypedResults.Ok(new FollowUpFigures(
            of, counts.Services, counts.ServicesCalledBack, counts.Answered, counts.Unreachable, counts.Complaints,
            counts.MeanSatisfaction, counts.ServicesAnswered, counts.Satisfied, counts.Resolved, queue.Waiting, queue.Mine,
            queue.Later, ended, queue.NextDueAt));
    }
}
