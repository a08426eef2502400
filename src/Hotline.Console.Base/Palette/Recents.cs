using System.Text.Json;
using Hotline.Console.Api;
using Microsoft.JSInterop;

namespace Hotline.Console.Palette;

/// <summary>Something that was opened.</summary>
/// <param name="Group">request, vendor or page.</param>
/// <param name="Title">Number of a request, name of a vendor, name of a place.</param>
public sealed record Recent(string Group, string Path, string Title);

/// <summary>What was opened last in this tab, which it goes with. Nothing of it is about a citizen.</summary>
public sealed class Recents(IJSRuntime js)
{
    private const string Kept = "hotline.recent";
    private const int Most = 5;
    private List<Recent>? _all;

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<Recent>> All()
    {
        if (_all is not null) return _all;
        var kept = await js.InvokeAsync<string?>("hotline.get", Kept);
        return _all = kept is null ? [] : JsonSerializer.Deserialize(kept, ApiJson.Default.ListRecent) ?? [];
    }

    public async Task Add(Recent opened)
    {
        _all = [opened, .. (await All()).Where(r => r.Path != opened.Path).Take(Most - 1)];
        await js.InvokeVoidAsync("hotline.set", Kept, JsonSerializer.Serialize(_all, ApiJson.Default.ListRecent));
    }
}
