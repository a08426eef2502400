using System.Text.RegularExpressions;
using Hotline.Telephony.Ami;

namespace Hotline.Telephony.Calls;

/// <summary>What Asterisk's events mean for calls. It neither waits nor asks: a message in, events out.</summary>
/// <param name="book">The calls as far as they are known; it writes there what a message says.</param>
/// <param name="seats">Which channels are operators' phones.</param>
public sealed class CallTranslation(CallBook book, SeatPattern seats)
{
    /// <summary>What channels are called that listen in: they are no calls.</summary>
    public const string ListenerPrefix = "hotline-listen-";

    private readonly Dictionary<string, string> _seatStates = [];
    private readonly Dictionary<string, string> _members = [];
    private readonly List<CallEvent> _told = [];

    /// <summary>Reads one message.</summary>
    /// <param name="now">Its time, where the PBX does not say any (timestampevents=no).</param>
    /// <returns>What the platform is told, in order.</returns>
    public IReadOnlyList<CallEvent> Apply(AmiMessage message, DateTimeOffset now)
    {
        _told.Clear();
        var at = message.At ?? now;
        switch (message.Event)
        {
            case "Newchannel": NewChannel(message, at); break;
            case "NewCallerid": NewCallerId(message); break;
            case "Rename": Rename(message); break;
            case "VarSet": Variable(message, at); break;
            case "QueueCallerJoin": Queued(message, at); break;
            case "QueueCallerLeave": Change(message, call => call with { IsQueued = false }); break;
            case "QueueCallerAbandon": Change(message, call => End(call, at, "abandoned")); break;
            case "AgentCalled": Offered(message, at, message["Interface"]); break;
            case "AgentRingNoAnswer": NotAnswered(message, at, "noAnswer"); break;
            case "AgentConnect": Answered(message, at, message["Interface"]); break;
            // what follows, a question how content the caller is, is no talk any more; after a transfer the call goes on
            case "AgentComplete" when message["Reason"] != "transfer": Change(message, call => End(call, at, "normalClearing")); break;
            case "DialBegin": DialBegins(message, at); break;
            case "DialEnd": DialEnds(message, at); break;
            case "Hold": Held(message, at, LegState.Answered, LegState.Held, CallEventType.Held); break;
            case "Unhold": Held(message, at, LegState.Held, LegState.Answered, CallEventType.Resumed); break;
            case "BlindTransfer" when message["Result"] == "Success":
                Transferred(message, at, message["TransfererChannel"], message["Extension"], target: null);
                break;
            case "AttendedTransfer" when message["Result"] == "Success":
                Transferred(message, at, message["OrigTransfererChannel"], message["SecondTransfererConnectedLineNum"],
                    message["TransferTargetChannel"]);
                break;
            case "Hangup": HungUp(message, at); break;
            case "QueueMemberPause" or "QueueMemberStatus" or "QueueMember" or "QueueMemberAdded": SeatState(message, at); break;
        }
        return [.. _told];
    }

    /// <summary>As whom a queue knows an operator's phone; null where no queue does.</summary>
    public string? MemberOf(string seat) => _members.GetValueOrDefault(seat);

    /// <summary>A call that we were told to make: it is ours from its first channel on.</summary>
    public void Dialling(string linkedId, string seat, string to, string? from, DateTimeOffset at) =>
        book.Put(new(linkedId, CallDirection.Out, at) { Seat = seat, To = to, From = from });

    /// <summary>It did not come to anything.</summary>
    public IReadOnlyList<CallEvent> NotDialled(string linkedId, string cause, DateTimeOffset at)
    {
        _told.Clear();
        if (book.Find(linkedId) is { } call) End(call, at, cause);
        return [.. _told];
    }

    private void NewChannel(AmiMessage message, DateTimeOffset at)
    {
        var (id, linked, channel) = (message["Uniqueid"], message["Linkedid"], message["Channel"]);
        if (id.StartsWith(ListenerPrefix, StringComparison.Ordinal)) book.Ended(linked);
        if (book.HasEnded(linked)) return;
        var leg = new Leg(id, channel, seats.Of(channel));
        if (book.Find(linked) is { } known)
        {
            known = book.Put(known.With(leg));
            if (id == linked) Tell(known, book.Tell(known, CallEventType.Rang, at, once: true, leg)); // the first of one that we made
            return;
        }
        if (id != linked) return; // of a call from before our time: a snapshot tells of it
        var call = Begun(message, leg, at);
        book.Put(call.With(leg));
        Tell(call, book.Tell(call, CallEventType.Rang, at, once: true, leg));
    }

    private OpenCall Begun(AmiMessage message, Leg leg, DateTimeOffset at)
    {
        var (linked, extension, dialled) = (message["Linkedid"], message["Exten"], message.Variable("DIALLED"));
        if (leg.Seat is null)
        {
            return new(linked, CallDirection.In, at)
            { From = AsteriskWords.Number(message["CallerIDNum"]) ?? "anonymous", To = dialled ?? Dialled(extension) };
        }
        return new(linked, IsKnownSeat(extension) || Dialled(extension) is null ? null : CallDirection.Out, at)
        { Seat = leg.Seat, To = Dialled(extension) };
    }

    // of the members of a queue
    private bool IsKnownSeat(string extension) => _members.ContainsKey(extension);

    private static string? Dialled(string extension) => extension is "" or "s" ? null : extension;

    private void NewCallerId(AmiMessage message) => Change(message, call =>
    {
        if (message["Uniqueid"] == call.LinkedId && call is { Direction: CallDirection.In, From: "anonymous" }
            && AsteriskWords.Number(message["CallerIDNum"]) is { } number) book.Put(call with { From = number });
    });

    private void Rename(AmiMessage message) => Change(message, call =>
    {
        if (call.Of(message["Uniqueid"]) is { } leg) book.Put(call.With(leg with { Channel = message["Newname"] }));
    });

    // the number dialled, once the dialplan says it; where the recording goes
    private void Variable(AmiMessage message, DateTimeOffset at) => Change(message, call =>
    {
        var value = message["Value"];
        if (value.Length == 0) return;
        switch (message["Variable"].TrimStart('_'))
        {
            case "DIALLED" when call.Direction is CallDirection.In && message["Uniqueid"] == call.LinkedId:
                book.Put(call with { To = value });
                break;
            case "MIXMONITOR_FILENAME" when call.Direction is not null:
                var monitor = value.IndexOf("/monitor/", StringComparison.Ordinal);
                Tell(call, book.Tell(call, CallEventType.Recording, at, once: false, call.Of(message["Uniqueid"])) with
                { Recording = monitor < 0 ? Path.GetFileName(value) : value[(monitor + "/monitor/".Length)..] });
                break;
        }
    });

    private void Queued(AmiMessage message, DateTimeOffset at) => Change(message, call =>
    {
        call = book.Put(call with
        {
            IsQueued = true,
            Queue = message["Queue"],
            To = call.To is null || call.Direction is CallDirection.In ? message.Variable("DIALLED") ?? call.To : call.To,
        });
        Tell(call, book.Tell(call, CallEventType.Queued, at, once: false, call.Of(message["Uniqueid"])) with
        { Position = int.TryParse(message["Position"], out var position) ? position : null });
    });

    private void Offered(AmiMessage message, DateTimeOffset at, string phone) => Change(message, call =>
    {
        if (LegTo(call, message, phone) is not { Seat: { } seat, State: LegState.Other } leg) return;
        if (call.Legs.Any(l => l.Seat == seat && l.State is not LegState.Other)) return; // the inner half of a Local channel
        call = book.Put(call.With(leg with { State = LegState.Offered }));
        Tell(call, book.Tell(call, CallEventType.Offered, at, once: true, leg));
    });

    private void Answered(AmiMessage message, DateTimeOffset at, string phone) => Change(message, call =>
    {
        if (LegTo(call, message, phone) is not { } leg || leg.State is LegState.Answered or LegState.Held) return;
        if (leg.Seat is not null && call.Legs.Any(l => l.Seat == leg.Seat && l.State is LegState.Answered or LegState.Held)) return;
        call = book.Put(call.With(leg with { State = LegState.Answered }) with { IsQueued = false, IsAnswered = true });
        Tell(call, book.Tell(call, CallEventType.Answered, at, once: true, leg));
    });

    private void NotAnswered(AmiMessage message, DateTimeOffset at, string cause) => Change(message, call =>
    {
        if (call.Of(message["DestUniqueid"]) is not { State: LegState.Offered } leg) return;
        book.Put(call.With(leg with { State = LegState.Other }));
        Tell(call, book.Tell(call, CallEventType.NoAnswer, at, once: true, leg) with { Cause = cause });
    });

    private static bool IsInside(string channel) => channel.StartsWith("Local/", StringComparison.Ordinal);

    private void DialBegins(AmiMessage message, DateTimeOffset at) => Change(message, call =>
    {
        if (!call.IsQueued && message["Channel"].Length > 0 && !IsInside(message["DestChannel"]))
            Offered(message, at, message["DestChannel"]);
    });

    private void DialEnds(AmiMessage message, DateTimeOffset at) => Change(message, call =>
    {
        if (call.IsQueued || IsInside(message["DestChannel"])) return;
        var refused = AsteriskWords.NoAnswerOf(message["DialStatus"]);
        if (seats.Of(message["DestChannel"]) is not null && message["Channel"].Length > 0)
        {
            if (refused is null) Answered(message, at, message["DestChannel"]);
            else NotAnswered(message, at, refused);
        }
        else if (refused is not null) book.Put(call with { Cause = refused });
        // the operator's own phone, which was rung first, is not whom the call is for
        else if (message["DestUniqueid"] != call.LinkedId && call is { Direction: not null, IsAnswered: false }) Outside(call, message, at);
    });

    // somebody outside picked up; the operator who speaks with them is the one who dialled
    private void Outside(OpenCall call, AmiMessage message, DateTimeOffset at)
    {
        var spoken = call.Direction is CallDirection.Out && call.Origin is { Seat: not null } own ? own with { State = LegState.Answered }
            : new Leg(message["DestUniqueid"], message["DestChannel"], null, LegState.Answered);
        call = book.Put(call.With(spoken) with { IsAnswered = true });
        Tell(call, book.Tell(call, CallEventType.Answered, at, once: true, spoken));
    }

    private void Held(AmiMessage message, DateTimeOffset at, LegState from, LegState to, CallEventType type) => Change(message, call =>
    {
        if (call.Of(message["Uniqueid"]) is not { } leg || leg.State != from) return;
        call = book.Put(call.With(leg with { State = to }));
        Tell(call, book.Tell(call, type, at, once: false, leg));
    });

    private void Transferred(AmiMessage message, DateTimeOffset at, string channel, string extension, string? target)
    {
        if ((book.OfChannel(message["TransfereeUniqueid"]) ?? book.Find(message["TransfereeLinkedid"])) is not { Direction: not null } call)
            return;
        var leg = call.Legs.FirstOrDefault(l => l.Channel == channel)
            ?? new Leg(message["OrigTransfererUniqueid"], channel, seats.Of(channel));
        // where to is said of seats alone: another number may be a person's
        var seatThere = IsKnownSeat(extension) ? extension : null;
        Tell(call, book.Tell(call, CallEventType.Transferred, at, once: false, leg) with { Cause = seatThere });
        if (target is not { Length: > 0 } || seats.Of(target) is not { } seat) return;
        if (call.Legs.Any(l => l.Seat == seat && l.State is LegState.Answered or LegState.Held)) return;
        // asked back by a call of its own, which now becomes part of this one
        var joined = new Leg(message["TransferTargetUniqueid"], target, seat, LegState.Answered);
        if (book.OfChannel(joined.Id) is { } consultation && consultation.LinkedId != call.LinkedId) book.End(consultation);
        call = book.Put(call.With(joined));
        Tell(call, book.Tell(call, CallEventType.Answered, at, once: true, joined));
    }

    private void HungUp(AmiMessage message, DateTimeOffset at)
    {
        if (book.OfChannel(message["Uniqueid"]) is not { } call) return;
        if (message["Uniqueid"] == call.LinkedId) call = call with { Cause = call.Cause ?? AsteriskWords.CauseOf(message["Cause"]) };
        call = book.Put(call.Without(message["Uniqueid"]));
        if (call.Legs.Count == 0) End(call, at, call.Cause ?? AsteriskWords.CauseOf(message["Cause"]));
    }

    private void End(OpenCall call, DateTimeOffset at, string cause)
    {
        book.End(call);
        Tell(call, book.Tell(call, CallEventType.Ended, at, once: true) with { Cause = cause });
    }

    private void SeatState(AmiMessage message, DateTimeOffset at)
    {
        var phone = message["Interface"] is { Length: > 0 } own ? own : message["Location"];
        if (seats.Of(phone) is not { } seat) return;
        _members[seat] = phone;
        var state = message["Status"] is "4" or "5" ? "unavailable"
            : message["Paused"] != "1" ? "ready" : message["PausedReason"] is { Length: > 0 } reason ? $"paused:{reason}" : "paused";
        // a member of several queues says it several times
        if (_seatStates.TryGetValue(seat, out var before) && before == state) return;
        _seatStates[seat] = state;
        _told.Add(book.TellSeat(seat, state, at));
    }

    private Leg? LegTo(OpenCall call, AmiMessage message, string phone) => call.Of(message["DestUniqueid"]) is { } known
        ? known with { Seat = known.Seat ?? seats.Of(phone) }
        : message["DestUniqueid"] is { Length: > 0 } id ? new(id, message["DestChannel"], seats.Of(phone)) : null;

    // a call between two seats is nobody's business
    private void Tell(OpenCall call, CallEvent told)
    {
        if (call.Direction is not null) _told.Add(told);
    }

    private void Change(AmiMessage message, Action<OpenCall> change)
    {
        var id = message["Uniqueid"] is { Length: > 0 } own ? own : message["DestUniqueid"];
        var linked = message["Linkedid"] is { Length: > 0 } one ? one : message["DestLinkedid"];
        if ((book.OfChannel(id) ?? book.Find(linked)) is { } call) change(call);
    }

    private void Change(AmiMessage message, Func<OpenCall, OpenCall> change) =>
        Change(message, call => { book.Put(change(call)); });
}

/// <summary>Tells operators' phones from all other channels, by their names.</summary>
/// <param name="pattern">Of a channel or a queue's interface; its group seat is the extension.</param>
public sealed class SeatPattern(string pattern)
{
    /// <summary>PJSIP/1001-00000003, SIP/a1002, Local/1003@from-queue/n.</summary>
    public const string Usual = @"^(?:PJSIP|SIP|IAX2|SCCP|DAHDI|Local)/[a-z]?(?<seat>\d{3,5})(?:$|[-@/])";

    private readonly Regex _pattern = new(pattern, RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));

    /// <summary>The extension; null where it is no operator's phone.</summary>
    public string? Of(string channel) =>
        _pattern.Match(channel) is { Success: true } match && match.Groups["seat"].Value is { Length: > 0 } seat ? seat : null;
}
