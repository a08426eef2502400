using Hotline.Wire.Dispatch;
using Npgsql;

namespace Hotline.Dispatch.Figures;

public static class FigureEndpoints
{
    private sealed record StatusCount(string Status, int Count, int Overdue);

    private sealed record Durations(
        int Contacted, double? ContactMedian, double? ContactP90, int ContactInTime, int Completed, double? CompletionMedian,
        double? CompletionP90, int CompletedInTime);

    public static void MapFigures(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/dispatch/figures", Get)
            .WithName("getDispatchFigures").WithSummary("What became of a day's orders, today's if no day is given, and what is open now")
            .WithTags("Figures").RequireAuthorization(Policies.Desk);

    private static async Task<Ok<DispatchFigures>> Get(NpgsqlDataSource database, TimeProvider clock, DateOnly? day, CancellationToken stop)
    {
        var of = day ?? clock.GetUtcNow().ToLocalDay();
        var span = new { from = LocalTime.StartOf(of), to = LocalTime.StartOf(of.AddDays(1)) };
        var ofDay = await database.Many<StatusCount>("""
            select status, count(*)::int as count, 0 as overdue from orders where offered_at >= @from and offered_at < @to group by status
            """, span, stop);
        var open = await database.Many<StatusCount>("""
            select status, count(*)::int as count,
                (count(*) filter (where status = 'accepted' and contact_overdue_at is not null))::int as overdue
            from orders where final_status is null group by status
            """, stop: stop);
        var durations = (await database.One<Durations>("""
            select count(contact)::int as contacted, percentile_cont(0.5) within group (order by contact) as contact_median,
                percentile_cont(0.9) within group (order by contact) as contact_p90,
                (count(*) filter (where contacted_at <= contact_by))::int as contact_in_time,
                count(completion)::int as completed, percentile_cont(0.5) within group (order by completion) as completion_median,
                percentile_cont(0.9) within group (order by completion) as completion_p90,
                (count(*) filter (where completion <= 3600))::int as completed_in_time
            from (select contacted_at, contact_by, extract(epoch from contacted_at - accepted_at)::float8 as contact,
                extract(epoch from completed_at - r.registered_at)::float8 as completion
                from orders o left join requests r using (request_id) where offered_at >= @from and offered_at < @to) as spans
            """, span, stop))!;
        return TypedResults.Ok(new DispatchFigures(of, ofDay.ToDictionary(s => s.Status, s => s.Count),
            open.ToDictionary(s => s.Status, s => s.Count), open.Sum(s => s.Overdue),
            new(durations.Contacted, durations.ContactMedian, durations.ContactP90, durations.ContactInTime),
            new(durations.Completed, durations.CompletionMedian, durations.CompletionP90, durations.CompletedInTime)));
    }
}
