using Hotline.Wire.Calls;

namespace Hotline.Intake.Calls.Missed;

/// <summary>A caller whom we owe a call (未接来电).</summary>
public sealed record MissedCall : IVersioned
{
    private static readonly Text Others = new("missed.claimed", "已由 {0} 认领", "{0} has claimed it");
    private static readonly Text Over = new("missed.over", "已回电，或市民已再次来电并接通", "It was called back, or the caller got through meanwhile");

    public required Guid Id { get; init; }
    public required Guid CallId { get; init; }
    public DateTimeOffset FirstAt { get; init; }
    public DateTimeOffset LastAt { get; init; }
    public int Times { get; init; }
    public MissedStatus Status { get; init; }
    public string? ClaimedById { get; init; }
    public string? ClaimedBy { get; init; }
    public DateTimeOffset? ClaimedAt { get; init; }
    public MissedOutcome? Outcome { get; init; }
    public string? DoneBy { get; init; }
    public DateTimeOffset? DoneAt { get; init; }
    public int Version { get; init; }

    /// <summary>Of the last try: both ends, sealed.</summary>
    public string? Numbers { get; init; }
    public string? DialledNumber { get; init; }

    /// <summary>Somebody is to call back.</summary>
    public Decision<MissedCall> Claim(string person, string name, DateTimeOffset now) =>
        Refuses(person) is { } refusal ? refusal
            : Status is MissedStatus.Claimed ? Decision.Accept(this)
            : Decision.Accept(this with
            { Status = MissedStatus.Claimed, ClaimedById = person, ClaimedBy = name, ClaimedAt = now, Version = Version + 1 });

    /// <summary>Somebody called back.</summary>
    public Decision<MissedCall> Done(MissedOutcome outcome, string person, string name, DateTimeOffset now) =>
        Refuses(person) is { } refusal ? refusal
            : Decision.Accept(this with
            { Status = MissedStatus.Done, Outcome = outcome, DoneBy = name, DoneAt = now, Version = Version + 1 });

    private Refusal? Refuses(string person) =>
        Status is MissedStatus.Done or MissedStatus.Answered ? new(Over, CurrentStatus: Status.ToWire())
            : Status is MissedStatus.Claimed && ClaimedById != person
                ? new(new(Others.Code, string.Format(null, Others.Zh, ClaimedBy), string.Format(null, Others.En, ClaimedBy)),
                    CurrentStatus: Status.ToWire())
                : null;
}
