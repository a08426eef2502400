using System.Text.Json;
using Hotline.Contracts;
using Hotline.Contracts.Intake;
using Hotline.Wire.Intake;
using Npgsql;

namespace Hotline.Intake.Timeline;

/// <summary>Something that happened to a request.</summary>
/// <param name="Data">JSON object with the particulars.</param>
public sealed record Entry(DateTimeOffset At, string Kind, string Actor, string Data);

public sealed class TimelineStore(NpgsqlDataSource database, EventTypes events, Work work)
{
    private static readonly string Noted = Story.KindOf<RequestNoted>();

    /// <summary>What happened, without free words where the request is erased. Its row is locked, so that an erasure at the same moment
    /// comes before, and is seen, or after, and sees the entry.</summary>
    public void Add(IAboutRequest told)
    {
        var line = Story.Of(told);
        work.Write("""
            insert into timeline (request_id, at, kind, actor, data)
            select @RequestId, @At, @Kind, @By, case when (select citizen is null from requests where id = @RequestId for no key update)
                then @data::jsonb - @words else @data::jsonb end
            """, new
        {
            told.RequestId,
            told.At,
            line.Kind,
            told.By,
            data = JsonSerializer.Serialize(line.Data(told), JsonSerializerOptions.Web),
            words = events.Words,
        });
    }

    /// <summary>Forgets what was said in free words; what happened and when stays.</summary>
    public void Erase(Guid request) =>
        work.Write("update timeline set data = data - @words where request_id = @request", new { request, words = events.Words });

    /// <summary>What the desk wrote, oldest first.</summary>
    public Task<IReadOnlyList<NoteView>> Notes(Guid request, CancellationToken stop) => database.Many<NoteView>("""
        select (data->>'noteId')::uuid as id, actor as by, at, coalesce(data->>'text', '') as text
        from timeline where request_id = @request and kind = @Noted order by at, seq
        """, new { request, Noted }, stop);

    /// <summary>Oldest first; of what happened in the same moment, in the order of a service's course.</summary>
    public async Task<IReadOnlyList<Entry>> List(Guid request, CancellationToken stop) =>
        [.. (await database.Many<Entry>(
            "select at, kind, actor, data::text as data from timeline where request_id = @request order by at, seq", new { request }, stop))
            .OrderBy(e => e.At).ThenBy(e => Story.RankOf(e.Kind))];
}
