using System.Text.Json;

namespace Hotline.Catalogue;

/// <summary>A service that can be asked for: a leaf of the catalogue.</summary>
/// <param name="Code">Stable, for example drains.unclog-drain; the part before the dot is the group.</param>
/// <param name="Name">Chinese.</param>
/// <param name="NameEn">English.</param>
/// <param name="Terms">Synonyms and what citizens say instead.</param>
public sealed record Category(string Code, string Name, string NameEn, IReadOnlyList<string> Terms);

/// <summary>Related services, shown together.</summary>
public sealed record CategoryGroup(string Code, string Name, string NameEn, IReadOnlyList<Category> Leaves);

/// <summary>A street or town, with its 9-digit statistical division code.</summary>
/// <param name="Pinyin">Of the name, a syllable for each character, as it is read locally; empty where there is none.</param>
public sealed record Area(string Code, string Name, string Pinyin = "");

/// <summary>The services and the areas of the city. Reference data that ships with the release, so that no service has to ask another for
/// it.</summary>
public sealed class ServiceCatalogue
{
    // for those who expect a group and a dot in every code
    private const string OtherAlias = "other.other";

    private readonly Dictionary<string, Category> _categories;
    private readonly Dictionary<string, Area> _areas;
    private readonly CategorySearch _search;

    private ServiceCatalogue(CatalogueFile catalogue, AreasFile areas, Dictionary<string, string> pinyin)
    {
        Groups = catalogue.Groups;
        City = areas.County;
        Areas = [.. areas.Towns.Select(a => a with { Pinyin = pinyin.GetValueOrDefault(a.Name, "") })];
        _categories = Groups.SelectMany(g => g.Leaves).Append(Other).ToDictionary(c => c.Code);
        _categories[OtherAlias] = Other;
        _areas = Areas.ToDictionary(a => a.Code);
        _search = new([.. Groups.SelectMany(g => g.Leaves)], pinyin);
    }

    /// <summary>What a request is registered as whose service is still to be named; in no group, found by no word, offered by no
    /// vendor.</summary>
    public static Category Other { get; } = new("other", "其他", "Other", []);

    /// <summary>The catalogue of this release.</summary>
    public static ServiceCatalogue Current { get; } = new(
        CatalogueData.Read<CatalogueFile>("catalogue.json"), CatalogueData.Read<AreasFile>("areas-330381.json"),
        CatalogueData.Read<Dictionary<string, string>>("pinyin.json"));

    /// <summary>All services, by group.</summary>
    public IReadOnlyList<CategoryGroup> Groups { get; }

    /// <summary>The city as a whole; its 6-digit code as a coverage means everywhere.</summary>
    public Area City { get; }

    /// <summary>The city's streets and towns.</summary>
    public IReadOnlyList<Area> Areas { get; }

    /// <summary>The service with this code, or <see cref="Other"/>, or null.</summary>
    public Category? Category(string? code) => code is null ? null : _categories.GetValueOrDefault(code);

    /// <summary>The street or town with this code, or null.</summary>
    public Area? Area(string? code) => code is null ? null : _areas.GetValueOrDefault(code);

    /// <summary>What a street or town, a service or a group is called; null where no code is so.</summary>
    public string? NameOf(string code, bool english) => Area(code)?.Name
        ?? (Category(code) is { } service ? english ? service.NameEn : service.Name
            : Groups.FirstOrDefault(g => g.Code == code) is { } group ? english ? group.NameEn : group.Name : null);

    /// <summary>What a category is called; its code where it is not in the catalogue.</summary>
    public string CategoryName(string code, bool english) => Category(code) is { } known ? english ? known.NameEn : known.Name : code;

    /// <summary>What an area is called; its code where it is none of the city's.</summary>
    public string? AreaName(string? code) => Area(code)?.Name ?? code;

    /// <summary>What a word, a sentence, pinyin or its initials ask for.</summary>
    public SearchResult Search(string text) => _search.Find(text);

    private sealed record CatalogueFile(IReadOnlyList<CategoryGroup> Groups);

    private sealed record AreasFile(Area County, IReadOnlyList<Area> Towns);
}

/// <summary>The files that ship in this assembly.</summary>
internal static class CatalogueData
{
    public static T Read<T>(string name)
    {
        using var stream = typeof(CatalogueData).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"No resource {name}");
        return JsonSerializer.Deserialize<T>(stream, JsonSerializerOptions.Web) ?? throw new InvalidOperationException($"{name} is empty");
    }
}
