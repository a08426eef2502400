namespace Hotline.Wire.Calls;

/// <summary>A call as the desk sees it.</summary>
/// <param name="CallerNumber">Of the citizen, whoever called whom; masked in lists.</param>
/// <param name="DialledNumber">The hotline's number that was dialled, or is shown to whom we call.</param>
/// <param name="Queue">Where it waited.</param>
/// <param name="RangAt">When it came in, by the telephone system's clock; as are the others.</param>
/// <param name="AnsweredAt">When a person answered.</param>
/// <param name="Seat">Extension of the seat that has it, or had it last.</param>
/// <param name="Operator">Who sat there.</param>
/// <param name="WaitSeconds">From the queue (or from its coming in) until a person answered or it ended; none while it waits.</param>
/// <param name="TalkSeconds">Of all who spoke with the caller, time on hold included; none before the end, and of what was lost.</param>
/// <param name="RequestIds">Requests that came of it, or that it was about.</param>
/// <param name="Kind">What it was, if no request.</param>
public sealed record CallView(
    Guid Id, CallDirection Direction, string? CallerNumber, string? DialledNumber, CallState State, string? Queue, DateTimeOffset RangAt,
    DateTimeOffset? QueuedAt, DateTimeOffset? AnsweredAt, DateTimeOffset? EndedAt, string? Seat, string? Operator, int? WaitSeconds,
    int? TalkSeconds, CallOutcome? Outcome, IReadOnlyList<Guid> RequestIds, bool Recording, CallKind? Kind, string? Note,
    string? DisposedBy, DateTimeOffset? DisposedAt, IReadOnlyList<CallLegView> Legs, int Version) : Shown, IVersioned;

/// <summary>A seat's part of a call.</summary>
/// <param name="Answered">Whether somebody there answered.</param>
/// <param name="EndedAt">When it left the call, or stopped ringing.</param>
public sealed record CallLegView(
    string Seat, string? Operator, DateTimeOffset? OfferedAt, DateTimeOffset? AnsweredAt, DateTimeOffset? EndedAt, bool Answered) : Shown;

/// <param name="RequestId">The request that came of the call, or that it was about.</param>
/// <param name="OtherCaller">Yes, though the request has another phone number.</param>
public sealed record LinkRequestInput(Guid? RequestId, bool? OtherCaller) : Shown;

/// <param name="Kind">wrongNumber, silent, harassment, askedOnly, disconnected, test or other.</param>
/// <param name="Note">In words, at most 500 characters.</param>
public sealed record DisposeInput(string? Kind, string? Note) : Shown;

/// <param name="Reason">In words, at most 500 characters.</param>
public sealed record CloseCallInput(string? Reason) : Shown;
