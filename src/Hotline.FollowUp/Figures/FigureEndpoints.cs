using Hotline.FollowUps.FollowUps;
using Hotline.Messaging;
using Hotline.ServiceDefaults;
using Hotline.Wire;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Hotline.FollowUps.Figures;

/// <summary>What citizens said of a day of the city, and who waits to be called now.</summary>
/// <param name="Services">Completed services that fell due for a follow-up.</param>
/// <param name="ServicesCalledBack">Of them, those called back, reached or not.</param>
/// <param name="Answered">Follow-ups of any kind in which the citizen answered.</param>
/// <param name="Unreachable">Follow-ups of any kind in which nobody could be asked.</param>
/// <param name="MeanSatisfaction">1 to 5 over services; none without answers.</param>
/// <param name="ServicesAnswered">Services whose citizen answered.</param>
/// <param name="Satisfied">Of them, those with 4 or 5.</param>
/// <param name="Resolved">Of them, those whose problem is solved.</param>
/// <param name="Waiting">Follow-ups that are due and that nobody has claimed, of any day;
/// those whose next try comes later do not count.</param>
public sealed record FollowUpFigures(
    DateOnly Day, int Services, int ServicesCalledBack, int Answered, int Unreachable, int Complaints, double? MeanSatisfaction,
    int ServicesAnswered, int Satisfied, int Resolved, int Waiting);

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
