using System.Text;

namespace Hotline.Catalogue;

/// <summary>A name as it is typed in letters.</summary>
public static class NameSpelling
{
    /// <summary>Its pinyin, and the initials of it, with a blank between: of 安阳疏通1号店 "anyangshutong1haodian ayst1hd".</summary>
    public static string Of(string name)
    {
        var (whole, initials) = (new StringBuilder(), new StringBuilder());
        foreach (var letter in ChineseWriting.Letters(name))
        {
            var syllable = Sounds.SyllableOf(letter);
            whole.Append(syllable ?? letter.ToString());
            initials.Append(syllable?[0] ?? letter);
        }
        return $"{whole} {initials}";
    }

    /// <summary>What was typed, as it stands in a spelling; null where it is not letters and digits alone.</summary>
    public static string? Typed(string words)
    {
        var letters = string.Concat(words.Where(c => !char.IsWhiteSpace(c))).ToLowerInvariant();
        return letters.Length > 0 && letters.All(char.IsAsciiLetterOrDigit) ? letters : null;
    }
}
