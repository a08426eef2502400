using Hotline.Console.Api;

namespace Hotline.Console.Shared;

/// <summary>Areas and categories: asked for once, for they change with a release only.</summary>
public sealed class Catalogue(ApiClient api)
{
    private Dictionary<string, string> _categoryNames = [], _areaNames = [];

    public IReadOnlyList<AreaView> Areas { get; private set; } = [];

    public IReadOnlyList<CategoryView> Categories { get; private set; } = [];

    public string CategoryName(string code) => _categoryNames.GetValueOrDefault(code, code);

    public string AreaName(string code) => _areaNames.GetValueOrDefault(code, code);

    /// <summary>Whether what was typed may mean this area: a part of its name or code, its pinyin, or the initials of it.</summary>
    public static bool Answers(AreaView area, string typed)
    {
        var letters = typed.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        return area.Name.Contains(typed, StringComparison.Ordinal) || area.Code.EndsWith(typed, StringComparison.Ordinal)
            || area.Pinyin.Replace(" ", "", StringComparison.Ordinal).StartsWith(letters, StringComparison.Ordinal)
            || string.Concat(area.Pinyin.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(syllable => syllable[0]))
                .StartsWith(letters, StringComparison.Ordinal);
    }

    public async Task Load()
    {
        if (Areas.Count > 0 && Categories.Count > 0) return;
        var (areas, categories) = (api.Get<Page<AreaView>>("/api/catalog/areas"), api.Get<Page<CategoryView>>("/api/catalog/categories"));
        Areas = (await areas).Value?.Items ?? [];
        Categories = (await categories).Value?.Items ?? [];
        _areaNames = Areas.ToDictionary(a => a.Code, a => a.Name);
        _categoryNames = Categories.ToDictionary(c => c.Code, c => c.Name);
    }
}
