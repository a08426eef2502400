using System.ComponentModel.DataAnnotations;
using Hotline.Telephony.Calls;

namespace Hotline.Telephony;

/// <summary>Settings under Telephony.</summary>
public sealed class TelephonyOptions
{
    /// <summary>The PBX's name here, the same for ever: with it and the PBX's own id a call is known.</summary>
    [Required]
    public string Pbx { get; init; } = "";

    /// <summary>The platform's public address. Plain http only on this machine.</summary>
    [Required, Url]
    public string Platform { get; init; } = "";

    /// <summary>Of a system with role cti, as its creation said it.</summary>
    [Required]
    public string ClientId { get; init; } = "";

    [Required]
    public string ClientSecret { get; init; } = "";

    /// <summary>Where Asterisk's manager interface listens.</summary>
    public string AmiHost { get; init; } = "127.0.0.1";

    [Range(1, 65535)]
    public int AmiPort { get; init; } = 5038;

    [Required]
    public string AmiUser { get; init; } = "";

    [Required]
    public string AmiSecret { get; init; } = "";

    /// <summary>Folder of what waits for the platform, its owner's alone.</summary>
    [Required]
    public string State { get; init; } = "";

    /// <summary>Asterisk's queue_log, if this process may read it: who hung up while the connection was cut.</summary>
    public string QueueLog { get; init; } = "";

    /// <summary>Which channels are operators' phones: a regular expression whose group seat is the extension.</summary>
    public string SeatPattern { get; init; } = Calls.SeatPattern.Usual;

    /// <summary>How a phone is rung; {0} is its extension.</summary>
    public string Phone { get; init; } = "PJSIP/{0}";

    /// <summary>The dialplan's context in which a number outside is dialled.</summary>
    public string DialContext { get; init; } = "from-internal";

    /// <summary>The hotline's number that whoever is called sees; empty = the number is withheld.</summary>
    public string ShownNumber { get; init; } = "";

    /// <summary>How long an operator's phone rings before a call that they asked for is given up.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan RingFor { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>From one look at all channels to the next.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SnapshotEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the platform's address may carry a token.</summary>
    public bool IsSafe => Uri.TryCreate(Platform, UriKind.Absolute, out var url) && (url.Scheme == "https" || url.IsLoopback);

    public SeatPattern Seats => new(SeatPattern);
}
