using System.Text.Json;
using Hotline.Wire.Calls;
using Npgsql;

namespace Hotline.Intake.Calls.Commands;

/// <summary>What is asked of a telephone system.</summary>
public sealed record PbxCommand
{
    public required Guid Id { get; init; }
    public required string Pbx { get; init; }
    public required string Kind { get; init; }
    public required DateTimeOffset At { get; init; }
    public string? LinkedId { get; init; }
    public string? Seat { get; init; }
    public string? Target { get; init; }

    /// <summary><see cref="CallNumbers"/>, sealed.</summary>
    public string? Numbers { get; init; }
    public string? Reason { get; init; }
    public string AskedBy { get; init; } = "system";
    public DateTimeOffset? DoneAt { get; init; }
}

/// <summary>A telephone system that listens.</summary>
public sealed record PbxConnection
{
    public string Pbx { get; init; } = "";
    public string[] Can { get; init; } = [];
}

public sealed class CommandStore(NpgsqlDataSource database, Work work, PersonalData personal, TimeProvider clock)
{
    /// <summary>One that was not seen for so long is away; it is seen every 5 s.</summary>
    public static readonly TimeSpan Away = TimeSpan.FromSeconds(15);

    /// <summary>What is older is not done any more.</summary>
    public static readonly TimeSpan TooLate = TimeSpan.FromMinutes(1);

    private const string Columns = "pbx, id, kind, at, linked_id, seat, target, numbers, reason, asked_by, done_at";

    private const string Insert = $"insert into pbx_commands (pbx, id, kind, at, linked_id, seat, target, numbers, reason, asked_by)";

    public Task<IReadOnlyList<PbxConnection>> Connected(CancellationToken stop) => database.Many<PbxConnection>(
        "select pbx, can from pbx_connections where seen_at > @since order by pbx", new { since = clock.GetUtcNow() - Away }, stop);

    /// <summary>Notes, outside any commit, that a telephone system listens.</summary>
    public async Task Seen(string pbx, string[] can, CancellationToken stop) => await database.One<int>("""
        insert into pbx_connections (pbx, can, seen_at) values (@pbx, @can, @now)
        on conflict (pbx) do update set can = excluded.can, seen_at = excluded.seen_at returning 1
        """, new { pbx, can, now = clock.GetUtcNow() }, stop);

    public void Ask(PbxCommand c) => work.Write($"{Insert} values (@Pbx, @Id, @Kind, @At, @LinkedId, @Seat, @Target, @Numbers, @Reason, "
        + "@AskedBy)", new { c.Pbx, c.Id, c.Kind, c.At, c.LinkedId, c.Seat, c.Target, c.Numbers, c.Reason, c.AskedBy });

    /// <summary>Asks all that listen: about a seat, whose telephone may be at any of them.</summary>
    public void AskAll(string kind, string seat, string? reason, DateTimeOffset now) => work.Write($"""
        {Insert} select pbx, @id, @kind, @now, null, @seat, null, null, @reason, 'system' from pbx_connections where seen_at > @since
        """, new { id = Guid.CreateVersion7(now), kind, now, seat, reason, since = now - Away });

    /// <summary>What was asked and is not done, in the order in which it was asked.</summary>
    public Task<IReadOnlyList<PbxCommand>> Pending(string pbx, Guid after, CancellationToken stop) => database.Many<PbxCommand>($"""
        select {Columns} from pbx_commands
        where pbx = @pbx and id > @after and done_at is null and at > @since order by id limit 100
        """, new { pbx, after, since = clock.GetUtcNow() - TooLate }, stop);

    public Task<PbxCommand?> Find(string pbx, Guid id, CancellationToken stop) =>
        database.One<PbxCommand>($"select {Columns} from pbx_commands where pbx = @pbx and id = @id", new { pbx, id }, stop);

    /// <summary>Asked two minutes ago, and never answered.</summary>
    public Task<IReadOnlyList<PbxCommand>> Forgotten(int most, CancellationToken stop) => database.Many<PbxCommand>(
        $"select {Columns} from pbx_commands where done_at is null and at < @before order by at limit @most",
        new { before = clock.GetUtcNow() - 2 * TooLate, most }, stop);

    public void Done(PbxCommand command, bool ok, string? cause, DateTimeOffset now) => work.Write(
        "update pbx_commands set done_at = @now, ok = @ok, cause = @cause where pbx = @Pbx and id = @Id and done_at is null",
        new { command.Pbx, command.Id, ok, cause, now });

    public PbxCommandView View(PbxCommand c)
    {
        var numbers = c.Numbers is null ? null
            : JsonSerializer.Deserialize<CallNumbers>(personal.OpenAnswer(c.Numbers), JsonSerializerOptions.Web);
        return new(c.Id.ToString(), c.Kind, c.At, c.LinkedId, c.Seat, c.Target, numbers?.To, numbers?.From, c.Reason);
    }
}
