using System.Globalization;
using System.Text;

namespace Hotline.ServiceDefaults;

/// <summary>What a text shows, as opposed to the units in which it is stored.</summary>
public static class Writing
{
    /// <summary>Whether nothing of it can be seen: blanks, zero-width characters, fillers.</summary>
    public static bool IsBlank(string? text) => text is null || text.EnumerateRunes().All(IsInvisible);

    /// <summary>Characters as a reader counts them (Unicode's extended grapheme clusters): a family emoji is one.</summary>
    public static int Characters(string text) => new StringInfo(text).LengthInTextElements;

    /// <summary>Whether it holds no half of a surrogate pair.</summary>
    public static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsSurrogate(text[i]) && (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i]))) return false;
        return true;
    }

    /// <summary>Without what takes no room; blanks stay.</summary>
    public static string WithoutInvisible(string text) =>
        string.Concat(text.EnumerateRunes().Where(r => Rune.IsWhiteSpace(r) || !IsInvisible(r)));

    /// <summary>Whether it changes the direction of what is beside it, so that a name can pose as another (Trojan Source, CVE-2021-42574),
    /// or marks up text invisibly.</summary>
    internal static bool IsDeceptive(Rune rune) =>
        rune.Value is >= 0x202A and <= 0x202E or >= 0x2066 and <= 0x206F or >= 0xFFF9 and <= 0xFFFB or 0xE0001;

    /// <summary>Whether it ends a line.</summary>
    internal static bool EndsLine(Rune rune) => rune.Value is '\n' or '\r' or '\v' or '\f' or 0x85 or 0x2028 or 0x2029;

    private static bool IsInvisible(Rune rune) => Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned
        // default ignorable code points of other categories, and the braille pattern without dots
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or >= 0x180B and <= 0x180F or 0x2800 or 0x3164 or >= 0xFE00
            and <= 0xFE0F or 0xFFA0 or 0x1D159 or >= 0xE0000 and <= 0xE0FFF;
}
