using System.Text.Json.Serialization;

namespace Hotline.Wire.Calls;

/// <summary>Where a call that we owe stands.</summary>
[JsonConverter(typeof(EnumFormat<MissedStatus>))]
public enum MissedStatus
{
    /// <summary>Nobody calls back yet.</summary>
    Open,

    /// <summary>Somebody is to call back.</summary>
    Claimed,

    /// <summary>Somebody called back, or it was not needed.</summary>
    Done,

    /// <summary>The caller got through meanwhile.</summary>
    Answered,
}

/// <summary>What came of calling back.</summary>
[JsonConverter(typeof(EnumFormat<MissedOutcome>))]
public enum MissedOutcome
{
    Answered,
    NoAnswer,
    Busy,
    Failed,

    /// <summary>The caller is known to be served already.</summary>
    NotNeeded,
}

/// <summary>A caller whom we owe a call: one of a caller and day, however often it was tried.</summary>
/// <param name="CallerNumber">Masked, in full to whoever claims it.</param>
/// <param name="DialledNumber">Of the last try.</param>
/// <param name="Times">How often the caller hung up before a person answered.</param>
/// <param name="FirstAt">When the caller first hung up.</param>
/// <param name="LastAt">When the caller last hung up.</param>
/// <param name="CallId">The last try.</param>
public sealed record MissedCallView(
    Guid Id, string? CallerNumber, string? DialledNumber, int Times, DateTimeOffset FirstAt, DateTimeOffset LastAt, Guid CallId,
    MissedStatus Status, string? ClaimedBy, DateTimeOffset? ClaimedAt, MissedOutcome? Outcome, string? DoneBy, DateTimeOffset? DoneAt,
    int Version) : Shown, IVersioned;

/// <param name="Outcome">answered, noAnswer, busy, failed or notNeeded.</param>
public sealed record MissedDoneInput(string? Outcome) : Shown;
