using System.Globalization;

namespace Hotline.Console.Staffing;

/// <summary>A forecast as it is typed: kept in the browser's tab.</summary>
public sealed class StaffingDraft
{
    /// <summary>Nothing of it was typed.</summary>
    public bool IsExample { get; set; }

    /// <summary>Per cent.</summary>
    public string Share { get; set; } = "80";
    public string Seconds { get; set; } = "15";

    /// <summary>Seconds; blank = nobody hangs up.</summary>
    public string Patience { get; set; } = "";

    /// <summary>Seconds, by number.</summary>
    public Dictionary<string, string> Handling { get; set; } = [];
    public List<StaffingDraftRow> Rows { get; set; } = Day(16, 36);

    /// <summary>A half hour of the day: its time and the calls to each number.</summary>
    public sealed class StaffingDraftRow
    {
        /// <summary>As typed: H:mm.</summary>
        public string From { get; set; } = "";
        public Dictionary<string, string> Calls { get; set; } = [];
    }

    /// <summary>An ordinary working day with peaks before noon and after three, most calls to the first number.</summary>
    public static StaffingDraft Example(IReadOnlyList<string> numbers)
    {
        var draft = new StaffingDraft { IsExample = true, Patience = "120" };
        int[] shape = [34, 48, 66, 78, 80, 72, 54, 40, 32, 36, 48, 58, 68, 74, 70, 60, 48, 40, 30, 24];
        foreach (var (number, i) in numbers.Select((n, i) => (n, i)))
        {
            draft.Handling[number] = "180";
            foreach (var (row, calls) in draft.Rows.Zip(shape)) row.Calls[number] = $"{calls / (i + 1)}";
        }
        return draft;
    }

    /// <summary>What was copied from a spreadsheet: a row a line; a time, where there is one, then
    /// calls to each number. Headings and totals are left out.</summary>
    public static List<StaffingDraftRow> Pasted(string text, IReadOnlyList<string> numbers)
    {
        var rows = new List<StaffingDraftRow>();
        foreach (var line in text.Split('\n'))
        {
            var cells = line.TrimEnd('\r').Split('\t', ',', ';').Select(c => c.Trim()).ToArray();
            var timed = TimeOnly.TryParseExact(cells[0].Split('-', '–', '~')[0].Trim(), ["H:mm", "H:mm:ss"], CultureInfo.InvariantCulture,
                DateTimeStyles.None, out var time);
            var figures = (timed ? cells[1..] : cells).Take(numbers.Count).ToArray();
            if (!timed && Number(cells[0]) is null || cells.Intersect(numbers).Any()) continue;
            rows.Add(new()
            {
                From = timed ? Text(time) : rows is [.., var last] ? After(last.From) : "08:00",
                Calls = numbers.Zip(figures).ToDictionary(),
            });
        }
        return rows;
    }

    public void Add() => Rows.Add(new() { From = Rows is [.., var last] ? After(last.From) : "08:00" });

    /// <summary>For the API; a cell left blank is no call.</summary>
    public StaffingInput Input(IReadOnlyList<string> numbers, DateOnly day)
    {
        var groups = numbers.Select(n => new StaffingGroupInput(n, [.. Rows.Select(r => new StaffingIntervalInput(At(day, r.From),
            Number(r.Calls.GetValueOrDefault(n) is { Length: > 0 } calls ? calls : "0"), Number(Handling.GetValueOrDefault(n))))]))
            .ToArray();
        var target = new StaffingTargetInput(Number(Share) / 100, Number(Seconds));
        // what is no number is refused, not left out
        double? patience = string.IsNullOrWhiteSpace(Patience) ? null : Number(Patience) ?? 0;
        return groups.Length == 1 ? new(groups[0].Intervals, target, patience, null) : new(null, target, patience, groups);
    }

    private static List<StaffingDraftRow> Day(int first, int end) =>
        [.. Enumerable.Range(first, end - first).Select(i => new StaffingDraftRow { From = Text(TimeOnly.MinValue.AddMinutes(30 * i)) })];

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static DateTimeOffset? At(DateOnly day, string from) =>
        Time(from) is { } time ? LocalTime.Moment(day.ToDateTime(time)) : null;

    private static string After(string from) => Time(from) is { } time ? Text(time.AddMinutes(30)) : "";

    private static TimeOnly? Time(string text) =>
        TimeOnly.TryParseExact(text.Trim(), "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static string Text(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
