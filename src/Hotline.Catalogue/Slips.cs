namespace Hotline.Catalogue;

/// <summary>What people mistype, one slip at a time.</summary>
internal sealed class Slips
{
    // verbs that stand before a thing, after it, or on either side; what is composed of them is compared with what was typed
    private static readonly (string Kind, string Before, string After)[] Verbs =
    [
        ("repair", "修 维修", "维修 坏了 修理"), ("replace", "换 更换", ""), ("install", "装 安装", "安装"), ("remove", "拆", ""),
        ("unclog", "通 疏通", "堵了 不通 疏通"), ("leak", "", "漏水"),
        ("clean", "洗 清洗", "清洗"), ("open", "开", "打不开"), ("move", "搬", ""), ("collect", "收", "回收"), ("deliver", "送", "配送"),
        ("copy", "配", ""), ("kill", "灭 除", ""),
        ("hire", "找 请", ""), ("alter", "改", ""), ("paint", "刷", ""),
    ];

    private readonly Phrase[][] _byLength, _pinyinByLength;
    private readonly Dictionary<string, string> _initials = [];
    private readonly Dictionary<string, string> _gaps = [];
    private readonly Dictionary<char, string> _lookalikes;

    private readonly record struct Phrase(string Text, string Code)
    {
        public LetterSet Letters { get; } = LetterSet.Of(Text);
    }

    /// <param name="terms">What is looked for besides what verbs and things make.</param>
    public Slips(IEnumerable<(string Text, string Code)> terms)
    {
        var file = CompositionFile.Current;
        var phrases = terms.Select(t => new Phrase(t.Text, t.Code)).Concat(file.Things.SelectMany(Composed)).DistinctBy(p => p.Text)
            .ToArray();
        _byLength = ByLength(phrases);
        var read = phrases.Select(p => (p.Code, Syllables: Sounds.SyllablesOf(p.Text))).Where(p => p.Syllables is not null).ToArray();
        _pinyinByLength = ByLength(read.Select(p => new Phrase(string.Concat(p.Syllables!), p.Code)).DistinctBy(p => p.Text));
        foreach (var (code, syllables) in read) _initials.TryAdd(string.Concat(syllables!.Select(s => s[0])), code);
        foreach (var name in file.Things.SelectMany(t => CompositionFile.Words(t.Names, false)).Where(n => n.Length >= 3))
            for (var i = 0; i < name.Length; i++) _gaps.TryAdd($"{name[..i]}?{name[(i + 1)..]}", name);
        _lookalikes = file.Lookalikes.SelectMany(group => group, (group, c) => (c, group)).GroupBy(x => x.c)
            .ToDictionary(g => g.Key, g => string.Concat(g.Select(x => x.group)));
    }

    /// <summary>Services whose phrase is the text but for one slip.</summary>
    public IEnumerable<string> Near(string text) =>
        text.All(char.IsAsciiLetterLower)
            ? text.Length < 5 ? [] : Near(_pinyinByLength, text).Select(p => p.Code)
            : text.Length is < 4 or > 12 ? []
            : Near(_byLength, text).Where(p => p.Text.Length != text.Length || text.Length >= 5 || IsTransposed(text, p.Text))
                .Select(p => p.Code);

    /// <summary>The service of which these are the first letters of each syllable.</summary>
    public string? OfInitials(string text) => text.Length >= 3 ? _initials.GetValueOrDefault(text) : null;

    /// <summary>The text with one character read as one that looks like it, or with one character of a thing's name of three put
    /// right.</summary>
    public IEnumerable<string> Corrected(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (_lookalikes.TryGetValue(text[i], out var others))
                foreach (var other in others) if (other != text[i]) yield return $"{text[..i]}{other}{text[(i + 1)..]}";
            for (var length = 3; length <= 5 && i + length <= text.Length; length++)
                for (var gap = 0; gap < length; gap++)
                    if (_gaps.TryGetValue($"{text[i..(i + gap)]}?{text[(i + gap + 1)..(i + length)]}", out var name))
                        yield return $"{text[..i]}{name}{text[(i + length)..]}";
        }
    }

    /// <summary>Whether a letter too many, too few, another, or two the other way round make the difference.</summary>
    public static bool IsOne(string a, string b)
    {
        if (a.Length < b.Length) (a, b) = (b, a);
        if (a.Length - b.Length > 1) return false;
        var same = a.AsSpan().CommonPrefixLength(b);
        if (same == b.Length) return a.Length != b.Length;
        if (a.Length != b.Length) return a.AsSpan(same + 1).SequenceEqual(b.AsSpan(same));
        return a.AsSpan(same + 1).SequenceEqual(b.AsSpan(same + 1)) || IsTransposed(a, b);
    }

    private static bool IsTransposed(string a, string b)
    {
        if (a.Length != b.Length) return false;
        var same = a.AsSpan().CommonPrefixLength(b);
        return same + 1 < a.Length && a[same] == b[same + 1] && a[same + 1] == b[same]
            && a.AsSpan(same + 2).SequenceEqual(b.AsSpan(same + 2));
    }

    private static List<Phrase> Near(Phrase[][] phrases, string text)
    {
        var (near, letters) = (new List<Phrase>(), LetterSet.Of(text));
        for (var length = text.Length - 1; length <= text.Length + 1 && length < phrases.Length; length++)
            foreach (ref readonly var phrase in phrases[length].AsSpan())
                if (phrase.Letters.MayBeNear(letters) && IsOne(text, phrase.Text)) near.Add(phrase);
        return near;
    }

    private static Phrase[][] ByLength(IEnumerable<Phrase> phrases)
    {
        var of = phrases.ToLookup(p => p.Text.Length);
        return [.. Enumerable.Range(0, of.Max(g => g.Key) + 1).Select(length => of[length].ToArray())];
    }

    private static IEnumerable<Phrase> Composed(CompositionFile.Noun noun)
    {
        var thing = new Thing(noun);
        foreach (var (kind, before, after) in Verbs)
        {
            if (thing.For([kind], whole: true) is not { StandsIn: false } made) continue;
            foreach (var name in CompositionFile.Words(noun.Names, false))
            {
                foreach (var verb in before.Split(' ', StringSplitOptions.RemoveEmptyEntries)) yield return new(verb + name, made.Code);
                foreach (var verb in after.Split(' ', StringSplitOptions.RemoveEmptyEntries)) yield return new(name + verb, made.Code);
            }
        }
    }
}
