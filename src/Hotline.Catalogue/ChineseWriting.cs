using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Hotline.Catalogue;

/// <summary>Chinese as people write it, in one form: half-width, small letters, simplified characters, letters and digits only.</summary>
public static class ChineseWriting
{
    private static readonly FrozenDictionary<char, char> Simplified = CharactersFile.Current.Simplified
        .SelectMany(line => line.Chunk(2)).ToFrozenDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>Full-width to half-width, small letters, traditional to simplified characters; nothing is left out.</summary>
    public static string Simplify(string text)
    {
        // half a surrogate pair, as a hostile client may send, cannot be normalized
        var folded = string.Concat(text.EnumerateRunes()).Normalize(NormalizationForm.FormKC).ToLower(CultureInfo.InvariantCulture);
        return string.Create(folded.Length, folded, (to, from) =>
        {
            for (var i = 0; i < from.Length; i++) to[i] = Simplified.GetValueOrDefault(from[i], from[i]);
        });
    }

    /// <summary>As <see cref="Simplify"/>, of which letters and digits are kept.</summary>
    public static string Letters(string text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var rune in Simplify(text).EnumerateRunes())
            if (Rune.IsLetterOrDigit(rune)) letters.Append(rune);
        return letters.ToString();
    }
}

/// <summary>What is known of single characters.</summary>
/// <param name="Source">Whence, and under which licence.</param>
/// <param name="Simplified">Each traditional character before its simplified one.</param>
/// <param name="Syllables">The characters that are read so.</param>
internal sealed record CharactersFile(IReadOnlyList<string> Source, IReadOnlyList<string> Simplified, Dictionary<string, string> Syllables)
{
    public static CharactersFile Current { get; } = CatalogueData.Read<CharactersFile>("characters.json");
}
