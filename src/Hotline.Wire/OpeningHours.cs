namespace Hotline.Wire;

/// <summary>A vendor's opening hours.</summary>
public static class OpeningHours
{
    /// <summary>Whether it is open at a time of day. Hotline.VendorRegistry's MatchStore says the same in SQL.</summary>
    /// <param name="opens">Local time of day; null = day and night.</param>
    /// <param name="closes">Local time of day; before opening means after midnight, equal to it means day and night.</param>
    /// <param name="at">Local time of day.</param>
    public static bool Include(TimeOnly? opens, TimeOnly? closes, TimeOnly at) =>
        opens is not { } from || closes is not { } until || from == until || at.IsBetween(from, until);
}
