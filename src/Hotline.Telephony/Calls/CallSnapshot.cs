using System.Globalization;
using Hotline.Telephony.Ami;

namespace Hotline.Telephony.Calls;

/// <summary>What channels there are at the PBX, beside what we know: of a PBX that died, or while the connection was cut,
/// no hang-up ever comes.</summary>
public sealed class CallSnapshot(CallBook book, SeatPattern seats)
{
    // a call that we were asked to make, and whose connection broke before a phone rang
    private static readonly TimeSpan NeverBegan = TimeSpan.FromMinutes(2);
    private readonly List<AmiMessage> _channels = [];
    private readonly Dictionary<string, AmiMessage> _waiting = [];
    private readonly HashSet<string> _known = [];
    private readonly HashSet<string> _hungUp = [];
    private HashSet<string> _missing = [];
    private int _number, _parts;

    private string Channels => $"channels-{_number}";

    private string Queues => $"queues-{_number}";

    /// <summary>Whether a channel is missing for the first time: its hang-up may be on its way, so look again soon.</summary>
    public bool IsInDoubt => _missing.Count > 0;

    /// <summary>Begins anew.</summary>
    /// <returns>Ids of the actions CoreShowChannels and QueueStatus.</returns>
    public (string Channels, string Queues) Begin()
    {
        _number++;
        _parts = 0;
        _channels.Clear();
        _waiting.Clear();
        _hungUp.Clear();
        _known.Clear();
        foreach (var leg in book.Calls.SelectMany(c => c.Legs)) _known.Add(leg.Id);
        return (Channels, Queues);
    }

    /// <summary>Takes what belongs to it, in the order in which the PBX says it.</summary>
    /// <returns>Whether it is whole with this message.</returns>
    public bool Take(AmiMessage message)
    {
        if (message.Event == "Hangup") _hungUp.Add(message["Uniqueid"]);
        var id = message["ActionID"];
        if (id.Length == 0 || (id != Channels && id != Queues)) return false;
        // a PBX without queues says so; one that does not show its channels shows nothing, and nobody is lost by that
        if (id == Queues && message.IsResponse && message["Response"] != "Success") return ++_parts == 2;
        switch (message.Event)
        {
            case "CoreShowChannel": _channels.Add(message); break;
            case "QueueEntry": _waiting[message["Uniqueid"]] = message; break;
            case "CoreShowChannelsComplete" or "QueueStatusComplete": return ++_parts == 2;
        }
        return false;
    }

    /// <summary>Compares.</summary>
    /// <param name="now">When it was whole.</param>
    public IReadOnlyList<CallEvent> Apply(DateTimeOffset now)
    {
        var there = _channels.Select(c => c["Uniqueid"]).ToHashSet();
        var missing = _known.Where(id => !there.Contains(id) && !_hungUp.Contains(id)).ToHashSet();
        List<CallEvent> told = [.. missing.Where(_missing.Contains).SelectMany(id => Gone(id, now))];
        _missing = [.. missing.Where(id => book.OfChannel(id) is not null)];
        var present = _channels.Select(c => c["Linkedid"]).ToHashSet();
        var neverBegan = book.Calls.Where(c => c.Legs.Count == 0 && now - c.Since > NeverBegan && !present.Contains(c.LinkedId));
        told.AddRange(neverBegan.ToArray().Select(call => Lost(call, now)));
        foreach (var call in _channels.Where(c => !_hungUp.Contains(c["Uniqueid"])).GroupBy(c => c["Linkedid"]))
            told.AddRange(Present(call.Key, [.. call], now));
        return told;
    }

    private IEnumerable<CallEvent> Gone(string id, DateTimeOffset now)
    {
        if (book.OfChannel(id) is not { } call) yield break;
        call = book.Put(call.Without(id));
        if (call.Legs.Count > 0) yield break;
        var lost = Lost(call, now);
        if (call.Direction is not null) yield return lost;
    }

    private CallEvent Lost(OpenCall call, DateTimeOffset now)
    {
        book.End(call);
        return book.Tell(call, CallEventType.Lost, now, once: true);
    }

    private IEnumerable<CallEvent> Present(string linked, AmiMessage[] channels, DateTimeOffset now)
    {
        if (book.HasEnded(linked) || linked.StartsWith(CallTranslation.ListenerPrefix, StringComparison.Ordinal)) yield break;
        var legs = channels.Select(c => new Leg(c["Uniqueid"], c["Channel"], seats.Of(c["Channel"]))).ToArray();
        var call = channels.Select(c => book.OfChannel(c["Uniqueid"])).FirstOrDefault(c => c is not null) ?? book.Find(linked);
        if (call is null)
        {
            call = book.Put(Begun(linked, channels, now) with { Legs = legs });
            if (call.Direction is not null) yield return book.Tell(call, CallEventType.Rang, call.Since, once: true, call.Origin);
        }
        foreach (var leg in legs.Where(l => call.Of(l.Id)?.Channel != l.Channel))
            call = book.Put(call.With(leg with { State = call.Of(leg.Id)?.State ?? LegState.Other }));
        if (call.Direction is null) yield break;
        if (!call.IsQueued && !call.IsAnswered
            && legs.Select(l => _waiting.GetValueOrDefault(l.Id)).FirstOrDefault(w => w is not null) is { } entry)
        {
            call = book.Put(call with { IsQueued = true, Queue = entry["Queue"] });
            var since = now - TimeSpan.FromSeconds(Number(entry["Wait"]));
            yield return book.Tell(call, CallEventType.Queued, since, once: false, call.Of(entry["Uniqueid"]))
                with
            { Position = Number(entry["Position"]) };
        }
        var bridges = channels.Where(c => seats.Of(c["Channel"]) is null).Select(c => c["BridgeId"]).Where(b => b.Length > 0).ToHashSet();
        foreach (var channel in channels)
        {
            var leg = call.Of(channel["Uniqueid"])!;
            if (leg.Seat is null || leg.State is not (LegState.Other or LegState.Offered)) continue;
            var isTalking = channel["ChannelStateDesc"] == "Up" && bridges.Contains(channel["BridgeId"]);
            if (isTalking)
            {
                call = book.Put(call.With(leg with { State = LegState.Answered }) with { IsQueued = false, IsAnswered = true });
                yield return book.Tell(call, CallEventType.Answered, now, once: true, leg);
            }
            else if (channel["ChannelStateDesc"] == "Ringing" && leg.State is LegState.Other && leg.Id != linked)
            {
                call = book.Put(call.With(leg with { State = LegState.Offered }));
                yield return book.Tell(call, CallEventType.Offered, now, once: true, leg);
            }
        }
    }

    private OpenCall Begun(string linked, AmiMessage[] channels, DateTimeOffset now)
    {
        var origin = channels.FirstOrDefault(c => c["Uniqueid"] == linked) ?? channels.MaxBy(c => c["Duration"], StringComparer.Ordinal)!;
        var since = now - (TimeSpan.TryParse(origin["Duration"], CultureInfo.InvariantCulture, out var lasted) ? lasted : TimeSpan.Zero);
        var outside = channels.FirstOrDefault(c =>
            seats.Of(c["Channel"]) is null && !c["Channel"].StartsWith("Local/", StringComparison.Ordinal));
        var number = AsteriskWords.Number(outside?["CallerIDNum"] ?? "");
        return seats.Of(origin["Channel"]) is { } seat
            ? new(linked, outside is null ? null : CallDirection.Out, since) { Seat = seat, To = number }
            : new(linked, CallDirection.In, since) { From = number ?? "anonymous", To = origin.Variable("DIALLED") };
    }

    private static int Number(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
