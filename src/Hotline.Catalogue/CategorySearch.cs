using System.Globalization;
using System.Text;

namespace Hotline.Catalogue;

/// <summary>What a text asks for.</summary>
/// <param name="Fits">Categories that fit, best first; the first is the answer, the others are worth naming.</param>
/// <param name="Nearest">Where nothing fits: what comes nearest, best first.</param>
public sealed record SearchResult(IReadOnlyList<Category> Fits, IReadOnlyList<Category> Nearest);

/// <summary>Finds categories by what people say or type. Each term of a category is compared with the text; the best comparison counts.</summary>
internal sealed class CategorySearch(IEnumerable<Category> categories, IReadOnlyDictionary<string, string> pinyin)
{
    private const double Fit = 50;
    private const int MostNearest = 5;

    private readonly Entry[] _entries =
    [
        .. categories.Select(c => new Entry(c, [.. c.Terms.Prepend(c.Name).Select(t => new Term(t, pinyin.GetValueOrDefault(t)))], Normalize(c.NameEn), Normalize(c.Code))),
    ];

    public SearchResult Find(string text)
    {
        var asked = new Asked(Normalize(text));
        if (asked.Text.Length == 0) return new([], []);
        var ranked = _entries.Select(e => (e.Category, Score: Score(e, asked))).OrderByDescending(r => r.Score).ToArray();
        if (ranked[0].Score < Fit) return new([], [.. ranked.Take(MostNearest).Select(r => r.Category)]);
        var least = Math.Max(Fit, ranked[0].Score - 45);
        return new([.. ranked.TakeWhile(r => r.Score >= least).Take(1 + MostNearest).Select(r => r.Category)], []);
    }

    private static double Score(Entry entry, Asked asked)
    {
        if (asked.Text == entry.Code) return 100;
        var best = asked.Text.Length >= 3 && entry.English.Contains(asked.Text, StringComparison.Ordinal) ? 60 + 40.0 * asked.Text.Length / entry.English.Length : 0;
        // of several terms that fit equally, the category's own name (the first) counts most
        for (var i = 0; i < entry.Terms.Length; i++) best = Math.Max(best, Score(entry.Terms[i], asked) + (i == 0 ? 0.5 : 0));
        return best;
    }

    private static double Score(Term term, Asked question)
    {
        var (text, asked) = (term.Text, question.Text);
        if (text == asked) return 100;
        if (text.Length >= 2 && asked.Contains(text, StringComparison.Ordinal)) return 62 + Math.Min(30, 5 * text.Length); // "我家下水道堵了好几天": the longest term wins
        if (asked.Length >= 2 && text.Contains(asked, StringComparison.Ordinal)) return 50 + 30.0 * asked.Length / text.Length;
        if (text.Length >= 3 && IsSubsequence(text, asked)) return 54 + Math.Min(30, 4 * text.Length); // "厨房的下水好像又堵了" holds 厨房下水堵
        return Math.Max(question.MayBePinyin ? ScorePinyin(term, asked) : 0, 45 * Likeness(term.Letters, question.Letters));
    }

    private static double ScorePinyin(Term term, string asked)
    {
        if (term.Pinyin.Length == 0) return 0;
        if (asked == term.Pinyin) return 95;
        if (asked.Length >= 3 && term.Pinyin.StartsWith(asked, StringComparison.Ordinal)) return 60 + 30.0 * asked.Length / term.Pinyin.Length;
        if (asked.Length >= 6 && asked.Contains(term.Pinyin, StringComparison.Ordinal) && term.Text.Length >= 2) return 55 + Math.Min(30, 2 * term.Pinyin.Length);
        if (asked.Length >= 4 && term.Syllables.Any(start => term.Pinyin.AsSpan(start).StartsWith(asked))) return 52 + 20.0 * asked.Length / term.Pinyin.Length;
        return asked.Length >= 2 && asked == term.Initials ? 58 : 0;
    }

    /// <summary>Dice coefficient of the characters in common, 0 to 1.</summary>
    private static double Likeness(char[] a, char[] b)
    {
        var common = 0;
        foreach (var c in a) if (b.AsSpan().Contains(c)) common++;
        return 2.0 * common / (a.Length + b.Length);
    }

    private static bool IsSubsequence(string part, string whole)
    {
        var found = 0;
        foreach (var c in whole) if (found < part.Length && part[found] == c) found++;
        return found == part.Length;
    }

    /// <summary>Full-width to half-width, lower case, letters and digits only.</summary>
    private static string Normalize(string text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var rune in WellFormed(text).Normalize(NormalizationForm.FormKC).EnumerateRunes())
            if (Rune.IsLetterOrDigit(rune)) letters.Append(rune.ToString().ToLower(CultureInfo.InvariantCulture));
        return letters.ToString();
    }

    // half a surrogate pair, as a hostile client may send, cannot be normalized
    private static string WellFormed(string text) => string.Concat(text.EnumerateRunes());

    private sealed record Entry(Category Category, Term[] Terms, string English, string Code);

    // what is asked of every term is looked at once
    private sealed class Asked(string text)
    {
        public string Text { get; } = text;
        public char[] Letters { get; } = [.. text.Distinct()];
        public bool MayBePinyin { get; } = text.All(char.IsAsciiLetterLower);
    }

    private sealed class Term
    {
        public Term(string text, string? pinyin)
        {
            Text = Normalize(text);
            Letters = [.. Text.Distinct()];
            var syllables = pinyin?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
            Pinyin = string.Concat(syllables);
            Initials = string.Concat(syllables.Select(s => s[0]));
            Syllables = [.. syllables.Select((_, i) => syllables.Take(i).Sum(s => s.Length))];
        }

        public string Text { get; }
        public char[] Letters { get; }
        public string Pinyin { get; }
        public string Initials { get; }
        public int[] Syllables { get; }
    }
}
