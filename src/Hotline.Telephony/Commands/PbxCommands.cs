using System.Globalization;
using System.Text.RegularExpressions;
using Hotline.Telephony.Ami;
using Hotline.Telephony.Calls;
using Microsoft.Extensions.Options;

namespace Hotline.Telephony.Commands;

/// <summary>Does at the PBX what the platform asks.</summary>
public sealed partial class PbxCommands(PbxLink link, IOptions<TelephonyOptions> options, TimeProvider clock, ILogger<PbxCommands> log)
{
    private static readonly TimeSpan TooLate = TimeSpan.FromMinutes(1);
    private readonly TelephonyOptions _options = options.Value;

    public async Task<CommandDone> Do(PbxCommand command, CancellationToken stop)
    {
        // a phone that rings for what somebody asked before a long break would frighten them
        if (command.At is { } at && clock.GetUtcNow() - at > TooLate) return CommandDone.Expired;
        if (link.Connection is not { } ami) return CommandDone.Away;
        try
        {
            return command.Kind switch
            {
                "dial" => await Dial(ami, command, stop),
                "hangup" => await HangUp(ami, command, "16", stop),
                "reject" => await HangUp(ami, command, "21", stop),
                "pause" => await Pause(ami, command, true, stop),
                "unpause" => await Pause(ami, command, false, stop),
                "listen" => await Listen(ami, command, "qE", stop),
                "whisper" => await Listen(ami, command, "qEw", stop),
                "join" => await Listen(ami, command, "qEB", stop),
                _ => CommandDone.Cannot,
            };
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            log.LogWarning("{Command} was not done: {Reason}", command, e.Message);
            return CommandDone.Away;
        }
    }

    private async Task<CommandDone> Dial(AmiConnection ami, PbxCommand command, CancellationToken stop)
    {
        // what goes into a dialplan must be nothing but a number
        if (command.Seat is not { } seat || !Extension().IsMatch(seat) || command.To is not { } to || !Dialled().IsMatch(to)
            || (command.LinkedId ?? command.Id) is not { } linked || !Token().IsMatch(linked)) return CommandDone.Cannot;
        var shown = command.From ?? _options.ShownNumber;
        if (shown.Length > 0 && !Dialled().IsMatch(shown)) return CommandDone.Cannot;
        await link.With((_, translation, now) =>
        {
            translation.Dialling(linked, seat, to, shown.Length > 0 ? shown : null, now);
            return (0, (IReadOnlyList<CallEvent>)[]);
        }, stop);
        var answer = await ami.Originate(_options.RingFor, stop,
            ("Channel", Phone(seat)), ("Context", _options.DialContext), ("Exten", to), ("Priority", "1"), ("ChannelId", linked),
            ("CallerID", shown), ("Variable", shown.Length > 0 ? "CALLERID(pres)=allowed" : "CALLERID(pres)=prohib"));
        if (answer["Response"] == "Success") return CommandDone.Done;
        // the reason is one of Asterisk's control frames: 3 rang only, 5 busy, 8 congestion
        var cause = answer["Reason"] switch
        {
            "1" or "3" => "noAnswer",
            "5" => "busy",
            "8" => "congestion",
            "0" => "notFound",
            _ => "pbx.cannot",
        };
        await link.With((_, translation, now) => (0, translation.NotDialled(linked, cause, now)), stop);
        return new(false, cause);
    }

    private async Task<CommandDone> HangUp(AmiConnection ami, PbxCommand command, string cause, CancellationToken stop)
    {
        var channels = await link.With((book, _, _) =>
        {
            var call = command.LinkedId is { } linked ? book.Find(linked) : command.Seat is { } seat ? book.OfSeat(seat)?.Call : null;
            return (call?.Origin is { } origin ? [origin.Channel] : Array.Empty<string>(), (IReadOnlyList<CallEvent>)[]);
        }, stop);
        return channels is [{ Length: > 0 } channel] ? Said(command, await ami.Ask("Hangup", stop, ("Channel", channel), ("Cause", cause)))
            : CommandDone.Cannot;
    }

    private async Task<CommandDone> Pause(AmiConnection ami, PbxCommand command, bool isPaused, CancellationToken stop)
    {
        if (command.Seat is not { } seat || !Extension().IsMatch(seat)) return CommandDone.Cannot;
        var member = await link.With((_, translation, _) => (translation.MemberOf(seat), (IReadOnlyList<CallEvent>)[]), stop);
        return Said(command, await ami.Ask("QueuePause", stop, ("Interface", member ?? Phone(seat)),
            ("Paused", isPaused ? "true" : "false"), ("Reason", Plain().Replace(command.Reason ?? "", ""))));
    }

    private async Task<CommandDone> Listen(AmiConnection ami, PbxCommand command, string manner, CancellationToken stop)
    {
        if (command.Seat is not { } seat || !Extension().IsMatch(seat) || !Token().IsMatch(command.Id)) return CommandDone.Cannot;
        var channel = await link.With((book, _, _) => (command.Target is { } target ? book.OfSeat(target)?.Leg.Channel
            : command.LinkedId is { } linked ? book.Find(linked)?.Legs.FirstOrDefault(l => l.State is LegState.Answered)?.Channel
            : null, (IReadOnlyList<CallEvent>)[]), stop);
        if (channel is not { Length: > 0 }) return CommandDone.Cannot;
        return Said(command, await ami.Originate(_options.RingFor, stop,
            ("Channel", Phone(seat)), ("Application", "ChanSpy"), ("Data", $"{channel},{manner}"),
            ("ChannelId", CallTranslation.ListenerPrefix + command.Id), ("CallerID", _options.ShownNumber)));
    }

    private string Phone(string seat) => string.Format(CultureInfo.InvariantCulture, _options.Phone, seat);

    private CommandDone Said(PbxCommand command, AmiMessage answer)
    {
        if (answer["Response"] == "Success") return CommandDone.Done;
        log.LogInformation("{Command} cannot be done: {Reason}", command, answer["Message"]);
        return CommandDone.Cannot;
    }

    [GeneratedRegex(@"^\d{2,8}$")]
    private static partial Regex Extension();

    [GeneratedRegex(@"^[+*#]?\d{2,20}$")]
    private static partial Regex Dialled();

    // Asterisk's own ids are such
    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,120}$")]
    private static partial Regex Token();

    [GeneratedRegex(@"[\p{Cc}]")]
    private static partial Regex Plain();
}
