namespace Hotline.Wire.Calls;

/// <summary>What a telephone system tells. Events may come late, twice and in any order; any makes the call that it names.</summary>
/// <param name="EventId">The telephone system's own, the same when it is told again.</param>
/// <param name="At">When it happened, by the telephone system's clock; at most 5 minutes ahead and 7 days old.</param>
/// <param name="Pbx">Which telephone system; may be missing where the credential is of one.</param>
/// <param name="LinkedId">Of all legs of a call the same, also after a transfer.</param>
/// <param name="CallId">Of one leg.</param>
/// <param name="Type">rang, queued, offered, answered, held, resumed, transferred, noAnswer, ended, lost, seatState or recording.</param>
/// <param name="Direction">in (default) or out.</param>
/// <param name="From">Who calls, in any form; anonymous or empty where it is not told.</param>
/// <param name="To">Which number was dialled.</param>
/// <param name="Queue">Name of the queue.</param>
/// <param name="Seat">Extension of the seat; needed for offered, answered and noAnswer of calls that come in, and seatState.</param>
/// <param name="Position">Place in the queue, 1 = next.</param>
/// <param name="Cause">Why it ended: busy, cancel, noAnswer, congestion, notFound…; of seatState whether the telephone can be rung:
/// unreachable or unavailable where it cannot.</param>
/// <param name="Recording">Of recording its id at the telephone system.</param>
public sealed record CallEventInput(
    string? EventId, string? At, string? Pbx, string? LinkedId, string? CallId, string? Type, string? Direction, string? From, string? To,
    string? Queue, string? Seat, int? Position, string? Cause, string? Recording) : Shown;

/// <summary>An event that was not taken.</summary>
/// <param name="Index">Its place among those sent, 0 = first.</param>
/// <param name="Code">What is wrong: event.id, event.time, event.type, event.pbx, event.call, event.seat, event.direction, event.field
/// or event.unreadable.</param>
/// <param name="Message">In the caller's language.</param>
public sealed record RefusedEvent(int Index, string Code, string Message) : Shown;

/// <summary>What became of the events sent. Those taken are committed.</summary>
/// <param name="Accepted">New ones.</param>
/// <param name="Repeated">Told before: they have no effect.</param>
public sealed record CallEventsView(int Accepted, int Repeated, IReadOnlyList<RefusedEvent> Refused) : Shown;

/// <summary>An event in the form of Zammad and sipgate.io.</summary>
/// <param name="Event">newCall, answer or hangup.</param>
/// <param name="Direction">in or out.</param>
/// <param name="CallId">Of the call, or of one of its parts after it was sent on.</param>
/// <param name="OrigCallId">Of the call that was sent on.</param>
/// <param name="User">Who is called, or answers.</param>
/// <param name="AnsweringNumber">Extension that answered.</param>
/// <param name="Cause">normalClearing, busy, cancel, noAnswer, congestion, notFound or forwarded.</param>
public sealed record CtiInput(
    string? Event, string? From, string? To, string? Direction, string? CallId, string? OrigCallId, IReadOnlyList<string>? User,
    string? Queue, string? AnsweringNumber, string? Cause) : Shown;

/// <param name="Action">reject where the call is not to be put through.</param>
public sealed record CtiView([property: System.Text.Json.Serialization.JsonIgnore(
    Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] string? Action) : Shown;
