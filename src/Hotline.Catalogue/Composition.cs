namespace Hotline.Catalogue;

/// <summary>What is done and to what: composition.json, whose "about" tells how it is written.</summary>
internal sealed record CompositionFile(
    string About, Dictionary<string, string> Actions, Dictionary<string, string[]> Otherwise, HashSet<string> General,
    Dictionary<string, string> Alone, string Fillers, string FillersEn,
    Dictionary<string, string> Dialect, IReadOnlyList<string> Lookalikes, IReadOnlyList<CompositionFile.Noun> Things)
{
    internal sealed record Noun(string Names, Dictionary<string, string> As, bool Place = false);

    public static CompositionFile Current { get; } = CatalogueData.Read<CompositionFile>("composition.json");

    /// <summary>The Chinese or the English words of a line; an English expression's words are joined by _.</summary>
    public static string[] Words(string line, bool english) =>
        (line.Split('|') is [var chinese, var other] ? english ? other : chinese : english ? "" : line)
        .Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>A thing that something can be done to.</summary>
internal sealed class Thing(CompositionFile.Noun noun)
{
    public bool IsPlace { get; } = noun.Place;

    /// <summary>The service without an action, where there is one.</summary>
    public string? Alone { get; } = noun.As.GetValueOrDefault("*");

    /// <summary>The service for one of these kinds of action.</summary>
    /// <returns>Null where there is none; stands in = it is that of another kind.</returns>
    /// <param name="kinds">Of what was said.</param>
    /// <param name="whole">Whether nothing else was said.</param>
    public (string Code, bool StandsIn)? For(string[] kinds, bool whole)
    {
        foreach (var kind in kinds) if (noun.As.TryGetValue(kind, out var code)) return (code, false);
        var isGeneral = kinds.Any(CompositionFile.Current.General.Contains);
        if (Alone is not null && noun.As.Count == 1 && (whole || isGeneral)) return (Alone, false);
        foreach (var kind in kinds)
            foreach (var other in CompositionFile.Current.Otherwise.GetValueOrDefault(kind, []))
                if (noun.As.TryGetValue(other, out var code)) return (code, true);
        return Alone is not null && isGeneral ? (Alone, false) : null;
    }
}

/// <summary>How sure it is that a text's letters are what was meant.</summary>
internal enum Reading
{
    /// <summary>So it was written.</summary>
    Sure,

    /// <summary>So it sounds: one syllable is many words, and counts only where nothing is left over.</summary>
    Sound,

    /// <summary>Put right: counts only where nothing is left over.</summary>
    Guess,
}

/// <summary>Things and actions in one writing, of which each letter is a char: Chinese characters, syllables, or English words. It finds
/// both in a text and gives the services they make.</summary>
internal sealed class Lexicon
{
    // a pair is worth more than a term of two characters, and the longer its words the more
    private const double Pair = 62, PerThing = 5, PerAction = 3, StandIn = 6, Place = 4, Whole = 6, Mentioned = 46, Meant = 58, Alone = 55;

    private readonly Dictionary<string, Thing> _things = [];
    private readonly Dictionary<string, string[]> _actions = [];
    private readonly HashSet<string> _fillers = [];
    private readonly Func<string, string> _write;
    private readonly int _worth;
    private readonly bool _lastIsHead;
    private int _longest;

    /// <param name="english">Which words of the file.</param>
    /// <param name="write">Into this writing.</param>
    /// <param name="worth">Of how many Chinese characters a letter is worth.</param>
    /// <param name="shortestFiller">Of how many letters a word is that may be left out.</param>
    public Lexicon(bool english, Func<string, string> write, int worth = 1, int shortestFiller = 1)
    {
        var file = CompositionFile.Current;
        (_write, _worth, _lastIsHead) = (write, worth, !english);
        foreach (var noun in file.Things)
        {
            var thing = new Thing(noun);
            foreach (var name in CompositionFile.Words(noun.Names, english))
                if (Note(name) is { Length: > 0 } written) _things.TryAdd(written, thing);
        }
        foreach (var (kind, line) in file.Actions)
            foreach (var word in CompositionFile.Words(line, english))
                if (Note(word) is { Length: > 0 } written) _actions[written] = [.. _actions.GetValueOrDefault(written, []), kind];
        foreach (var filler in (english ? file.FillersEn : file.Fillers).Split(' '))
            if (Note(filler) is var written && written.Length >= shortestFiller) _fillers.Add(written);
    }

    /// <summary>Whether a letter is an action or a filler.</summary>
    public bool IsVerb(string letter) => _actions.ContainsKey(letter) || _fillers.Contains(letter);

    /// <summary>Raises the scores of the services that the things and actions of a text make.</summary>
    /// <param name="text">In this writing.</param>
    /// <param name="raise">Code and score.</param>
    /// <param name="reading">How sure it is that the letters are what was meant.</param>
    /// <param name="isOther">Whether what stands at a place is something else than its letter alone would be.</param>
    public void Score(string text, Action<string, double> raise, Reading reading = Reading.Sure, Func<int, bool>? isOther = null)
    {
        var taken = new bool[text.Length];
        var things = Things(text, taken);
        var actions = Actions(text, taken, isOther, out var content);
        if (content > 0 && reading is Reading.Guess) return;
        if (content > 0 && reading is Reading.Sound)
        {
            things.RemoveAll(t => t.Length == 1);
            actions.RemoveAll(a => a.Length == 1);
        }
        if (things.Count == 0)
        {
            if (content == 0) foreach (var action in actions)
                foreach (var kind in action.Kinds) if (CompositionFile.Current.Alone.TryGetValue(kind, out var code)) raise(code, Alone);
            return;
        }
        for (var n = 0; n < things.Count; n++)
        {
            var (start, length, thing) = things[n];
            var (size, isMade) = (Math.Min(_worth * length, 4), false);
            // of two things the head counts: in Chinese the last (阳台窗户坏了), in English the first (the tap in the kitchen leaks)
            var head = 0.1 * (_lastIsHead ? n : things.Count - n) - (thing.IsPlace ? Place : 0);
            foreach (var action in actions)
            {
                if (thing.For(action.Kinds, whole: content == 0) is not { } made) continue;
                isMade = true;
                var apart = Math.Max(0, (action.Start > start ? action.Start - start - length : start - action.Start - action.Length) - 3);
                var words = PerThing * size + PerAction * Math.Min(_worth * action.Length, 4) + (content == 0 ? Whole : 0);
                raise(made.Code, Pair + words - (made.StandsIn ? StandIn : 0) - Math.Min(apart, 8) + head);
            }
            if (isMade || thing.Alone is not { } alone) continue;
            raise(alone, actions.Count == 0 && content <= length ? Meant + size + head : Mentioned + head);
        }
    }

    private string Note(string word)
    {
        var written = _write(word);
        _longest = Math.Max(_longest, written.Length);
        return written;
    }

    private List<(int Start, int Length, Thing Thing)> Things(string text, bool[] taken)
    {
        var (found, names) = (new List<(int, int, Thing)>(), _things.GetAlternateLookup<ReadOnlySpan<char>>());
        for (int i = 0, end = 0; i < text.Length; i++)
        {
            var verb = i >= end ? VerbAt(text, i) : 0; // 水槽不下水: no 下水, which is a thing, but 不下水
            for (var length = Math.Min(_longest, text.Length - i); i + length > end && length > 0; length--)
            {
                if (!names.TryGetValue(text.AsSpan(i, length), out var thing)) continue;
                if (length < verb) break;
                found.Add((i, length, thing));
                taken.AsSpan(i, length).Fill(true);
                end = i + length;
                break;
            }
            if (verb > 2 && end <= i) i += verb - 1;
        }
        return found;
    }

    private int VerbAt(string text, int start)
    {
        var actions = _actions.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = Math.Min(_longest, text.Length - start); length > 2; length--)
            if (actions.ContainsKey(text.AsSpan(start, length))) return length;
        return 0;
    }

    /// <param name="content">How many letters are neither thing nor action nor filler.</param>
    private List<(int Start, int Length, string[] Kinds)> Actions(string text, bool[] taken, Func<int, bool>? isOther, out int content)
    {
        var found = new List<(int, int, string[])>();
        var (actions, fillers) = (_actions.GetAlternateLookup<ReadOnlySpan<char>>(), _fillers.GetAlternateLookup<ReadOnlySpan<char>>());
        content = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (taken[i]) continue;
            var room = 1;
            while (room < _longest && i + room < text.Length && !taken[i + room]) room++;
            for (; room > 0; room--)
            {
                var word = text.AsSpan(i, room);
                if (room == 1 && isOther?.Invoke(i) == true) continue;
                if (actions.TryGetValue(word, out var kinds)) found.Add((i, room, kinds));
                else if (!fillers.Contains(word)) continue;
                i += room - 1;
                break;
            }
            if (room == 0) content++;
        }
        return found;
    }
}
