using Hotline.Intake.Requests;
using Hotline.Wire.Intake;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hotline.Intake.Figures;

public static class FigureEndpoints
{
    private sealed record Row(int Hour, string CategoryCode, string Status, string Urgency, int Count);

    public static void MapFigures(this IEndpointRouteBuilder routes)
    {
        var intake = routes.MapGroup("/api/intake").WithTags("Figures").RequireAuthorization(Policies.Desk);
        intake.MapGet("/figures", Get).WithName("getIntakeFigures").WithSummary("What came in on a day; today if none is given");
        intake.MapGet("/settings", Settings).WithName("getIntakeSettings").WithSummary("Numbers that lead to the hotline");
    }

    private static async Task<Ok<IntakeFigures>> Get(NpgsqlDataSource database, TimeProvider clock, DateOnly? day, CancellationToken stop)
    {
        var of = day ?? clock.GetUtcNow().ToLocalDay();
        var rows = await database.Many<Row>("""
            select extract(hour from registered_at at time zone 'Asia/Shanghai')::int as hour, category_code, status,
                urgency, count(*)::int as count
            from requests where registered_at >= @from and registered_at < @to group by 1, 2, 3, 4
            """, new { from = LocalTime.StartOf(of), to = LocalTime.StartOf(of.AddDays(1)) }, stop);
        int Sum(Func<Row, bool> which) => rows.Where(which).Sum(r => r.Count);
        return TypedResults.Ok(new IntakeFigures(of, Sum(_ => true), Sum(r => r.Urgency == "urgent"),
            [.. Enumerable.Range(0, 24).Select(hour => Sum(r => r.Hour == hour))],
            [.. rows.GroupBy(r => r.CategoryCode).Select(g => new CategoryCount(g.Key, RequestView.CategoryNameOf(g.Key),
                g.Sum(r => r.Count))).OrderByDescending(c => c.Count).ThenBy(c => c.Code)],
            rows.GroupBy(r => r.Status).ToDictionary(g => g.Key, g => g.Sum(r => r.Count))));
    }

    private static Ok<IntakeSettings> Settings(IOptions<IntakeOptions> options) =>
        TypedResults.Ok(new IntakeSettings(options.Value.DialledNumbers));
}
