namespace Hotline.Wire.Calls;

/// <summary>What the platform asks of a telephone system.</summary>
/// <param name="Id">By which it is answered; empty in what only says that the stream is alive.</param>
/// <param name="Kind">dial, hangup, hold, resume, pause, unpause, listen, whisper, join, reject; alive.</param>
/// <param name="At">When it was asked for; what is older than a minute is not to be done any more.</param>
/// <param name="LinkedId">The call that it is about; of one to be dialled, the id that it shall have.</param>
/// <param name="Seat">Whose telephone rings, pauses, or listens in.</param>
/// <param name="Target">The seat that is listened to.</param>
/// <param name="To">The number to be dialled.</param>
/// <param name="From">The number that whoever is called sees.</param>
/// <param name="Reason">Of a pause.</param>
public sealed record PbxCommandView(
    string Id, string Kind, DateTimeOffset At, string? LinkedId, string? Seat, string? Target, string? To, string? From,
    string? Reason) : Shown;

/// <param name="Ok">Whether the telephone system did it.</param>
/// <param name="Cause">Why not: pbx.cannot, noAnswer, busy, notFound, congestion…</param>
public sealed record CommandDoneInput(bool? Ok, string? Cause) : Shown;

/// <summary>Whom to call: one of these. The caller's telephone rings first.</summary>
/// <param name="Phone">In any form.</param>
/// <param name="RequestId">The citizen of a request.</param>
/// <param name="OrderId">The citizen of an order.</param>
/// <param name="MissedId">A caller whom we owe a call.</param>
public sealed record DialInput(string? Phone, Guid? RequestId, Guid? OrderId, Guid? MissedId) : Shown;

/// <param name="CallId">The call, which begins now.</param>
public sealed record DialView(Guid CallId) : Shown;

/// <summary>A number that is not put through.</summary>
/// <param name="Number">In full: who blocked it knows it.</param>
/// <param name="Until">None = until it is lifted.</param>
public sealed record BlockedNumberView(
    Guid Id, string Number, string Reason, DateTimeOffset? Until, string BlockedBy, DateTimeOffset BlockedAt) : Shown;

/// <param name="Phone">In any form.</param>
/// <param name="Reason">In words, at most 500 characters.</param>
/// <param name="Until">None = until it is lifted.</param>
public sealed record BlockInput(string? Phone, string? Reason, DateTimeOffset? Until) : Shown;
