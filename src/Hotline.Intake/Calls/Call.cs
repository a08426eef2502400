using Hotline.Wire.Calls;

namespace Hotline.Intake.Calls;

/// <summary>A conversation from first ring to last hang-up (来电, 去电), however many legs; its telephone system's linked id is its
/// key. What it went through follows from its events (<see cref="CallStory"/>); what people made of it is its own.</summary>
public sealed record Call : IVersioned
{
    private static readonly Text HasEnded = new("call.ended", "通话已结束", "The call has ended");
    private static readonly Text OtherCaller = new("call.other-caller",
        "该工单的电话与来电号码不同；确认是同一件事时，请填写 otherCaller: true", "The request has another phone number: say otherCaller: true if it is about it");

    public required Guid Id { get; init; }
    public required string Pbx { get; init; }
    public required string LinkedId { get; init; }
    public CallDirection Direction { get; init; }

    /// <summary><see cref="CallNumbers"/>, sealed; null = not told, or erased.</summary>
    public string? Numbers { get; init; }

    /// <summary>By which the citizen's number is found; null = not told, withheld, or erased.</summary>
    public byte[]? PhoneHash { get; init; }

    /// <summary>The hotline's number.</summary>
    public string? DialledNumber { get; init; }
    public CallState State { get; init; }
    public CallOutcome? Outcome { get; init; }
    public string? Queue { get; init; }
    public DateTimeOffset RangAt { get; init; }
    public DateTimeOffset? QueuedAt { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? Seat { get; init; }
    public string? OperatorId { get; init; }
    public string? Operator { get; init; }
    public int? WaitSeconds { get; init; }
    public int? TalkSeconds { get; init; }
    public string? Recording { get; init; }
    public CallKind? Kind { get; init; }
    public string? Note { get; init; }
    public string? DisposedBy { get; init; }
    public DateTimeOffset? DisposedAt { get; init; }

    /// <summary>0 = not yet kept.</summary>
    public int Version { get; init; }

    /// <summary>The call after all that was told of it.</summary>
    /// <param name="holder">Who sat at the seat that has it.</param>
    public Call After(CallStory story, SeatHolder? holder) => this with
    {
        Direction = story.Direction,
        State = story.State,
        Outcome = story.Outcome,
        Queue = story.Queue,
        RangAt = story.RangAt,
        QueuedAt = story.QueuedAt,
        AnsweredAt = story.AnsweredAt,
        EndedAt = story.EndedAt,
        Seat = story.Last?.Seat,
        OperatorId = holder?.Person,
        Operator = holder?.Name,
        WaitSeconds = story.WaitSeconds,
        TalkSeconds = story.TalkSeconds,
        Recording = story.Recording,
        Version = Version + 1,
    };

    /// <summary>What it was, if no request came of it.</summary>
    public Decision<Call> Dispose(CallKind kind, string? note, string by, DateTimeOffset now) =>
        Decision.Accept(this with { Kind = kind, Note = note, DisposedBy = by, DisposedAt = now, Version = Version + 1 });

    /// <summary>A request came of it, or it was about one.</summary>
    /// <param name="phone">Of the request, hashed; null = erased.</param>
    /// <param name="otherCaller">Yes, though the phone is another one.</param>
    public Decision<Call> Link(byte[]? phone, bool otherCaller) =>
        otherCaller || PhoneHash is null || phone is null || PhoneHash.AsSpan().SequenceEqual(phone)
            ? Decision.Accept(this with { Version = Version + 1 }) : new Refusal(OtherCaller);

    /// <summary>Null where the call goes on.</summary>
    public Refusal? RefusesAsEnded => State is CallState.Ended ? new(HasEnded, CurrentStatus: State.ToWire()) : null;
}

/// <summary>Who sat at a seat.</summary>
/// <param name="Person">Subject of the token.</param>
public sealed record SeatHolder(string Person, string Name);
