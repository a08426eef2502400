using System.Globalization;

namespace Hotline.Telephony.Calls;

/// <summary>Asterisk's queue_log: who hung up while we were not connected. A call that came and went in such a gap is in no
/// snapshot.</summary>
public sealed class QueueLog(CallBook book, SeatPattern seats, string pbx)
{
    /// <summary>Reads a line: time|call|queue|agent|event|data…</summary>
    /// <param name="heard">When something was heard last: what was written before that was heard too.</param>
    public IReadOnlyList<CallEvent> Apply(string line, DateTimeOffset heard)
    {
        var fields = line.Split('|');
        if (fields.Length < 5 || !decimal.TryParse(fields[0], CultureInfo.InvariantCulture, out var seconds)) return [];
        var (linked, queue, agent, kind) = (fields[1], fields[2], fields[3], fields[4]);
        if (book.HasEnded(linked)) return [];
        var at = DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
        if (at < heard.AddSeconds(-1)) return []; // the log has whole seconds
        if (kind is "ENTERQUEUE") return [.. Entered(linked, queue, Data(fields, 1), at)];
        // a number dialled is written before or after the caller is queued
        if (kind is "DID") return Dialled(linked, Data(fields, 0), at);
        if (book.Find(linked) is not { } call) return [];
        switch (kind)
        {
            case "CONNECT":
                var spoken = new Leg(Data(fields, 1) ?? agent, agent, seats.Of(agent), LegState.Answered);
                if (call.Of(spoken.Id) is { State: LegState.Answered or LegState.Held }) return [];
                call = book.Put(call.With(spoken) with { IsQueued = false, IsAnswered = true });
                return [book.Tell(call, CallEventType.Answered, at, once: true, spoken)];
            case "RINGNOANSWER" when seats.Of(agent) is { } seat:
                // the log does not say which channel it was
                return [book.Tell(call, CallEventType.NoAnswer, at, once: false) with
                { EventId = CallEvent.IdOf(pbx, linked, seat, kind, fields[0]), Seat = seat, Cause = "noAnswer" }];
            case "ABANDON": return [Ended(call, at, "abandoned")];
            case "COMPLETEAGENT" or "COMPLETECALLER": return [Ended(call, at, "normalClearing")];
            default: return [];
        }
    }

    private IEnumerable<CallEvent> Entered(string linked, string queue, string? number, DateTimeOffset at)
    {
        var known = book.Find(linked);
        if (known?.Queue is not null) yield break;
        var call = book.Put((known ?? Begun(linked, at)) with
        { IsQueued = true, Queue = queue, From = known?.From ?? (number is { Length: > 0 } ? number : "anonymous") });
        yield return book.Tell(call, CallEventType.Rang, call.Since, once: true, call.Origin);
        yield return book.Tell(call, CallEventType.Queued, at, once: false, call.Origin);
    }

    // what follows says it
    private IReadOnlyList<CallEvent> Dialled(string linked, string? to, DateTimeOffset at)
    {
        if (to is { Length: > 0 } && book.Find(linked) is not { To: not null })
            book.Put((book.Find(linked) ?? Begun(linked, at)) with { To = to });
        return [];
    }

    private CallEvent Ended(OpenCall call, DateTimeOffset at, string cause)
    {
        book.End(call);
        return book.Tell(call, CallEventType.Ended, at, once: true) with { Cause = cause };
    }

    private static OpenCall Begun(string linked, DateTimeOffset at) =>
        new(linked, CallDirection.In, at) { Legs = [new(linked, "", null)] };

    private static string? Data(string[] fields, int index) => fields.Length > 5 + index ? fields[5 + index] : null;
}
