using System.ComponentModel.DataAnnotations;

namespace Hotline.FollowUps.FollowUps;

/// <summary>Settings under FollowUp. Local rules; that every service is followed up is the hotline's own.</summary>
public sealed class FollowUpOptions
{
    /// <summary>After so many attempts the citizen counts as unreachable.</summary>
    [Range(1, 20)]
    public int MaxAttempts { get; init; } = 3;

    /// <summary>How long a follow-up belongs to the operator who claimed it; each action renews it.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "24:00:00")]
    public TimeSpan ClaimLasts { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>After an attempt the follow-up is in nobody's hands for so long;
    /// 00:00:00 = the operator keeps it and tries again at once.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan TryAgainAfter { get; init; } = TimeSpan.FromMinutes(30);
}
