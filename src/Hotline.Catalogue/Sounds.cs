using System.Collections.Frozen;
using System.Text;

namespace Hotline.Catalogue;

/// <summary>How a text sounds, a char for each syllable: what is typed as pinyin and characters that are mistaken for others of the same
/// sound come out alike. Sounds that
/// southern accents and hurried typing do not keep apart are one: zh and z, ch and c, sh and s, l and n, -ng and -n.</summary>
internal static class Sounds
{
    private const char First = '\ue000'; // of the private use area
    private const int LongestSyllable = 6; // zhuang

    private static readonly FrozenDictionary<string, char> Ids = Ordered(CharactersFile.Current.Syllables.Keys);

    private static readonly FrozenDictionary<string, char>.AlternateLookup<ReadOnlySpan<char>> IdsBySpan =
        Ids.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenDictionary<char, string> Readings = CharactersFile.Current.Syllables
        .SelectMany(s => s.Value, (s, character) => (character, s.Key)).GroupBy(c => c.character)
        .ToFrozenDictionary(g => g.Key, g => g.First().Key);

    /// <summary>The sound of each Chinese character and of pinyin between them; what is neither stays.</summary>
    /// <param name="text">Simplified letters and digits.</param>
    public static string Of(string text)
    {
        var sounds = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiLetterLower(text[i]))
            {
                sounds.Append(Readings.TryGetValue(text[i], out var reading) ? Ids[reading] : text[i]);
                continue;
            }
            var end = i;
            while (end < text.Length && char.IsAsciiLetterLower(text[end])) end++;
            sounds.Append(OfPinyin(text.AsSpan(i, end - i)) ?? text[i..end]);
            i = end - 1;
        }
        return sounds.ToString();
    }

    /// <summary>Of pinyin whose syllables are apart.</summary>
    public static string OfSyllables(IEnumerable<string> syllables) => string.Concat(syllables.Select(s => Ids.GetValueOrDefault(s, '?')));

    /// <summary>Pinyin of a character; null where it has none.</summary>
    public static string? SyllableOf(char character) => Readings.GetValueOrDefault(character);

    /// <summary>Pinyin of a Chinese text, where each character has one.</summary>
    public static string[]? SyllablesOf(string text) => text.All(Readings.ContainsKey) ? [.. text.Select(c => Readings[c])] : null;

    // into as few syllables as can be; null where it is no pinyin
    private static string? OfPinyin(ReadOnlySpan<char> letters)
    {
        var (fewest, before) = (new int[letters.Length + 1], new int[letters.Length + 1]);
        for (var end = 1; end <= letters.Length; end++)
        {
            fewest[end] = int.MaxValue;
            for (var start = Math.Max(0, end - LongestSyllable); start < end; start++)
                if (fewest[start] < fewest[end] - 1 && IdsBySpan.ContainsKey(letters[start..end]))
                    (fewest[end], before[end]) = (fewest[start] + 1, start);
        }
        if (fewest[^1] == int.MaxValue) return null;
        var sounds = new char[fewest[^1]];
        for (var (end, n) = (letters.Length, sounds.Length - 1); end > 0; (end, n) = (before[end], n - 1))
            sounds[n] = IdsBySpan[letters[before[end]..end]];
        return new(sounds);
    }

    private static FrozenDictionary<string, char> Ordered(IEnumerable<string> syllables)
    {
        var blurred = syllables.ToDictionary(s => s, Blurred);
        var ids = blurred.Values.Distinct().Order(StringComparer.Ordinal).Select((s, n) => (s, Id: (char)(First + n)))
            .ToDictionary(x => x.s, x => x.Id);
        return blurred.ToFrozenDictionary(b => b.Key, b => ids[b.Value]);
    }

    private static string Blurred(string syllable)
    {
        var s = syllable.Length > 1 && syllable[1] == 'h' ? $"{syllable[0]}{syllable[2..]}" : syllable;
        if (s[0] == 'l') s = $"n{s[1..]}";
        return s.EndsWith("ng", StringComparison.Ordinal) && s is not [.., 'o', 'n', 'g'] ? s[..^1] : s;
    }
}

/// <summary>English in words without their endings, a char for each word.</summary>
internal sealed class EnglishWords
{
    private const char First = '\ue800', Unknown = '\uffff';
    private static readonly string[] Sibilants = ["ches", "shes", "xes"];
    private readonly Dictionary<string, char> _ids = [];

    /// <summary>Known words; others than these are all the same one.</summary>
    public string Learn(string text) => string.Concat(Split(text.Replace('_', ' ')).Select(Stem)
        .Select(stem => _ids.TryGetValue(stem, out var id) ? id : _ids[stem] = (char)(First + _ids.Count)));

    /// <summary>The words of a text.</summary>
    /// <param name="text">Small letters.</param>
    /// <param name="mistyped">Whether an unknown word is taken for a known one that differs by one slip.</param>
    public string Of(string text, bool mistyped) => string.Concat(Split(text).Select(Stem).Select(stem =>
        _ids.TryGetValue(stem, out var id) ? id : mistyped && Meant(stem) is { } meant ? _ids[meant] : Unknown));

    private string? Meant(string stem) =>
        stem.Length < 5 ? null : _ids.Keys.FirstOrDefault(known => known.Length >= 4 && Slips.IsOne(stem, known));

    private static IEnumerable<string> Split(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var isLetter = i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '\'' or '\u2019' && start >= 0);
            if (isLetter) start = start < 0 ? i : start;
            else if (start >= 0)
            {
                yield return text[start..i].Replace("\u2019", "").Replace("'", "");
                start = -1;
            }
        }
    }

    // endings that leave the word: leaking, blocked, taps, batteries; the consonant doubled before them goes too: clogged
    private static string Stem(string word)
    {
        var s = word.ToLowerInvariant();
        if (s.Length > 5 && s.EndsWith("ing", StringComparison.Ordinal)) s = Single(s[..^3]);
        else if (s.Length > 4 && s.EndsWith("ed", StringComparison.Ordinal)) s = Single(s[..^2]);
        else if (s.Length > 4 && s.EndsWith("ies", StringComparison.Ordinal)) s = $"{s[..^3]}y";
        else if (s.Length > 4 && Sibilants.Any(end => s.EndsWith(end, StringComparison.Ordinal))) s = s[..^2];
        else if (s.Length > 3 && s[^1] == 's' && s[^2] != 's') s = s[..^1];
        return s.Length > 3 && s[^1] == 'e' ? s[..^1] : s;
    }

    private static string Single(string s) => s.Length > 3 && s[^1] == s[^2] && s[^1] is not ('l' or 's') ? s[..^1] : s;
}
