using System.Globalization;
using System.Text.RegularExpressions;

namespace Hotline.EndToEnd.Tests.Upgrade;

/// <summary>Moves what was written down at one time to another: all moments, all days, and all ids that begin with a moment (UUIDv7).
/// A stored offer would be over, a stored contract run out and a stored message forgotten by its age otherwise.</summary>
/// <param name="was">When it was written down.</param>
/// <param name="now">When it is to have been written down, to the second.</param>
public sealed partial class Ageing(DateTimeOffset was, DateTimeOffset now)
{
    private readonly TimeSpan _by = TimeSpan.FromSeconds(Math.Floor((now - was).TotalSeconds));
    private readonly int _days = (now.UtcDateTime.Date - was.UtcDateTime.Date).Days;

    /// <summary>A text with everything in it moved.</summary>
    public string Text(string text) => Ids().Replace(Moments().Replace(text, Moment), Id);

    private string Moment(Match match)
    {
        var day = DateTime.ParseExact(match.Groups["day"].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (!match.Groups["time"].Success) return day.AddDays(_days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var moved = day + TimeSpan.Parse(match.Groups["time"].Value, CultureInfo.InvariantCulture) + _by;
        return moved.ToString($"yyyy-MM-dd'{match.Groups["between"].Value}'HH:mm:ss", CultureInfo.InvariantCulture);
    }

    private string Id(Match match)
    {
        var (high, hyphen, low) = (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value);
        var at = (Convert.ToInt64(high + low, 16) + (long)_by.TotalMilliseconds) & 0xffff_ffff_ffff;
        var moved = at.ToString("x12", CultureInfo.InvariantCulture);
        return $"{moved[..8]}{hyphen}{moved[8..]}";
    }

    [GeneratedRegex(@"\b(?<day>20\d\d-\d\d-\d\d)(?:(?<between>[T ])(?<time>\d\d:\d\d:\d\d))?")]
    private static partial Regex Moments();

    // with and without hyphens, as in a vendor's client id
    [GeneratedRegex(@"\b([0-9a-f]{8})(-?)([0-9a-f]{4})(?=\2(7[0-9a-f]{3})\2([89ab][0-9a-f]{3})\2[0-9a-f]{12}\b)")]
    private static partial Regex Ids();
}
