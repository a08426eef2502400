using Hotline.Catalogue;
using Hotline.Wire.Vendors;

namespace Hotline.VendorRegistry.Catalogue;

/// <summary>The parts of the catalogue that a category belongs to, as views.</summary>
public static class CatalogueViews
{
    private static readonly Dictionary<string, CategoryGroup> GroupOf =
        ServiceCatalogue.Current.Groups.SelectMany(g => g.Leaves, (g, c) => (g, c)).ToDictionary(x => x.c.Code, x => x.g);

    public static CategoryView View(this Category category)
    {
        var group = GroupOf[category.Code];
        return new(category.Code, category.LocalName(), group.Code, Text.English ? group.NameEn : group.Name, category.Terms);
    }

    public static string LocalName(this Category category) => Text.English ? category.NameEn : category.Name;
}

public static class CatalogueEndpoints
{
    public static void MapCatalogue(this IEndpointRouteBuilder routes)
    {
        var catalog = routes.MapGroup("/api/catalog").WithTags("Catalogue").RequireAuthorization();
        catalog.MapGet("/categories", Categories)
            .WithName("listCategories").WithSummary("Service categories; with q those that a word fits, best first");
        catalog.MapGet("/areas", Areas).WithName("listAreas").WithSummary("Streets and towns of the city");
    }

    private static Results<Ok<Page<CategoryView>>, ProblemHttpResult> Categories(string? q, int? limit, string? cursor)
    {
        var faults = new Faults();
        var words = faults.Words(q, "q");
        if (PageRequest.Read(limit ?? 200, cursor, key => ServiceCatalogue.Current.Category(key) is not null, faults) is not { } page)
            return faults.ToProblem();
        var found = words is null
            ? ServiceCatalogue.Current.Groups.SelectMany(g => g.Leaves)
            : ServiceCatalogue.Current.Search(words).Fits;
        var rest = page.After is null ? found : found.SkipWhile(c => c.Code != page.After).Skip(1);
        return TypedResults.Ok(page.Cut([.. rest.Take(page.Limit + 1)], c => c.Code, CatalogueViews.View));
    }

    private static Results<Ok<Page<AreaView>>, ProblemHttpResult> Areas(int? limit, string? cursor)
    {
        var faults = new Faults();
        if (PageRequest.Read(limit ?? PageRequest.Most, cursor, key => ServiceCatalogue.Current.Area(key) is not null,
            faults) is not { } page) return faults.ToProblem();
        var rest = page.After is null ? ServiceCatalogue.Current.Areas : ServiceCatalogue.Current.Areas.SkipWhile(a => a.Code != page.After)
            .Skip(1);
        return TypedResults.Ok(page.Cut([.. rest.Take(page.Limit + 1)], a => a.Code, a => new AreaView(a.Code, a.Name, a.Pinyin)));
    }
}
