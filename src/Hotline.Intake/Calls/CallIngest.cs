using Hotline.Contracts.Intake;
using Hotline.Intake.Calls.Blocked;
using Hotline.Intake.Calls.Commands;
using Hotline.Intake.Calls.Missed;
using Hotline.Intake.Seats;
using Hotline.Wire.Calls;
using Microsoft.Extensions.Options;

namespace Hotline.Intake.Calls;

/// <summary>Takes what telephone systems told: keeps it, reads anew what became of the calls that it is about, and of the seats at which
/// they are. All is one commit.</summary>
public sealed class CallIngest(
    CallStore calls, MissedStore missed, BlockedStore blocked, CommandStore commands, SeatStore seats, CallEventReader reader,
    PhoneHash hash, IOptions<PhoneNumberOptions> phones, IOptions<CallOptions> options, Work work, TimeProvider clock)
{
    private sealed record Told(Call Call, CallStory Story);

    /// <summary>What came of events.</summary>
    /// <param name="Accepted">How many are new.</param>
    /// <param name="Rejects">Calls that came in and are not to be put through.</param>
    public sealed record Taken(int Accepted, IReadOnlyList<Call> Calls, IReadOnlyList<Call> Rejects)
    {
        public static Taken Nothing { get; } = new(0, [], []);
    }

    /// <summary>Takes events of one telephone system.</summary>
    public async Task<Taken> Take(string pbx, IReadOnlyList<CallEvent> events, CancellationToken stop)
    {
        var known = (await calls.KnownEvents(pbx, [.. events.Select(e => e.EventId)], stop)).ToHashSet();
        CallEvent[] news = [.. events.Where(e => known.Add(e.EventId))];
        if (news.Length == 0) return Taken.Nothing;
        var now = clock.GetUtcNow();
        calls.Add(news, now);
        var told = await Read(pbx, news, now, stop);
        await FollowSeats(news, told, now, stop);
        work.Tell(new CallsChanged(now));
        return new(news.Length, [.. told.Select(t => t.Call)], await Rejects(news, told, now, stop));
    }

    private async Task<IReadOnlyList<Call>> Rejects(
        IReadOnlyList<CallEvent> news, IReadOnlyList<Told> told, DateTimeOffset now, CancellationToken stop)
    {
        var rang = news.Where(e => e.Type is CallEventType.Rang).Select(e => e.LinkedId).ToHashSet();
        Call[] came = [.. told.Select(t => t.Call).Where(c => c is { Direction: CallDirection.In, PhoneHash: not null }
            && c.State is not CallState.Ended && rang.Contains(c.LinkedId))];
        if (came.Length == 0) return [];
        var harassing = (await blocked.Among([.. came.Select(c => c.PhoneHash!)], now, stop)).Select(Convert.ToHexString).ToHashSet();
        Call[] rejects = [.. came.Where(c => harassing.Contains(Convert.ToHexString(c.PhoneHash!)))];
        foreach (var call in rejects)
            commands.Ask(new() { Id = Guid.CreateVersion7(now), Pbx = call.Pbx, Kind = "reject", At = now, LinkedId = call.LinkedId });
        return rejects;
    }

    /// <summary>Ends a call by hand whose end was never told.</summary>
    /// <returns>The call as it is then.</returns>
    public async Task<Call> Close(Call call, string reason, string by, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        CallEvent[] end = [new(call.Pbx, $"closed-{Guid.CreateVersion7(now):N}", call.LinkedId, null, CallEventType.Lost, now, null, null,
            null, null, null, "closed", null)];
        calls.Add(end, now);
        var told = await Read(call.Pbx, end, now, stop, c => c with { Note = reason, DisposedBy = by, DisposedAt = now });
        await FollowSeats(end, told, now, stop);
        work.Tell(new CallsChanged(now));
        return told[0].Call;
    }

    private async Task<IReadOnlyList<Told>> Read(
        string pbx, IReadOnlyList<CallEvent> news, DateTimeOffset now, CancellationToken stop,
        Func<Call, Call>? besides = null)
    {
        var byCall = news.Where(e => e.Type is not CallEventType.SeatState).ToLookup(e => e.LinkedId);
        string[] ids = [.. byCall.Select(c => c.Key)];
        if (ids.Length == 0) return [];
        var before = (await calls.Linked(pbx, ids, stop)).ToDictionary(c => c.LinkedId);
        var earlier = (await calls.Events(pbx, [.. before.Keys], stop)).ToLookup(e => e.LinkedId);
        // of a call whose events are forgotten, what comes so late changes nothing
        var stories = ids.Where(id => earlier.Contains(id) || !before.ContainsKey(id))
            .ToDictionary(id => id, id => CallStory.Of([.. earlier[id], .. byCall[id]]));
        var holders = await Holders(stories.Values, stop);
        var told = new List<Told>();
        foreach (var (id, story) in stories)
        {
            var call = before.GetValueOrDefault(id) ?? new Call { Id = Guid.CreateVersion7(now), Pbx = pbx, LinkedId = id };
            var after = Numbered(call, story).After(story, story.Last is { } last ? holders(last) : null);
            if (besides is not null) after = besides(after);
            calls.Save(after, call.Version);
            calls.SaveLegs(after, story.Legs, holders);
            told.Add(new(after, story));
        }
        missed.Follow([.. told.Select(t => t.Call.PhoneHash).OfType<byte[]>().DistinctBy(Convert.ToHexString)], now);
        return told;
    }

    private Call Numbered(Call call, CallStory story)
    {
        if (call.Version > 0 && story.Numbers == call.Numbers && call.Direction == story.Direction) return call;
        var citizen = reader.Citizens(story.Numbers, story.Direction);
        return call with
        {
            Numbers = story.Numbers,
            DialledNumber = reader.Ours(story.Numbers, story.Direction),
            PhoneHash = PhoneNumber.Normalize(citizen, phones.Value.PhoneAreaCode) is { } normal && normal != PhoneNumber.Withheld
                ? hash.Of(normal) : null,
        };
    }

    private async Task<Func<CallLeg, SeatHolder?>> Holders(IEnumerable<CallStory> stories, CancellationToken stop)
    {
        CallLeg[] legs = [.. stories.SelectMany(s => s.Legs)];
        if (legs.Length == 0) return _ => null;
        var sittings = (await seats.Sittings([.. legs.Select(l => l.Seat).Distinct()], legs.Min(At), legs.Max(At), stop))
            .ToLookup(s => s.Extension);
        return leg => sittings[leg.Seat].LastOrDefault(s => s.FromAt <= At(leg) && (s.ToAt is null || s.ToAt > At(leg))) is { } sitting
            ? new(sitting.Person, sitting.Name) : null;

        static DateTimeOffset At(CallLeg leg) => (leg.AnsweredAt ?? leg.OfferedAt ?? leg.EndedAt)!.Value;
    }

    private async Task FollowSeats(
        IReadOnlyList<CallEvent> news, IReadOnlyList<Told> told, DateTimeOffset now, CancellationToken stop)
    {
        string[] extensions = [.. news.Select(e => e.Seat).Concat(told.SelectMany(t => t.Story.Legs).Select(l => l.Seat)).OfType<string>()
            .Distinct()];
        Guid[] ids = [.. told.Select(t => t.Call.Id)];
        var taken = await seats.At(extensions, ids, stop);
        if (taken.Count == 0) return;
        OpenLeg[] open = [.. await seats.OpenLegs([.. taken.Select(s => s.Extension!)], ids, stop),
            .. told.SelectMany(t => t.Story.Legs.Where(l => l.EndedAt is null).Select(l => new OpenLeg(l.Seat, t.Call.Id, l.Talks)))];
        foreach (var seat in taken)
        {
            var leg = open.Where(l => l.Seat == seat.Extension).OrderByDescending(l => l.Talks).ThenByDescending(l => l.CallId)
                .FirstOrDefault();
            var after = seat.Follow(leg?.CallId, leg?.Talks ?? false, options.Value.WrapUp, now);
            var device = news.LastOrDefault(e => e.Type is CallEventType.SeatState && e.Seat == seat.Extension)?.Cause;
            if (device is not null && device is not ("unreachable" or "unavailable") != after.Reachable)
                after = after with { Reachable = !after.Reachable, Version = seat.Version + 1 };
            seats.Save(seat, after, now);
        }
    }
}
