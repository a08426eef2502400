using System.ComponentModel.DataAnnotations;

namespace Hotline.Dispatch.Orders;

/// <summary>Settings under Dispatch. Local rules: no national standard sets these.</summary>
public sealed class DispatchOptions
{
    /// <summary>How long an offer stands.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "24:00:00")]
    public TimeSpan OfferLasts { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Within what time after acceptance the vendor phones the citizen.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "24:00:00")]
    public TimeSpan ContactWithin { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How often deadlines are looked at.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10")]
    public TimeSpan ClockTick { get; init; } = TimeSpan.FromMilliseconds(500);
}
