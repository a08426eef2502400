using Hotline.OperatorWeb.Texts;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Hotline.OperatorWeb.Shared;

/// <summary>The component library's own words from our resource files; where we have none, the library falls back to its English ones.</summary>
public sealed class MudWords(IStringLocalizer<Words> words) : MudLocalizer
{
    public override LocalizedString this[string key] => words[key];

    public override LocalizedString this[string key, params object[] arguments] => words[key, arguments];
}
