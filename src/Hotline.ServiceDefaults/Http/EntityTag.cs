using System.Globalization;
using Hotline.Wire;
using Microsoft.Net.Http.Headers;

namespace Hotline.ServiceDefaults;

/// <summary>ETags of aggregates (RFC 9110): "3" in Chinese, "3-en" in English, with the variant between where a view has one. A change
/// asks for the version alone, so a tag of
/// any language will do; a look asks for the same text, so only the same tag will.</summary>
public static class EntityTag
{
    /// <summary>The tag of what is shown to this caller.</summary>
    public static string Of(IVersioned shown) =>
        $"\"{shown.Version.ToString(CultureInfo.InvariantCulture)}{(shown.Variant.Length > 0 ? "-" : "")}{shown.Variant}"
            + $"{(Text.English ? "-en" : "")}\"";

    /// <summary>Whether If-Match allows a change of this version: none or * = any. Weak tags never match (strong comparison), nor does
    /// what is no tag.</summary>
    public static bool Allows(string? ifMatch, int version) => string.IsNullOrWhiteSpace(ifMatch)
        || EntityTagHeaderValue.TryParseList(ifMatch.Split(','), out var tags)
            && tags.Any(tag => tag == EntityTagHeaderValue.Any || !tag.IsWeak && VersionIn(tag) == version);

    /// <summary>Whether If-None-Match names what would be shown (weak comparison).</summary>
    public static bool IsKnown(string? ifNoneMatch, string shown) => !string.IsNullOrWhiteSpace(ifNoneMatch)
        && EntityTagHeaderValue.TryParseList(ifNoneMatch.Split(','), out var tags)
            && tags.Any(tag => tag == EntityTagHeaderValue.Any || tag.Tag == shown);

    private static int? VersionIn(EntityTagHeaderValue tag) =>
        int.TryParse(tag.Tag.ToString().Trim('"').Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version : null;
}
