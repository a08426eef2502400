using Hotline.Catalogue;
using Hotline.Intake.Requests;
using Hotline.Wire.Intake;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hotline.Intake.Figures;

public static class FigureEndpoints
{
    private static readonly FigureColumns Columns = new("registered_at", "area_code", "category_code", "registered_by", "dialled_number");

    private sealed record Row(int Hour, string CategoryCode, string Status, string Urgency, int Count);

    private sealed record Counts(string? Key, int Registered, int Urgent, int Cancelled, int NoVendor);

    public static void MapFigures(this IEndpointRouteBuilder routes)
    {
        var intake = routes.MapGroup("/api/intake").WithTags("Figures").RequireAuthorization(Policies.Desk);
        intake.MapGet("/figures", Get).WithName("getIntakeFigures")
            .WithSummary("What came in on a day or a span of days; today if none is given");
        intake.MapGet("/figures/by", By).WithName("listIntakeFigures")
            .WithSummary("What came in, a row for each day, hour, area, group or category of service, operator or dialled number");
        intake.MapGet("/figures/by/export", By).Exports("exportIntakeFigures", FigureFile.Columns);
        intake.MapGet("/settings", Settings).WithName("getIntakeSettings").WithSummary("Numbers that lead to the hotline");
    }

    private static async Task<Results<Ok<IntakeFigures>, ProblemHttpResult>> Get(
        NpgsqlDataSource database, TimeProvider clock, [AsParameters] FigureQuery query, CancellationToken stop)
    {
        var faults = new Faults();
        if (query.Read(clock, faults) is not { } filter) return faults.ToProblem();
        var rows = await database.Many<Row>($"""
            select extract(hour from registered_at at time zone 'Asia/Shanghai')::int as hour, category_code, status,
                urgency, count(*)::int as count
            from requests where {Columns.Condition(filter)} group by 1, 2, 3, 4
            """, filter.Values, stop);
        int Sum(Func<Row, bool> which) => rows.Where(which).Sum(r => r.Count);
        return TypedResults.Ok(new IntakeFigures(filter.From, Sum(_ => true), Sum(r => r.Urgency == "urgent"),
            [.. Enumerable.Range(0, 24).Select(hour => Sum(r => r.Hour == hour))],
            [.. rows.GroupBy(r => r.CategoryCode).Select(g => new CategoryCount(g.Key, RequestView.CategoryNameOf(g.Key),
                g.Sum(r => r.Count))).OrderByDescending(c => c.Count).ThenBy(c => c.Code)],
            rows.GroupBy(r => r.Status).ToDictionary(g => g.Key, g => g.Sum(r => r.Count)), filter.To));
    }

    private static async Task<Results<Ok<FigureTable<IntakeFigureRow>>, ProblemHttpResult>> By(
        NpgsqlDataSource database, TimeProvider clock, string? by, [AsParameters] FigureQuery query, CancellationToken stop)
    {
        var faults = new Faults();
        var group = FigureTables.ReadGroup(by, faults);
        if (query.Read(clock, faults) is not { } filter) return faults.ToProblem();
        var key = Columns.Key(group);
        var counts = await database.Many<Counts>($"""
            select ({key})::text as key, count(*)::int as registered, (count(*) filter (where urgency = 'urgent'))::int as urgent,
                (count(*) filter (where status = 'cancelled'))::int as cancelled,
                (count(*) filter (where status = 'unfulfilled'))::int as no_vendor
            from requests where {Columns.Condition(filter)} group by {key}
            """, filter.Values, stop);
        return TypedResults.Ok(FigureTables.Of(filter, group, counts, c => c.Key, ServiceCatalogue.Current.Areas.Select(a => a.Code),
            code => ServiceCatalogue.Current.NameOf(code, Text.English),
            (k, name, c) => new IntakeFigureRow(k, name, c?.Registered ?? 0, c?.Urgent ?? 0, c?.Cancelled ?? 0, c?.NoVendor ?? 0)));
    }

    private static Ok<IntakeSettings> Settings(IOptions<IntakeOptions> options) =>
        TypedResults.Ok(new IntakeSettings(options.Value.DialledNumbers));
}
