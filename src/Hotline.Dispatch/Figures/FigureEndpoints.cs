using Hotline.Catalogue;
using Hotline.Wire.Dispatch;
using Npgsql;

namespace Hotline.Dispatch.Figures;

public static class FigureEndpoints
{
    // median and ninth tenth of one sorting each
    private const string Durations = """
        count(contact)::int as contacted, percentile_cont(array[0.5, 0.9]) within group (order by contact) as contacts,
            (count(*) filter (where contacted_at <= contact_by))::int as contact_in_time,
            count(completion)::int as completed, percentile_cont(array[0.5, 0.9]) within group (order by completion) as completions,
            (count(*) filter (where completion <= 3600))::int as completed_in_time
        """;

    private const string Spans = """
        contacted_at, contact_by, extract(epoch from contacted_at - accepted_at)::float8 as contact,
            extract(epoch from completed_at - r.registered_at)::float8 as completion
        from orders o left join requests r using (request_id)
        """;

    private static readonly FigureColumns Columns =
        new("o.offered_at", "r.area_code", "o.category_code", "r.registered_by", "r.dialled_number");

    private sealed record StatusCount(string Status, int Count, int Overdue);

    private sealed record Counts
    {
        public string? Key { get; init; }
        public int Offered { get; init; }
        public int Rejected { get; init; }
        public int Expired { get; init; }
        public int Contacted { get; init; }
        public double[]? Contacts { get; init; }
        public int ContactInTime { get; init; }
        public int Completed { get; init; }
        public double[]? Completions { get; init; }
        public int CompletedInTime { get; init; }

        public DurationFigure FirstContact => new(Contacted, Contacts?[0], Contacts?[1], ContactInTime);

        public DurationFigure Completion => new(Completed, Completions?[0], Completions?[1], CompletedInTime);

        public DispatchFigureRow Row(string key, string name) =>
            new(key, name, Offered, Rejected, Expired, FirstContact, Completion);
    }

    public static void MapFigures(this IEndpointRouteBuilder routes)
    {
        var figures = routes.MapGroup("/api/dispatch/figures").WithTags("Figures").RequireAuthorization(Policies.Desk);
        figures.MapGet("/", Get).WithName("getDispatchFigures")
            .WithSummary("What became of the orders of a day or a span of days, today's if none is given, and what is open now");
        figures.MapGet("/by", By).WithName("listDispatchFigures").WithSummary("What became of orders, a row for each day or hour of the "
            + "offer, area, group or category of service, operator who registered the request or dialled number");
        figures.MapGet("/by/export", By).Exports("exportDispatchFigures", FigureFile.Columns);
    }

    private static async Task<Results<Ok<DispatchFigures>, ProblemHttpResult>> Get(
        NpgsqlDataSource database, TimeProvider clock, [AsParameters] FigureQuery query, CancellationToken stop)
    {
        var faults = new Faults();
        if (query.Read(clock, faults) is not { } filter) return faults.ToProblem();
        var offered = await database.Many<StatusCount>($"""
            select status, count(*)::int as count, 0 as overdue
            from orders o left join requests r using (request_id) where {Columns.Condition(filter)} group by status
            """, filter.Values, stop);
        var open = await database.Many<StatusCount>("""
            select status, count(*)::int as count,
                (count(*) filter (where status = 'accepted' and contact_overdue_at is not null))::int as overdue
            from orders where final_status is null group by status
            """, stop: stop);
        var counts = (await database.One<Counts>(
            $"select {Durations} from (select {Spans} where {Columns.Condition(filter)}) as spans", filter.Values, stop))!;
        return TypedResults.Ok(new DispatchFigures(filter.From, offered.ToDictionary(s => s.Status, s => s.Count),
            open.ToDictionary(s => s.Status, s => s.Count), open.Sum(s => s.Overdue), counts.FirstContact, counts.Completion, filter.To));
    }

    private static async Task<Results<Ok<FigureTable<DispatchFigureRow>>, ProblemHttpResult>> By(
        NpgsqlDataSource database, TimeProvider clock, string? by, [AsParameters] FigureQuery query, CancellationToken stop)
    {
        var faults = new Faults();
        var group = FigureTables.ReadGroup(by, faults);
        if (query.Read(clock, faults) is not { } filter) return faults.ToProblem();
        var counts = await database.Many<Counts>($"""
            select key::text, count(*)::int as offered, (count(*) filter (where status = 'rejected'))::int as rejected,
                (count(*) filter (where status = 'expired'))::int as expired, {Durations}
            from (select {Columns.Key(group)} as key, status, {Spans} where {Columns.Condition(filter)}) as spans group by spans.key
            """, filter.Values, stop);
        return TypedResults.Ok(FigureTables.Of(filter, group, counts, c => c.Key, ServiceCatalogue.Current.Areas.Select(a => a.Code),
            code => ServiceCatalogue.Current.NameOf(code, Text.English), (k, name, found) => (found ?? new Counts()).Row(k, name)));
    }
}
