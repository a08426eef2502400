using Hotline.Console.Shared;

namespace Hotline.Console.Overview;

/// <summary>Of which days the overview is.</summary>
/// <param name="Range">One of <see cref="Ranges"/>; blank = chosen by its days.</param>
/// <param name="To">The last day; part of it.</param>
public sealed record OverviewSpan(string Range, DateOnly From, DateOnly To)
{
    public static readonly string[] Ranges = ["today", "yesterday", "7days", "30days", "month"];

    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>As the address says it: a range, or its first and last day, or one day; today where it says nothing.</summary>
    public static OverviewSpan Read(AddressFilters filters, DateOnly today)
    {
        var (from, to) = (LocalTime.ReadDay(filters["from"]) ?? LocalTime.ReadDay(filters["day"]), LocalTime.ReadDay(filters["to"]));
        if ((from ?? to) is { } known)
        {
            var (first, last) = (from ?? known, to ?? known);
            return last < first ? new("", last, first) : new("", first, last);
        }
        return filters["range"] switch
        {
            "yesterday" => new("yesterday", today.AddDays(-1), today.AddDays(-1)),
            "7days" => new("7days", today.AddDays(-6), today),
            "30days" => new("30days", today.AddDays(-29), today),
            "month" => new("month", new(today.Year, today.Month, 1), today),
            _ => new("today", today, today),
        };
    }

    /// <summary>The days with which it is compared: as many directly before it, or the same days of the week in the weeks before.</summary>
    public OverviewSpan Earlier(bool sameWeekdays)
    {
        var back = sameWeekdays ? (Days + 6) / 7 * 7 : Days;
        return From.DayNumber - back < LocalTime.Earliest.DayNumber ? this : new("", From.AddDays(-back), To.AddDays(-back));
    }

    public override string ToString() => From == To ? Format.Iso(From) : $"{Format.Iso(From)} – {Format.Iso(To)}";
}
