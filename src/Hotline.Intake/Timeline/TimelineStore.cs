using System.Text.Json;
using Hotline.Messaging;
using Hotline.ServiceDefaults;
using Npgsql;

namespace Hotline.Intake.Timeline;

/// <summary>Something that happened to a request.</summary>
/// <param name="Data">JSON object with the particulars.</param>
public sealed record Entry(DateTimeOffset At, string Kind, string Actor, string Data);

public sealed class TimelineStore(NpgsqlDataSource database, Work work)
{
    public void Add(Guid request, DateTimeOffset at, string kind, string actor, object data) =>
        work.Write("insert into timeline (request_id, at, kind, actor, data) values (@request, @at, @kind, @actor, @data::jsonb)",
            new { request, at, kind, actor, data = JsonSerializer.Serialize(data, JsonSerializerOptions.Web) });

    /// <summary>Forgets what was said in free words; what happened and when stays.</summary>
    public void Erase(Guid request) =>
        work.Write("update timeline set data = data - array['note', 'reason', 'comment', 'description', 'summary'] where request_id = @request", new { request });

    /// <summary>Oldest first; of what happened in the same moment, in the order of a service's course.</summary>
    public async Task<IReadOnlyList<Entry>> List(Guid request, CancellationToken stop) =>
        [.. (await database.Many<Entry>("select at, kind, actor, data::text as data from timeline where request_id = @request order by at, seq", new { request }, stop))
            .OrderBy(e => e.At).ThenBy(e => TimelineTexts.RankOf(e.Kind))];
}
