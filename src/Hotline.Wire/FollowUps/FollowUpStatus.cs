using System.Text.Json.Serialization;

namespace Hotline.Wire.FollowUps;

[JsonConverter(typeof(EnumFormat<FollowUpStatus>))]
public enum FollowUpStatus
{
    /// <summary>Waits for an operator.</summary>
    Open,

    /// <summary>Waits for the time at which to call again. Shown, but stored as open: it becomes so by itself.</summary>
    Waiting,

    /// <summary>An operator has it.</summary>
    Claimed,

    /// <summary>The citizen answered.</summary>
    Completed,

    /// <summary>The citizen could not be reached, or does not want to be asked.</summary>
    Unreachable,
}

/// <summary>What the follow-up is about.</summary>
[JsonConverter(typeof(EnumFormat<FollowUpKind>))]
public enum FollowUpKind
{
    /// <summary>A completed service.</summary>
    Service,

    /// <summary>A declined price.</summary>
    Declined,

    /// <summary>A service that was promised and not delivered, or for which nobody was found.</summary>
    Unfulfilled,
}

[JsonConverter(typeof(EnumFormat<AttemptOutcome>))]
public enum AttemptOutcome { NoAnswer, Busy, WrongNumber, Refused }
