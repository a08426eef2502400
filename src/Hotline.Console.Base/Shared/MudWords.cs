using Hotline.Console.Texts;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Hotline.Console.Shared;

/// <summary>Those of the component library's own words that our pages show, from our resource files;
/// for others it falls back to English.</summary>
public sealed class MudWords(IStringLocalizer<Words> words) : MudLocalizer
{
    private static readonly Dictionary<string, string> Ours = new()
    {
        ["MudBaseDatePicker_NextMonth"] = "Calendar.NextMonth",
        ["MudBaseDatePicker_PrevMonth"] = "Calendar.PrevMonth",
        ["MudBaseDatePicker_NextYear"] = "Calendar.NextYear",
        ["MudBaseDatePicker_PrevYear"] = "Calendar.PrevYear",
        ["MudBaseDatePicker_Open"] = "Calendar.Open",
        ["Converter_InvalidNumber"] = "Field.NoNumber",
        ["MudSnackbar_Close"] = "Do.Close",
    };

    public override LocalizedString this[string key] => words[Ours.GetValueOrDefault(key, key)];

    public override LocalizedString this[string key, params object[] arguments] => words[Ours.GetValueOrDefault(key, key), arguments];
}
