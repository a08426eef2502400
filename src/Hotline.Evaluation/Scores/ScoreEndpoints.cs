using System.Globalization;
using Hotline.Evaluation.Sanctions;
using Hotline.Wire.Evaluation;

namespace Hotline.Evaluation.Scores;

public static class ScoreEndpoints
{
    private static readonly string[] Standings = ["active", "warned", "suspended", "terminated"];

    private static readonly Dictionary<string, Text> Explanations = new()
    {
        ["satisfaction"] = new("satisfaction", "满意度 {0:0.00} 分（满分 5 分）：{1} 次回访共 {2} 分，另按 5 次 4.0 分起算",
            "satisfaction {0:0.00} of 5: {1} callbacks with {2} points in all, and 5 at 4.0 to begin with"),
        ["deadlines"] = new("deadlines", "按时 {0} 次，超时 {1} 次，另按 10 次 90% 按时起算",
            "{0} deadlines kept, {1} missed, and 10 at 90 % to begin with"),
        ["acceptance"] = new("acceptance", "接单 {0} 次，拒单 {1} 次，另按 10 次 90% 接单起算",
            "{0} offers accepted, {1} rejected, and 10 at 90 % to begin with"),
        ["complaints"] = new("complaints", "完工 {0} 单，投诉 {1} 次，另按 10 单无投诉起算",
            "{0} orders completed, {1} complaints, and 10 without to begin with"),
    };

    public static void MapScores(this IEndpointRouteBuilder routes)
    {
        var vendors = routes.MapGroup("/api/evaluation/vendors").WithTags("Scores").RequireAuthorization(Policies.Supervision).Commits();
        vendors.MapGet("/", List).WithName("listScores").WithSummary(
            "Vendors by score; with id (may repeat) only these; attention=true for those that are not in good standing, had complaints "
            + "between from and to, or score below 75, with the reasons, those with a sanction first");
        vendors.MapGet("/export", List).Exports("exportScores", ScoreFile.Columns);
        vendors.MapGet("/{id:guid}", Get).WithName("getScorecard").WithSummary("A vendor's scorecard, which explains itself");
        vendors.MapGet("/{id:guid}/scores", History)
            .WithName("listScoreHistory").WithSummary("A vendor's score over time: of the days on which it changed, newest first");
    }

    private static async Task<Results<Ok<Page<ScoreSummary>>, ProblemHttpResult>> List(
        ScoreStore scores, Export? export, string? q, string? standing, string? sort, bool? attention, string? from, string? to, Guid[]? id,
        bool? count, int? limit, string? cursor, CancellationToken stop)
    {
        var faults = new Faults();
        var filter = new ScoreFilter(faults.Words(q, "q"), faults.OneOf(standing, "standing", Standings), id is { Length: > 0 } ? id : null,
            attention ?? false, faults.From(from, "from"), faults.To(to, "to"));
        var order = faults.OneOf(sort, "sort", "highest", "lowest") switch
        {
            "lowest" => ScoreOrder.Lowest,
            null when filter.Concerning => ScoreOrder.Concern,
            _ => ScoreOrder.Highest,
        };
        if (PageRequest.Read(limit, cursor, key => KeyOf(key) is not null, faults) is not { } page) return faults.ToProblem();
        var found = await scores.List(filter, order, page.After is null ? null : KeyOf(page.After), page.Limit + 1, stop);
        return TypedResults.Ok(page.Cut(found, s => string.Create(CultureInfo.InvariantCulture, $"{s.Rank:R}|{s.VendorId}"), Summary,
            await export.Counted(most => scores.Count(filter, most, stop), count)));
    }

    private static ScoreSummary Summary(Scored s)
    {
        var t = s.Tally;
        return new(s.VendorId, s.Name, s.Standing, Math.Round(s.Value, 1), t.Callbacks, t.Completed, t.Complaints)
        {
            Attention = s.Complained is not { } complained ? null : new(complained,
                [.. s.Standing == "active" ? (string[])[] : ["standing"], .. complained > 0 ? (string[])["complaints"] : [],
                    .. s.Value < ScoreFilter.Low ? (string[])["score"] : []]),
        };
    }

    private static (double, Guid)? KeyOf(string key) =>
        key.Split('|') is [var value, var id] && double.TryParse(value, CultureInfo.InvariantCulture, out var score)
            && Guid.TryParse(id, out var vendor) ? (score, vendor) : null;

    private static async Task<Results<Ok<Scorecard>, ProblemHttpResult>> Get(
        Guid id, ScoreStore scores, SanctionStore sanctions, CancellationToken stop)
    {
        if (await scores.Find(id, stop) is not { } scored) return Problems.NotFound();
        var tally = scored.Tally;
        var score = Score.Of(tally);
        var history = await sanctions.List(id, null, new(200, null), stop);
        return TypedResults.Ok(new Scorecard(id, scored.Name, scored.Standing, Math.Round(score.Value, 1),
            Math.Round(score.Satisfaction, 2), Math.Round(score.DeadlineReliability, 4),
            [.. score.Components.Select(c => new ComponentView(c.Name, Math.Round(c.Value, 4), c.Weight, Math.Round(c.Points, 2),
                Explain(c.Name, tally, score)))],
            tally, [.. history.Select(SanctionView.Of)], scored.At, scored.Version));
    }

    private static async Task<Results<Ok<Page<ScorePoint>>, ProblemHttpResult>> History(
        Guid id, ScoreStore scores, int? limit, string? cursor, CancellationToken stop)
    {
        var faults = new Faults();
        if (PageRequest.Read(limit, cursor, key => LocalTime.ReadDay(key) is not null, faults) is not { } page) return faults.ToProblem();
        if (await scores.Find(id, stop) is null) return Problems.NotFound();
        var points = await scores.History(id, LocalTime.ReadDay(page.After), page.Limit + 1, stop);
        return TypedResults.Ok(page.Cut(points, p => p.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            p => p with { Score = Math.Round(p.Score, 1) }));
    }

    private static string Explain(string component, Tally t, Score score) => component switch
    {
        "satisfaction" => Explanations[component].Say(score.Satisfaction, t.Callbacks, t.SatisfactionSum),
        "deadlines" => Explanations[component].Say(t.DeadlinesKept, t.DeadlinesMissed),
        "acceptance" => Explanations[component].Say(t.Accepted, t.Rejected),
        _ => Explanations[component].Say(t.Completed, t.Complaints),
    };
}
