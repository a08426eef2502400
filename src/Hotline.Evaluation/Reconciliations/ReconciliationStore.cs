using System.Text.Json;
using Hotline.Reconciliation;
using Hotline.Wire.Operations;
using Npgsql;

namespace Hotline.Evaluation.Reconciliations;

/// <summary>A finding as it is kept.</summary>
public sealed record KeptFinding(
    string Kind, string Rule, string Subject, Guid? RequestId, string? RequestNumber, Guid? VendorId, BothLanguages Expected,
    BothLanguages Found);

/// <summary>How a run ended.</summary>
/// <param name="Reason">Why it failed; null = it is done.</param>
public sealed record RunEnd(
    string? Reason, string? Detail = null, ReconciliationFigures? Figures = null, IReadOnlyList<KeptFinding>? Findings = null);

public sealed class ReconciliationStore(NpgsqlDataSource database)
{
    private const int Kept = 20;

    // a process says each second that it is at it; one that is silent for so long has died
    private const string Died = "state = 'running' and alive_at < now() - interval '30 seconds'";

    private const string Columns = $"""
        id, at, actor, case when {Died} then 'failed' else state end as state, case when {Died} then 'stopped' else reason end as reason,
        detail, case when {Died} then alive_at else ended_at end as ended_at, looks, entries_read, figures::text as figures
        """;

    private sealed record Row(
        Guid Id, DateTimeOffset At, string Actor, string State, string? Reason, string? Detail, DateTimeOffset? EndedAt, int Looks,
        int EntriesRead, string? Figures, string? Findings = null)
    {
        public ReconciliationFigures? Counted =>
            Figures is null ? null : JsonSerializer.Deserialize<ReconciliationFigures>(Figures, JsonSerializerOptions.Web);

        public ReconciliationView View => new(Id, At, Actor, State, Reason, Detail, EndedAt, Looks, EntriesRead, Counted,
            Findings is null ? [] : [.. JsonSerializer.Deserialize<KeptFinding[]>(Findings, JsonSerializerOptions.Web)!.Select(Shown)]);

        public ReconciliationNote Note => new(Id, At, Actor, State, Reason, Counted?.Differences);

        private static DifferenceView Shown(KeptFinding finding) => new(finding.Kind, finding.Rule, finding.Subject, finding.RequestId,
            finding.RequestNumber, finding.VendorId, Said(finding.Expected), Said(finding.Found));

        private static string Said(BothLanguages text) => Text.English ? text.En : text.Zh;
    }

    /// <summary>Notes that somebody begins a run.</summary>
    /// <returns>False where one is under way.</returns>
    public async Task<bool> Begin(Guid id, DateTimeOffset at, Caller by, CancellationToken stop)
    {
        await database.Many<int>($"""
            update reconciliations set state = 'failed', reason = 'stopped', ended_at = alive_at where {Died} returning 1
            """, stop: stop);
        var begun = await database.Many<int>("""
            insert into reconciliations (id, at, actor_id, actor) values (@id, @at, @actorId, @actor) on conflict do nothing returning 1
            """, new { id, at, actorId = by.Id, actor = by.Name }, stop);
        return begun.Count > 0;
    }

    /// <summary>Says how far a run is.</summary>
    /// <returns>False where it counts as ended.</returns>
    public async Task<bool> GoesOn(Guid id, int looks, int entriesRead, CancellationToken stop) => (await database.Many<int>("""
        update reconciliations set alive_at = now(), looks = @looks, entries_read = @entriesRead
        where id = @id and state = 'running' returning 1
        """, new { id, looks, entriesRead }, stop)).Count > 0;

    /// <summary>Notes how a run ended, and forgets all but the last.</summary>
    public async Task End(Guid id, DateTimeOffset at, RunEnd end, CancellationToken stop)
    {
        await database.Many<int>("""
            update reconciliations set state = @state, reason = @Reason, detail = @Detail, ended_at = @at,
                figures = @figures::json, findings = @findings::json
            where id = @id and state = 'running' returning 1
            """, new
        {
            id,
            at,
            state = end.Reason is null ? "done" : "failed",
            end.Reason,
            end.Detail,
            figures = end.Figures is null ? null : JsonSerializer.Serialize(end.Figures, JsonSerializerOptions.Web),
            findings = end.Findings is null ? null : JsonSerializer.Serialize(end.Findings, JsonSerializerOptions.Web),
        }, stop);
        await database.Many<int>("""
            delete from reconciliations where id not in (select id from reconciliations order by id desc limit @Kept) returning 1
            """, new { Kept }, stop);
    }

    public async Task<ReconciliationView?> Find(Guid id, CancellationToken stop) =>
        (await database.One<Row>($"select {Columns}, findings::text as findings from reconciliations where id = @id", new { id }, stop))
            ?.View;

    public async Task<ReconciliationsView> All(CancellationToken stop)
    {
        var rows = await database.Many<Row>($"""
            select {Columns}, case when row_number() over (order by id desc) = 1 then findings::text end as findings
            from reconciliations order by id desc
            """, stop: stop);
        return new(rows.Count == 0 ? null : rows[0].View, [.. rows.Skip(1).Select(row => row.Note)]);
    }
}
