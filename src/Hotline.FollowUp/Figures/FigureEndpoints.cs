using Hotline.Catalogue;
using Hotline.FollowUps.FollowUps;
using Hotline.Wire.FollowUps;
using Npgsql;

namespace Hotline.FollowUps.Figures;

public static class FigureEndpoints
{
    private const string Said = """
        (count(*) filter (where kind = 'service'))::int as services,
            (count(*) filter (where kind = 'service' and status in ('completed', 'unreachable')))::int as services_called_back,
            (count(*) filter (where status = 'completed'))::int as answered,
            (count(*) filter (where status = 'unreachable'))::int as unreachable,
            count(complaint_id)::int as complaints,
            (avg(satisfaction) filter (where kind = 'service'))::float8 as mean_satisfaction,
            (count(satisfaction) filter (where kind = 'service'))::int as services_answered,
            (count(*) filter (where kind = 'service' and satisfaction >= 4))::int as satisfied,
            (count(*) filter (where kind = 'service' and resolved))::int as resolved
        from follow_ups f left join contacts c using (request_id)
        """;

    private static readonly FigureColumns Columns =
        new("f.created_at", "c.area_code", "f.category_code", "c.registered_by", "c.dialled_number");

    private sealed record Counts
    {
        public string? Key { get; init; }
        public int Services { get; init; }
        public int ServicesCalledBack { get; init; }
        public int Answered { get; init; }
        public int Unreachable { get; init; }
        public int Complaints { get; init; }
        public double? MeanSatisfaction { get; init; }
        public int ServicesAnswered { get; init; }
        public int Satisfied { get; init; }
        public int Resolved { get; init; }

        public FollowUpFigureRow Row(string key, string name) =>
            new(key, name, Services, ServicesCalledBack, ServicesAnswered, Satisfied, Resolved, Complaints);
    }

    public static void MapFigures(this IEndpointRouteBuilder routes)
    {
        var figures = routes.MapGroup("/api/follow-ups/figures").WithTags("Figures").RequireAuthorization(Policies.Desk);
        figures.MapGet("/", Get).WithName("getFollowUpFigures")
            .WithSummary("Follow-ups that fell due on a day or a span of days, today if none is given, and who waits now");
        figures.MapGet("/by", By).WithName("listFollowUpFigures").WithSummary("What citizens said, a row for each day or hour at which a "
            + "follow-up fell due, area, group or category of service, operator who registered the request or dialled number");
        figures.MapGet("/by/export", By).Exports("exportFollowUpFigures", FigureFile.Columns);
    }

    private sealed record Queue(int Waiting, int Mine, int Later, DateTimeOffset? NextDueAt);

    private static async Task<Results<Ok<FollowUpFigures>, ProblemHttpResult>> Get(
        NpgsqlDataSource database, Caller caller, TimeProvider clock, [AsParameters] FigureQuery query, CancellationToken stop)
    {
        var (now, faults) = (clock.GetUtcNow(), new Faults());
        if (query.Read(clock, faults) is not { } filter) return faults.ToProblem();
        var counts = (await database.One<Counts>($"select {Said} where {Columns.Condition(filter)}", filter.Values, stop))!;
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
            filter.From, counts.Services, counts.ServicesCalledBack, counts.Answered, counts.Unreachable, counts.Complaints,
            counts.MeanSatisfaction, counts.ServicesAnswered, counts.Satisfied, counts.Resolved, queue.Waiting, queue.Mine,
            queue.Later, ended, queue.NextDueAt, filter.To));
    }

    private static async Task<Results<Ok<FigureTable<FollowUpFigureRow>>, ProblemHttpResult>> By(
        NpgsqlDataSource database, TimeProvider clock, string? by, [AsParameters] FigureQuery query, CancellationToken stop)
    {
        var faults = new Faults();
        var group = FigureTables.ReadGroup(by, faults);
        if (query.Read(clock, faults) is not { } filter) return faults.ToProblem();
        var key = Columns.Key(group);
        var counts = await database.Many<Counts>(
            $"select ({key})::text as key, {Said} where {Columns.Condition(filter)} group by {key}", filter.Values, stop);
        return TypedResults.Ok(FigureTables.Of(filter, group, counts, c => c.Key, ServiceCatalogue.Current.Areas.Select(a => a.Code),
            code => ServiceCatalogue.Current.NameOf(code, Text.English), (k, name, found) => (found ?? new Counts()).Row(k, name)));
    }
}
