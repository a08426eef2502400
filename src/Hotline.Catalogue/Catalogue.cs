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

/// <summary>The services and the areas of the city. Reference data that ships with the release, so that no service has to ask another for it.</summary>
public sealed class ServiceCatalogue
{
    private readonly Dictionary<string, Category> _categories;
    private readonly Dictionary<string, Area> _areas;
    private readonly CategorySearch _search;

    private ServiceCatalogue(CatalogueFile catalogue, AreasFile areas, Dictionary<string, string> pinyin)
    {
        Groups = catalogue.Groups;
        City = areas.County;
        Areas = [.. areas.Towns.Select(a => a with { Pinyin = pinyin.GetValueOrDefault(a.Name, "") })];
        _categories = Groups.SelectMany(g => g.Leaves).ToDictionary(c => c.Code);
        _areas = Areas.ToDictionary(a => a.Code);
        _search = new(_categories.Values, pinyin);
    }

    /// <summary>The catalogue of this release.</summary>
    public static ServiceCatalogue Current { get; } = new(
        Read<CatalogueFile>("catalogue.json"), Read<AreasFile>("areas-330381.json"), Read<Dictionary<string, string>>("pinyin.json"));

    /// <summary>All services, by group.</summary>
    public IReadOnlyList<CategoryGroup> Groups { get; }

    /// <summary>The city as a whole; its 6-digit code as a coverage means everywhere.</summary>
    public Area City { get; }

    /// <summary>The city's streets and towns.</summary>
    public IReadOnlyList<Area> Areas { get; }

    /// <summary>The service with this code, or null.</summary>
    public Category? Category(string? code) => code is null ? null : _categories.GetValueOrDefault(code);

    /// <summary>The street or town with this code, or null.</summary>
    public Area? Area(string? code) => code is null ? null : _areas.GetValueOrDefault(code);

    /// <summary>What a word, a sentence, pinyin or its initials ask for.</summary>
    public SearchResult Search(string text) => _search.Find(text);

    private static T Read<T>(string name)
    {
        using var stream = typeof(ServiceCatalogue).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"No resource {name}");
        return JsonSerializer.Deserialize<T>(stream, JsonSerializerOptions.Web) ?? throw new InvalidOperationException($"{name} is empty");
    }

    private sealed record CatalogueFile(IReadOnlyList<CategoryGroup> Groups);

    private sealed record AreasFile(Area County, IReadOnlyList<Area> Towns);
}
