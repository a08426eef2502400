namespace Hotline.Telephony.Commands;

/// <summary>What the platform asks of the PBX: the data of an event of GET /api/calls/commands.</summary>
/// <param name="Id">By which it is answered.</param>
/// <param name="Kind">dial, hangup, pause, unpause, listen, whisper, join, reject.</param>
/// <param name="At">When it was asked for; what is older than a minute is not done any more.</param>
/// <param name="LinkedId">The call that it is about; of one to be dialled, the id that it shall have.</param>
/// <param name="Seat">Whose phone rings, pauses, or listens in.</param>
/// <param name="Target">The seat that is listened to.</param>
/// <param name="To">The number to be dialled.</param>
/// <param name="From">The number that whoever is called sees; empty: withheld; null: the PBX's own.</param>
/// <param name="Reason">Of a pause.</param>
public sealed record PbxCommand(
    string Id, string Kind, DateTimeOffset? At = null, string? LinkedId = null, string? Seat = null, string? Target = null,
    string? To = null, string? From = null, string? Reason = null)
{
    /// <summary>Without numbers: this is what a log may show.</summary>
    public override string ToString() => $"{Kind} {Id}";
}

/// <summary>What came of it: POST /api/calls/commands/{id}/done.</summary>
/// <param name="Ok">Whether the PBX did it.</param>
/// <param name="Cause">Why not: pbx.cannot (it cannot do such a thing, or not to that), pbx.away, command.expired; or why nobody was
/// reached: noAnswer, busy, notFound, congestion.</param>
public sealed record CommandDone(bool Ok, string? Cause)
{
    public static CommandDone Done { get; } = new(true, null);

    public static CommandDone Cannot { get; } = new(false, "pbx.cannot");

    public static CommandDone Away { get; } = new(false, "pbx.away");

    public static CommandDone Expired { get; } = new(false, "command.expired");
}
