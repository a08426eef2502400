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

    private static async Task<Ok<FollowUpFigures>> Get(NpgsqlDataSource database, TimeProvider clock, DateOnly? day, CancellationToken stop)
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
        var waiting = await database.One<int>($"select count(*)::int from follow_ups where final_status is null and {FollowUpStore.Due}",
            new { now }, stop);
        return TypedResults.Ok(new FollowUpFigures(of, counts.Services, counts.ServicesCalledBack, counts.Answered, counts.Unreachable,
            counts.Complaints, counts.MeanSatisfaction, counts.ServicesAnswered, counts.Satisfied, counts.Resolved, waiting));
    }
}
