using System.Globalization;
using System.Text.RegularExpressions;

namespace Hotline.Wire;

/// <summary>The city's civil time, UTC+8 all year: China has had no summer time since 1991 (tz database), which is before
/// <see cref="Earliest"/>. Stored and sent times are UTC; days and opening hours are local.</summary>
public static partial class LocalTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>First day that is taken: the hotline is younger.</summary>
    public static readonly DateOnly Earliest = new(2000, 1, 1);

    /// <summary>Last day that is taken: no contract or appointment reaches so far, and adding to it never leaves the calendar.</summary>
    public static readonly DateOnly Latest = new(2100, 1, 1);

    /// <summary>What to tell whoever sends something else as a day.</summary>
    public static readonly Text DayWanted = new("day.invalid", "日期须为 yyyy-MM-dd，例如 2026-11-24，且在 2000-01-01 与 2100-01-01 之间",
        "Give a day as yyyy-MM-dd, for example 2026-11-24, from 2000-01-01 to 2100-01-01");

    /// <summary>What to tell whoever sends something else as a time.</summary>
    public static readonly Text TimeWanted = new("time.invalid", "时间须带时区（RFC 3339），例如 2026-11-24T16:00:00+08:00，且在 2000 年与 2100 年之间",
        "Give a time with its zone (RFC 3339), for example 2026-11-24T16:00:00+08:00, between the years 2000 and 2100");

    /// <summary>What to tell whoever sends neither where both will do.</summary>
    public static readonly Text DayOrTimeWanted =
        new("time.invalid", "须为日期（2026-11-24）或带时区的时间（2026-11-24T16:00:00+08:00），且在 2000 年与 2100 年之间",
        "Give a day such as 2026-11-24 or a time with its zone such as 2026-11-24T16:00:00+08:00, between the years 2000 and 2100");

    private static readonly DateTimeOffset First = StartOf(Earliest), Last = StartOf(Latest.AddDays(1));

    /// <summary>The same moment on the city's clock.</summary>
    public static DateTimeOffset ToLocal(this DateTimeOffset time) => time.ToOffset(Offset);

    /// <summary>The city's calendar day of a moment.</summary>
    public static DateOnly ToLocalDay(this DateTimeOffset time) => DateOnly.FromDateTime(time.ToLocal().DateTime);

    /// <summary>The city's time of day of a moment.</summary>
    public static TimeOnly ToLocalTimeOfDay(this DateTimeOffset time) => TimeOnly.FromDateTime(time.ToLocal().DateTime);

    /// <summary>The moment at which the city's day begins.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => Moment(day.ToDateTime(TimeOnly.MinValue));

    /// <summary>What the city's clock shows, as a moment in UTC.</summary>
    public static DateTimeOffset Moment(DateTime shown) => new(shown.Ticks - Offset.Ticks, TimeSpan.Zero);

    /// <summary>A day as yyyy-MM-dd, from <see cref="Earliest"/> to <see cref="Latest"/>; null where it is none.</summary>
    public static DateOnly? ReadDay(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day >= Earliest
            && day <= Latest ? day : null;

    /// <summary>A time as in RFC 3339: T and Z in either case, seconds may be missing, the zone may not. UTC, in whole microseconds:
    /// PostgreSQL keeps no more.
    /// Null where it is none or out of range.</summary>
    public static DateTimeOffset? ReadTime(string? text)
    {
        if (text is null || Rfc3339().Match(text) is not { Success: true, Groups: var parts }) return null;
        var seconds = parts["seconds"] is { Success: true, Value: var given } ? given : ":00";
        var plain = $"{parts["day"]}T{parts["time"]}{seconds}{parts["zone"]}".ToUpperInvariant();
        var (culture, style) = (CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
        if (!DateTimeOffset.TryParseExact(plain, "yyyy-MM-ddTHH:mm:ssK", culture, style, out var time)) return null;
        if (parts["fraction"] is { Success: true, Value: var digits }) time += TimeSpan.FromMicroseconds(int.Parse(digits.PadRight(6, '0')
            .AsSpan(0, 6), culture));
        return time >= First && time < Last ? time : null;
    }

    /// <summary>The same moment in whole microseconds.</summary>
    public static DateTimeOffset ToMicroseconds(this DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));

    [GeneratedRegex("\\A(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]"
        + "(?<time>[0-9]{2}:[0-9]{2})((?<seconds>:[0-9]{2})(\\.(?<fraction>[0-9]{1,20}))?)?"
        + "(?<zone>[Zz]|[+-][0-9]{2}:[0-9]{2})\\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Rfc3339();
}
