using System.ComponentModel.DataAnnotations;
using Hotline.Catalogue;
using Hotline.VendorRegistry.Catalogue;
using Hotline.VendorRegistry.Vendors;
using Hotline.Wire.Vendors;

namespace Hotline.VendorRegistry.Matching;

public static class MatchEndpoints
{
    private static readonly Text Area = new("area.unknown", "区域代码须为本市街道、乡镇的 9 位代码（见 /api/catalog/areas）",
        "The area must be a 9-digit code of a street or town of this city (see /api/catalog/areas)");
    private static readonly Text Category = new("category.unknown", "没有这个服务类别（见 /api/catalog/categories）",
        "There is no such category (see /api/catalog/categories)");
    private static readonly Text NoWord = new("match.no-word", "请填写关键词 q（最多 100 字）或服务类别 category",
        "Give a word as q (at most 100 characters) or a category");
    private static readonly Text NoName = new("match.no-name", "请填写企业名称的一部分 q（最多 100 字）",
        "Give a part of the name as q (at most 100 characters)");
    private static readonly Text BadLimit = new("paging.limit", "limit 必须是 1 到 50 的整数", "limit must be a whole number from 1 to 50");

    private static readonly Text Satisfied = new("satisfied", "满意度 {0:0.0} 分，已完成 {1} 单", "satisfaction {0:0.0} of 5, {1} orders done");
    private static readonly Text NewVendor = new("new", "新加盟企业，优先给予机会", "new to the alliance, gets a chance");
    private static readonly Text Punctual = new("punctual", "按时率 {0:0}%", "{0:0} % of deadlines kept");
    private static readonly Text Busy = new("busy", "在办 {0} 单", "{0} orders open");
    private static readonly Text Free = new("free", "目前空闲", "free now");
    private static readonly Text Waiting = new("waiting", "{0:0} 小时未派单", "no offer for {0:0} hours");
    private static readonly Text Never = new("never", "尚未派过单", "never offered an order yet");
    private static readonly Text Warned = new("warned", "处于警告状态，降低排序", "warned, hence ranked lower");
    private static readonly Text WarnedSince = new("warned-since", "{0:yyyy-MM-dd} 起受警告（{1}），降低排序",
        "warned since {0:yyyy-MM-dd} by {1}, hence ranked lower");
    private static readonly Text Everywhere = new("whole-city", "服务全市", "serves the whole city");
    private static readonly Text Here = new("area", "服务{0}", "serves {0}");

    public static void MapMatch(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/vendors/match", Match)
            .WithName("matchVendors").WithSummary("Vendors that fit a word or category and an area, best first, with reasons")
            .WithTags("Matching").RequireAuthorization(Policies.Intake);
        routes.MapGet("/api/vendors/named", Named)
            .WithName("findVendors").WithSummary("Vendors by a part of their name, with what speaks against each")
            .WithTags("Matching").RequireAuthorization(Policies.Desk);
    }

    private static async Task<Results<Ok<MatchView>, ProblemHttpResult>> Match(
        MatchStore store, TimeProvider clock, string? q, string? category, string? area, [Range(1, 50)] int? limit, CancellationToken stop)
    {
        var faults = new Faults();
        var town = ServiceCatalogue.Current.Area(area);
        if (town is null) faults.Add("area", Area.Say());
        if (limit is < 1 or > 50) faults.Add("limit", BadLimit.Say());
        var chosen = ServiceCatalogue.Current.Category(category);
        if (!string.IsNullOrEmpty(category) && chosen is null) faults.Add("category", Category.Say());
        if (string.IsNullOrEmpty(category) && (string.IsNullOrWhiteSpace(q) || q.Length > 100)) faults.Add("q", NoWord.Say());
        if (faults.Any) return faults.ToProblem();

        var search = chosen is null ? ServiceCatalogue.Current.Search(q!) : new([chosen], []);
        if (search.Fits is not [var best, ..]) return TypedResults.Ok(new MatchView(null, [], [.. search.Nearest.Select(Name)], [], 0));
        var (now, shown) = (clock.GetUtcNow(), limit ?? 10);
        var (found, total) = await store.Candidates(best.Code, town!.Code, now, shown, stop);
        var places = Ranking.Shown(Ranking.Rank(found, now), shown);
        var warnings = await store.Warnings([.. places.Where(IsWarned).Select(r => r.Candidate.VendorId)], stop);
        return TypedResults.Ok(new MatchView(Name(best), [.. search.Fits.Skip(1).Select(Name)], [],
            [.. places.Select(r => View(r, best, town, warnings.GetValueOrDefault(r.Candidate.VendorId), now))], total,
            search.IsAmbiguous));
    }

    private static async Task<Results<Ok<Page<NamedVendor>>, ProblemHttpResult>> Named(
        VendorStore vendors, TimeProvider clock, string? q, string? category, string? area, [Range(1, 50)] int? limit,
        CancellationToken stop)
    {
        var faults = new Faults();
        var words = faults.Words(q, "q");
        if (words is null) faults.Add("q", NoName.Say());
        if (limit is < 1 or > 50) faults.Add("limit", BadLimit.Say());
        var (wanted, town) = (ServiceCatalogue.Current.Category(category), ServiceCatalogue.Current.Area(area));
        if (!string.IsNullOrEmpty(category) && wanted is null) faults.Add("category", Category.Say());
        if (!string.IsNullOrEmpty(area) && town is null) faults.Add("area", Area.Say());
        if (faults.Any) return faults.ToProblem();

        var filter = new VendorFilter(words, null, Admission.Approved.ToWire());
        var found = await vendors.List(filter, limit ?? 10, stop);
        var figures = await vendors.Figures([.. found.Select(v => v.Id)], stop);
        return TypedResults.Ok(new Page<NamedVendor>(
            [.. found.Select(v => View(v, figures[v.Id], wanted, town, clock.GetUtcNow()))], null, await vendors.Count(filter, stop)));
    }

    private static NamedVendor View(Vendor v, VendorFigures figures, Category? category, Area? area, DateTimeOffset now) => new(
        v.Id, v.Name, v.Phone, v.Services.Where(s => s.CategoryCode == category?.Code).Select(ServiceView.Of).FirstOrDefault(),
        figures.Score is { } score ? Math.Round(score, 1) : null, figures.CompletedOrders, figures.OpenOrders, v.Standing!.Value,
        [.. Fitness.Of(v, category, area, now)]);

    private static CategoryName Name(Category category) => new(category.Code, category.LocalName());

    private static bool IsWarned(Ranked ranked) => ranked.Candidate.Standing is Standing.Warned;

    private static MatchItem View(Ranked ranked, Category category, Area town, Warning? warning, DateTimeOffset now)
    {
        var c = ranked.Candidate;
        return new(c.VendorId, c.Name, c.Phone, [new(category.Code, category.LocalName(), c.PriceFrom, c.PriceTo, c.Unit)],
            c.Score is { } score ? Math.Round(score, 1) : null, c.CompletedOrders, c.OpenOrders, c.Standing,
            Math.Round(ranked.Rank, 4), [.. Reasons(c, town, warning, now)]);
    }

    private static IEnumerable<string> Reasons(Candidate c, Area town, Warning? warning, DateTimeOffset now)
    {
        if (c.Standing is Standing.Warned)
            yield return warning is null ? Warned.Say() : WarnedSince.Say(warning.At.ToLocal(), warning.By);
        yield return c.CompletedOrders > 0 ? Satisfied.Say(c.Satisfaction, c.CompletedOrders) : NewVendor.Say();
        if (c.DeadlineReliability is { } reliability) yield return Punctual.Say(100 * reliability);
        yield return c.OpenOrders > 0 ? Busy.Say(c.OpenOrders) : Free.Say();
        if (c.LastOfferedAt is not { } last) yield return Never.Say();
        else if (now - last >= TimeSpan.FromHours(1)) yield return Waiting.Say((now - last).TotalHours);
        yield return c.WholeCity ? Everywhere.Say() : Here.Say(town.Name);
    }
}
