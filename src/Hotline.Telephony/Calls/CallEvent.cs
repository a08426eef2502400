using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hotline.Telephony.Calls;

/// <summary>What can happen to a call.</summary>
public enum CallEventType
{
    Rang,
    Queued,
    Offered,
    Answered,
    Held,
    Resumed,
    Transferred,
    NoAnswer,
    Ended,
    Lost,
    SeatState,
    Recording,
}

/// <summary>Whether the city is called or calls.</summary>
public enum CallDirection
{
    In,
    Out,
}

/// <summary>What the platform is told: POST /api/calls/events.</summary>
/// <param name="EventId">The same for the same occurrence, however often it is seen: a repeat is recognised by it.</param>
/// <param name="At">The PBX's time.</param>
/// <param name="Pbx">Which PBX.</param>
/// <param name="Type">What happened.</param>
/// <param name="LinkedId">The call at the PBX, whatever becomes of it; null only of a seat's state.</param>
/// <param name="CallId">The channel that it happened to, one leg of the call.</param>
/// <param name="Direction">Null of a seat's state.</param>
/// <param name="From">Who calls, as the PBX writes it; anonymous where it is withheld.</param>
/// <param name="To">The number dialled.</param>
/// <param name="Queue">The queue that the caller waits in or came from.</param>
/// <param name="Seat">Extension of the operator whom it is about.</param>
/// <param name="Position">In the queue, 1 is next.</param>
/// <param name="Cause">Why it ended or was not answered (abandoned, normalClearing, busy, cancel, noAnswer, congestion, notFound); the
/// state of a seat (ready, paused, paused:reason, unavailable); the extension to which a call was transferred.</param>
/// <param name="Recording">The recording's file at the PBX.</param>
public sealed record CallEvent(
    string EventId, DateTimeOffset At, string Pbx, CallEventType Type, string? LinkedId = null, string? CallId = null,
    CallDirection? Direction = null, string? From = null, string? To = null, string? Queue = null, string? Seat = null,
    int? Position = null, string? Cause = null, string? Recording = null)
{
    /// <summary>An event's id, from what makes it that event.</summary>
    public static string IdOf(params IEnumerable<string?> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..32];

    /// <summary>An event's time, as a part of its id: milliseconds.</summary>
    public static string IdOf(DateTimeOffset at) => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>Without the caller's number: this is what a log may show.</summary>
    public override string ToString() => $"{Type} {EventId} of {LinkedId ?? Seat}";
}

/// <summary>What Asterisk's names and numbers mean here.</summary>
public static class AsteriskWords
{
    /// <summary>Why a call ended, of Asterisk's cause codes (Q.850).</summary>
    public static string CauseOf(string code) => code switch
    {
        "0" or "16" or "31" => "normalClearing",
        "17" => "busy",
        "18" or "19" => "noAnswer",
        "21" => "rejected",
        "1" or "2" or "3" or "22" or "28" => "notFound",
        _ => "congestion",
    };

    /// <summary>Why a phone was not answered, of DialStatus; null if it was.</summary>
    public static string? NoAnswerOf(string status) => status switch
    {
        "ANSWER" => null,
        "BUSY" => "busy",
        "CANCEL" => "cancel",
        "CHANUNAVAIL" => "notFound",
        "CONGESTION" => "congestion",
        _ => "noAnswer",
    };

    /// <summary>A caller's number; null where there is none yet.</summary>
    public static string? Number(string number) => number is "" or "<unknown>" or "unknown" ? null : number;
}
