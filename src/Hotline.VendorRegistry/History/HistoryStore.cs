using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;

namespace Hotline.VendorRegistry.History;

public sealed record NotedEntry
{
    public Guid Id { get; init; }
    public DateTimeOffset At { get; init; }
    public string Kind { get; init; } = "";
    public string Actor { get; init; } = "";
    public string? Words { get; init; }
    public string Data { get; init; } = "{}";
}

public sealed class HistoryStore(NpgsqlDataSource database, Work work)
{
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public void Note(Guid vendor, HistoryEntry entry, string actor, DateTimeOffset at) => work.Write("""
        insert into vendor_history (id, vendor_id, at, kind, actor, words, data)
        values (@id, @vendor, @at, @Kind, @actor, @Words, @data::jsonb)
        """, new
    {
        id = Guid.CreateVersion7(at),
        vendor,
        at,
        entry.Kind,
        actor,
        entry.Words,
        data = JsonSerializer.Serialize(entry.Data, Json),
    });

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<NotedEntry>> List(Guid vendor, PageRequest page, CancellationToken stop) => database.Many<NotedEntry>($"""
        select id, at, kind, actor, words, data::text from vendor_history
        where vendor_id = @vendor {(page.AfterId is null ? "" : "and id < @after")} order by id desc limit @take
        """, new { vendor, after = page.AfterId, take = page.Limit + 1 }, stop);

    public static HistoryData DataOf(NotedEntry entry) => JsonSerializer.Deserialize<HistoryData>(entry.Data, Json)!;
}
