namespace Hotline.Catalogue;

/// <summary>What a text asks for.</summary>
/// <param name="Fits">Categories that fit, best first; the first is the answer, the others are worth naming.</param>
/// <param name="Nearest">Where nothing fits: what comes near, best first; perhaps nothing.</param>
/// <param name="IsAmbiguous">The first fits hardly better than the second: 空调 is to be cleaned, or to be mended.</param>
public sealed record SearchResult(IReadOnlyList<Category> Fits, IReadOnlyList<Category> Nearest, bool IsAmbiguous = false);

/// <summary>Finds categories by what people say or type: by the catalogue's terms, by verbs and things that make a service, both also by
/// their sound and with a slip of the finger, and by English words.</summary>
internal sealed class CategorySearch
{
    // from Fit on it is an answer, from Sure on nobody looks further; what is less than Near is not worth naming
    private const double Fit = 50, Sure = 70, Near = 22;
    private const double Misheard = 10, Misspelt = 13, Guessed = 52;
    private const int MostNearest = 5, Range = 45, Clear = 4;

    private readonly Entry[] _entries;
    private readonly Dictionary<string, int> _places;
    private readonly Dictionary<string, string> _dialect = CompositionFile.Current.Dialect;
    private readonly EnglishWords _english = new();
    private readonly Lexicon _written, _heard, _spoken;
    private readonly HashSet<char> _fillers;
    private readonly Lazy<Slips> _slips;

    public CategorySearch(IReadOnlyList<Category> categories, IReadOnlyDictionary<string, string> pinyin)
    {
        _written = new(english: false, ChineseWriting.Letters);
        _heard = new(english: false, word => Sounds.Of(ChineseWriting.Letters(word)), shortestFiller: 2);
        _spoken = new(english: true, _english.Learn, worth: 2);
        _fillers = [.. CompositionFile.Current.FillersEn.Split(' ').SelectMany(f => _english.Learn(f)), .. _english.Learn("and")];
        _entries = [.. categories.Select(c =>
        {
            var terms = c.Terms.Prepend(c.Name).Select(t => new Term(t, pinyin.GetValueOrDefault(t))).ToArray();
            var nouns = terms.Select(t => Nouns(t.Text)).Select(n => (n, LetterSet.Of(n)));
            return new Entry(c, terms, Meaning(_english.Learn(c.NameEn)), ChineseWriting.Letters(c.Code), [.. nouns]);
        })];
        _places = categories.Select((c, n) => (c.Code, n)).ToDictionary(x => x.Code, x => x.n);
        _slips = new(() => new(_entries.SelectMany(e => e.Terms, (e, t) => (t.Text, e.Category.Code))));
    }

    public SearchResult Find(string text)
    {
        var small = ChineseWriting.Simplify(text);
        foreach (var (said, meant) in _dialect) small = small.Replace(said, meant);
        var asked = new Asked(WithoutOnce(ChineseWriting.Letters(small)));
        if (asked.Text.Length == 0) return new([], []);

        var scores = new double[_entries.Length];
        void Raise(string code, double score)
        {
            ref var held = ref scores[_places[code]];
            held = Math.Max(held, score);
        }
        double Best() => scores.Max();

        for (var i = 0; i < _entries.Length; i++) scores[i] = Score(_entries[i], asked);
        _written.Score(asked.Text, Raise);
        if (asked.HasLatin) ScoreEnglish(_english.Of(small, mistyped: false), scores, Raise);
        if (Best() < Sure) ScoreSound(asked, scores, Raise);
        if (Best() < Fit) ScoreSlips(asked, small, scores, Raise);
        if (Best() < Fit) ScoreLikeness(asked, scores);
        return Ranked(scores);
    }

    // 修一下水管 is 修 水管, and no 下水管
    private string WithoutOnce(string text)
    {
        const string once = "一下";
        for (var at = text.IndexOf(once, StringComparison.Ordinal); at > 0; at = text.IndexOf(once, at, StringComparison.Ordinal))
        {
            if (_written.IsVerb(text[(at - 1)..at])) text = text.Remove(at, once.Length);
            else at += once.Length;
        }
        return text;
    }

    private SearchResult Ranked(double[] scores)
    {
        var ranked = scores.Select((score, n) => (_entries[n].Category, Score: score)).Where(r => r.Score >= Near)
            .OrderByDescending(r => r.Score).ToArray();
        if (ranked.Length == 0 || ranked[0].Score < Fit) return new([], [.. ranked.Take(MostNearest).Select(r => r.Category)]);
        var least = Math.Max(Fit, ranked[0].Score - Range);
        return new([.. ranked.TakeWhile(r => r.Score >= least).Take(1 + MostNearest).Select(r => r.Category)], [],
            ranked.Length > 1 && ranked[1].Score > ranked[0].Score - Clear);
    }

    private static double Score(Entry entry, Asked asked)
    {
        if (asked.Text == entry.Code) return 100;
        var best = 0.0;
        // of several terms that fit equally, the category's own name (the first) counts most
        for (var i = 0; i < entry.Terms.Length; i++) best = Math.Max(best, Score(entry.Terms[i], asked) + (i == 0 ? 0.5 : 0));
        return best < Fit ? 0 : best;
    }

    private static double Score(Term term, Asked question)
    {
        var (text, asked) = (term.Text, question.Text);
        if (text == asked) return 100;
        var mayBeIn = term.Letters.MayBeIn(question.Letters);
        // "我家下水道堵了好几天": the longest term wins
        if (mayBeIn && text.Length >= 2 && asked.Contains(text, StringComparison.Ordinal)) return 62 + Math.Min(30, 5 * text.Length);
        if (asked.Length >= 2 && question.Letters.MayBeIn(term.Letters) && text.Contains(asked, StringComparison.Ordinal))
            return 50 + 30.0 * asked.Length / text.Length;
        // "厨房的下水好像又堵了" holds 厨房下水堵
        if (mayBeIn && text.Length >= 3 && IsSubsequence(text, asked)) return 54 + Math.Min(30, 4 * text.Length);
        return question.MayBePinyin ? ScorePinyin(term, asked) : 0;
    }

    private static double ScorePinyin(Term term, string asked)
    {
        if (term.Pinyin.Length == 0) return 0;
        if (asked == term.Pinyin) return 95;
        var part = (double)asked.Length / term.Pinyin.Length;
        if (asked.Length >= 3 && term.Pinyin.StartsWith(asked, StringComparison.Ordinal)) return 60 + 30 * part;
        if (asked.Length >= 6 && term.Text.Length >= 2 && asked.Contains(term.Pinyin, StringComparison.Ordinal))
            return 55 + Math.Min(30, 2 * term.Pinyin.Length);
        if (asked.Length >= 4 && term.Syllables.Any(start => term.Pinyin.AsSpan(start).StartsWith(asked))) return 52 + 20 * part;
        return asked.Length >= 2 && asked == term.Initials ? 58 : 0;
    }

    // whole words only: "lock" is not in "blocked"
    private void ScoreEnglish(string words, double[] scores, Action<string, double> raise)
    {
        _spoken.Score(words, raise);
        var meant = Meaning(words);
        if (meant.Length == 0) return;
        for (var i = 0; i < _entries.Length; i++)
            if (meant.All(w => _entries[i].English.Contains(w)))
                scores[i] = Math.Max(scores[i], 60 + 40.0 * meant.Length / _entries[i].English.Length);
    }

    private void ScoreSound(Asked asked, double[] scores, Action<string, double> raise)
    {
        var sound = Sounds.Of(asked.Text);
        if (sound == asked.Text) return; // neither Chinese nor pinyin
        var all = LetterSet.Of(sound);
        // a character that is a verb is that verb: who wants to buy (买) does not want to sell (卖)
        _heard.Score(sound, (code, score) => raise(code, score - Misheard), Reading.Sound,
            isOther: asked.HasLatin ? null : place => _written.IsVerb(asked.Text[place..(place + 1)]) && sound.Length == asked.Text.Length);
        for (var i = 0; i < _entries.Length; i++)
            foreach (var term in _entries[i].Terms)
                foreach (var (heard, letters) in term.Sounds)
                {
                    if (!letters.MayBeIn(all)) continue;
                    if (heard == sound && heard.Length >= 2) scores[i] = Math.Max(scores[i], 100 - Misheard);
                    else if (heard.Length >= 3 && sound.Contains(heard, StringComparison.Ordinal))
                        scores[i] = Math.Max(scores[i], 62 + Math.Min(30, 5 * heard.Length) - Misheard);
                }
    }

    private void ScoreSlips(Asked asked, string small, double[] scores, Action<string, double> raise)
    {
        var slips = _slips.Value;
        foreach (var code in slips.Near(asked.Text)) raise(code, Guessed + 3);
        if (asked.MayBePinyin && slips.OfInitials(asked.Text) is { } initials) raise(initials, Guessed);
        if (asked.HasLatin) ScoreEnglish(_english.Of(small, mistyped: true), scores, (code, score) => raise(code, score - Misheard));
        if (asked.MayBePinyin) return;
        foreach (var corrected in slips.Corrected(asked.Text))
            _written.Score(corrected, (code, score) => raise(code, score - Misspelt), Reading.Guess);
    }

    private void ScoreLikeness(Asked asked, double[] scores)
    {
        var letters = Nouns(asked.Text);
        var all = LetterSet.Of(letters);
        for (var i = 0; i < _entries.Length; i++)
            foreach (var (nouns, of) in _entries[i].Nouns)
                if (of.Shares(all)) scores[i] = Math.Max(scores[i], 45 * Likeness(nouns, letters));
    }

    /// <summary>Dice coefficient of the characters in common, 0 to 1.</summary>
    private static double Likeness(char[] a, char[] b)
    {
        var common = 0;
        foreach (var c in a) if (b.AsSpan().Contains(c)) common++;
        return common < 2 ? 0 : 2.0 * common / (a.Length + b.Length);
    }

    private static bool IsSubsequence(string part, string whole)
    {
        var found = 0;
        foreach (var c in whole) if (found < part.Length && part[found] == c) found++;
        return found == part.Length;
    }

    // what is done says little of what is near: 修飞机 is not near 修手机
    private char[] Nouns(string text) => [.. text.Distinct().Where(c => !_written.IsVerb(c.ToString()))];

    private char[] Meaning(string words) => [.. words.Where(w => !_fillers.Contains(w)).Distinct()];

    private sealed record Entry(Category Category, Term[] Terms, char[] English, string Code, (char[] Letters, LetterSet Of)[] Nouns);

    // what is asked of every term is looked at once
    private sealed class Asked(string text)
    {
        public string Text { get; } = text;
        public LetterSet Letters { get; } = LetterSet.Of(text);
        public bool MayBePinyin { get; } = text.All(char.IsAsciiLetterLower);
        public bool HasLatin { get; } = text.Any(char.IsAsciiLetterLower);
    }

    private sealed class Term
    {
        public Term(string text, string? pinyin)
        {
            Text = ChineseWriting.Letters(text);
            Letters = LetterSet.Of(Text);
            var syllables = pinyin?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
            Pinyin = string.Concat(syllables);
            Initials = string.Concat(syllables.Select(s => s[0]));
            Syllables = [.. syllables.Select((_, i) => syllables.Take(i).Sum(s => s.Length))];
            // as its characters are read one by one, and as they are read in this word
            string[] sounds = [Catalogue.Sounds.Of(Text), Catalogue.Sounds.OfSyllables(syllables)];
            Sounds = [.. sounds.Where(s => s.Length > 0).Distinct().Select(s => (s, LetterSet.Of(s)))];
        }

        public string Text { get; }
        public LetterSet Letters { get; }
        public string Pinyin { get; }
        public string Initials { get; }
        public int[] Syllables { get; }
        public (string Heard, LetterSet Letters)[] Sounds { get; }
    }
}
