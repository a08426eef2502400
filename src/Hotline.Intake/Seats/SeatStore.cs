using Hotline.Contracts.Intake;
using Hotline.Intake.Calls.Commands;
using Hotline.Wire.Calls;
using Npgsql;

namespace Hotline.Intake.Seats;

/// <summary>Who sat at an extension, from when to when.</summary>
public sealed record Sitting
{
    public string Extension { get; init; } = "";
    public string Person { get; init; } = "";
    public string Name { get; init; } = "";
    public DateTimeOffset FromAt { get; init; }
    public DateTimeOffset? ToAt { get; init; }
}

/// <summary>A call that rings or is spoken at an extension.</summary>
public sealed record OpenLeg(string Seat, Guid CallId, bool Talks);

public sealed class SeatStore(NpgsqlDataSource database, CommandStore commands, Work work)
{
    private const string Columns =
        "person, name, extension, chosen, reason, since, signed_in_at, call_id, talks, wrap_up_until, reachable, version";

    public Task<Seat?> Find(string person, CancellationToken stop) =>
        database.One<Seat>($"select {Columns} from seats where person = @person", new { person }, stop);

    /// <summary>At which somebody sits, by extension.</summary>
    public Task<IReadOnlyList<Seat>> Taken(CancellationToken stop) =>
        database.Many<Seat>($"select {Columns} from seats where extension is not null order by extension", null, stop);

    /// <summary>At these extensions, or with these calls.</summary>
    public Task<IReadOnlyList<Seat>> At(string[] extensions, Guid[] calls, CancellationToken stop) => database.Many<Seat>(
        $"select {Columns} from seats where extension = any(@extensions) or call_id = any(@calls) order by person",
        new { extensions, calls }, stop);

    /// <summary>Whose time for writing down, or whose shift, is over.</summary>
    public Task<IReadOnlyList<Seat>> Due(DateTimeOffset now, DateTimeOffset signedInBefore, int most, CancellationToken stop) =>
        database.Many<Seat>($"""
            select {Columns} from seats
            where wrap_up_until <= @now or extension is not null and signed_in_at < @signedInBefore and call_id is null
            order by person limit @most
            """, new { now, signedInBefore, most }, stop);

    /// <summary>Who sat at these extensions at any time of a span.</summary>
    public Task<IReadOnlyList<Sitting>> Sittings(string[] extensions, DateTimeOffset from, DateTimeOffset to, CancellationToken stop) =>
        database.Many<Sitting>("""
            select extension, person, name, from_at, to_at from seat_spells
            where extension = any(@extensions) and from_at <= @to and (to_at is null or to_at >= @from) order by id
            """, new { extensions, from, to }, stop);

    /// <summary>What other calls than these are at extensions.</summary>
    public Task<IReadOnlyList<OpenLeg>> OpenLegs(string[] extensions, Guid[] but, CancellationToken stop) => database.Many<OpenLeg>("""
        select seat, call_id, answered_at is not null as talks from call_legs
        where seat = any(@extensions) and ended_at is null and call_id <> all(@but)
        """, new { extensions, but }, stop);

    /// <summary>Keeps a seat as it is after a change, the spell that began with it, and tells its person.</summary>
    /// <param name="by">Who changed it, if it was not its person or a call.</param>
    public void Save(Seat before, Seat after, DateTimeOffset now, string? by = null)
    {
        if (after == before) return;
        var moved = (before.State, before.Reason, before.Extension) != (after.State, after.Reason, after.Extension);
        var seat = moved ? after with { Since = now } : after;
        var values = new
        {
            seat.Person,
            seat.Name,
            seat.Extension,
            Chosen = seat.Chosen.ToWire(),
            seat.Reason,
            seat.Since,
            seat.SignedInAt,
            seat.CallId,
            seat.Talks,
            seat.WrapUpUntil,
            seat.Reachable,
            seat.Version,
            readAt = before.Version,
        };
        work.WriteOne(before.Version == 0 ? $"""
            insert into seats ({Columns}) values (@Person, @Name, @Extension, @Chosen, @Reason, @Since, @SignedInAt, @CallId, @Talks,
                @WrapUpUntil, @Reachable, @Version + 0 * @readAt)
            on conflict (person) do nothing
            """ : """
            update seats set name = @Name, extension = @Extension, chosen = @Chosen, reason = @Reason, since = @Since,
                signed_in_at = @SignedInAt, call_id = @CallId, talks = @Talks, wrap_up_until = @WrapUpUntil, reachable = @Reachable,
                version = @Version
            where person = @Person and version = @readAt
            """, values);
        if (moved)
        {
            Spell(seat, now, by);
            Obey(before, seat, now);
        }
        work.Tell(new SeatChanged(seat.CallId, seat.Person, now));
    }

    // telephone systems that listen ring a seat only while it takes calls
    private void Obey(Seat before, Seat after, DateTimeOffset now)
    {
        if (before.Extension is { } left && left != after.Extension) commands.AskAll("pause", left, "offline", now);
        if (after.Extension is not { } extension || extension == before.Extension && TakesCalls(before) == TakesCalls(after)) return;
        if (TakesCalls(after)) commands.AskAll("unpause", extension, null, now);
        else commands.AskAll("pause", extension, after.State is SeatState.WrapUp ? "wrapup" : after.Reason, now);
    }

    private static bool TakesCalls(Seat seat) => seat.State is SeatState.Ready or SeatState.Ringing or SeatState.Talking;

    private void Spell(Seat seat, DateTimeOffset now, string? by)
    {
        work.Write("update seat_spells set to_at = @now where person = @Person and to_at is null", new { seat.Person, now });
        if (seat.State is SeatState.Offline) return;
        work.Write("""
            insert into seat_spells (person, name, extension, state, reason, by, from_at)
            values (@Person, @Name, @Extension, @state, @reason, @by, @now)
            """, new
        {
            seat.Person,
            seat.Name,
            seat.Extension,
            state = seat.State.ToWire(),
            reason = seat.State is SeatState.Busy ? seat.Reason : null,
            by,
            now,
        });
    }
}
