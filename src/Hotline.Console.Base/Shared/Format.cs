using System.Globalization;

namespace Hotline.Console.Shared;

/// <summary>Times, durations and amounts as the console shows them, on the city's clock.</summary>
public static class Format
{
    public static string Time(DateTimeOffset at) => at.ToLocal().ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The time of a moment of today, with the day of any other.</summary>
    public static string TimeSeen(DateTimeOffset at, DateOnly today) =>
        at.ToLocalDay() == today ? at.ToLocal().ToString("HH:mm", CultureInfo.InvariantCulture) : Time(at);

    /// <summary>To the minute; a dash where it never was.</summary>
    public static string Minute(DateTimeOffset? at) =>
        at is { } then ? then.ToLocal().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "–";

    public static string FullTime(DateTimeOffset at) => at.ToLocal().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The last day of something that ends at a moment: what ends at midnight has no minute of the day that begins then.</summary>
    public static string LastDay(DateTimeOffset until) => Iso(until.AddTicks(-1).ToLocalDay());

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Money(decimal amount) => amount.ToString("¥#,##0.##", CultureInfo.InvariantCulture);

    public static string Price(decimal from, decimal to, string unit) =>
        from == to ? $"{Money(from)}/{unit}" : $"{Money(from)}–{to.ToString("#,##0.##", CultureInfo.InvariantCulture)}/{unit}";

    /// <summary>mm:ss up to an hour, then h:mm:ss; a time that is over is negative.</summary>
    public static string Span(TimeSpan span)
    {
        var size = span.Duration();
        var sign = span < TimeSpan.Zero ? "-" : "";
        return size.TotalDays >= 1 ? $"{sign}{(int)size.TotalDays}d {size.Hours}h"
            : size.TotalHours >= 1 ? $"{sign}{(int)size.TotalHours}:{size.Minutes:00}:{size.Seconds:00}"
            : $"{sign}{size.Minutes:00}:{size.Seconds:00}";
    }

    /// <summary>Grouped for reading out: 138 0000 0000, 0577 6500 0000. Area codes of 01 and 02 have three digits, others four.</summary>
    public static string Phone(string digits) => digits switch
    {
        ['1', ..] when digits.Length == 11 => $"{digits[..3]} {digits[3..7]} {digits[7..]}",
        ['0', '1' or '2', ..] when digits.Length == 11 => $"{digits[..3]} {digits[3..7]} {digits[7..]}",
        ['0', ..] when digits.Length is 11 or 12 => $"{digits[..4]} {digits[4..8]} {digits[8..]}",
        _ => digits,
    };

    public static string Percent(int part, int whole) => Percent(whole == 0 ? null : 100.0 * part / whole);

    /// <summary>To a tenth; less than all is never rounded up to 100 %.</summary>
    public static string Percent(double? share) => share is not { } given ? "–"
        : (given < 100 ? Math.Min(Math.Round(given, 1), 99.9) : given).ToString("0.#", CultureInfo.InvariantCulture) + "%";

    public static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";
}
