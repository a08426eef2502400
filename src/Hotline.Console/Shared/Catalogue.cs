using Hotline.Console.Api;

namespace Hotline.Console.Shared;

/// <summary>Areas and categories: asked for once, for they change with a release only.</summary>
public sealed class Catalogue(ApiClient api)
{
    private Dictionary<string, string> _categoryNames = [], _areaNames = [];

    public IReadOnlyList<Area> Areas { get; private set; } = [];

    public IReadOnlyList<Category> Categories { get; private set; } = [];

    public string CategoryName(string code) => _categoryNames.GetValueOrDefault(code, code);

    public string AreaName(string code) => _areaNames.GetValueOrDefault(code, code);

    public async Task Load()
    {
        if (Areas.Count > 0 && Categories.Count > 0) return;
        var (areas, categories) = (api.Get<Page<Area>>("/api/catalog/areas"), api.Get<Page<Category>>("/api/catalog/categories"));
        Areas = (await areas).Value?.Items ?? [];
        Categories = (await categories).Value?.Items ?? [];
        _areaNames = Areas.ToDictionary(a => a.Code, a => a.Name);
        _categoryNames = Categories.ToDictionary(c => c.Code, c => c.Name);
    }
}
