using Dapper;
using Hotline.Messaging;
using Hotline.ServiceDefaults;
using Npgsql;

namespace Hotline.Evaluation.Scores;

/// <summary>Kinds of facts; the value is a count (1), a rating, or kept (1) and missed (0).</summary>
public static class Facts
{
    public const string Accepted = "accepted", Rejected = "rejected", Expired = "expired", Completed = "completed", Declined = "declined", Unfulfilled = "unfulfilled";
    public const string AnswerDeadline = "answerDeadline", ContactDeadline = "contactDeadline", VisitDeadline = "visitDeadline", Punctual = "punctual";
    public const string Satisfaction = "satisfaction", Resolved = "resolved", PriceAsQuoted = "priceAsQuoted", Complaint = "complaint";
}

public sealed record Scored
{
    public Guid VendorId { get; init; }
    public string Name { get; init; } = "";
    public string Standing { get; init; } = "";
    public double Value { get; init; }
    public DateTimeOffset? At { get; init; }
    public int Version { get; init; }
}

public sealed class ScoreStore(NpgsqlDataSource database, Work work)
{
    private const string SelectScored = """
        select v.vendor_id, v.name, v.standing, coalesce(s.score, @prior) as value, s.at, coalesce(s.version, 0) as version
        from vendors v left join scores s using (vendor_id)
        """;

    private const string Counts = """
        count(*) filter (where kind = 'satisfaction')::int as callbacks,
        coalesce(sum(value) filter (where kind = 'satisfaction'), 0)::int as satisfaction_sum,
        count(*) filter (where kind in ('answerDeadline', 'contactDeadline', 'visitDeadline', 'punctual') and value = 1)::int as deadlines_kept,
        count(*) filter (where kind in ('answerDeadline', 'contactDeadline', 'visitDeadline', 'punctual') and value = 0)::int as deadlines_missed,
        count(*) filter (where kind = 'accepted')::int as accepted,
        count(*) filter (where kind = 'rejected')::int as rejected,
        count(*) filter (where kind = 'expired')::int as expired,
        count(*) filter (where kind = 'completed')::int as completed,
        count(*) filter (where kind = 'declined')::int as declined,
        count(*) filter (where kind = 'unfulfilled')::int as unfulfilled,
        count(*) filter (where kind = 'complaint')::int as complaints,
        count(*) filter (where kind = 'resolved' and value = 0)::int as unresolved,
        count(*) filter (where kind = 'priceAsQuoted' and value = 0)::int as price_not_as_quoted
        """;

    private static readonly double Prior = Score.Of(new()).Value;

    /// <summary>Notes a fact. Of one kind there is one for each order: the first counts.</summary>
    public void Add(Guid vendor, Guid order, string kind, int value, DateTimeOffset at) => work.Write("""
        insert into facts (vendor_id, order_id, kind, value, at) values (@vendor, @order, @kind, @value, @at) on conflict (order_id, kind) do nothing
        """, new { vendor, order, kind, value, at });

    /// <summary>Vendors of whom something new is known.</summary>
    public Task<IReadOnlyList<Guid>> Unscored(CancellationToken stop) =>
        database.Many<Guid>("select distinct vendor_id from facts where not scored limit 200", stop: stop);

    public Task<IReadOnlyList<long>> UnscoredFacts(Guid vendor, CancellationToken stop) =>
        database.Many<long>("select id from facts where vendor_id = @vendor and not scored", new { vendor }, stop);

    public async Task<Tally> Tally(Guid vendor, CancellationToken stop) =>
        (await database.One<Tally>($"select {Counts} from facts where vendor_id = @vendor", new { vendor }, stop))!;

    /// <summary>Of several vendors; one of whom nothing is known is missing.</summary>
    public async Task<Dictionary<Guid, Tally>> Tallies(IEnumerable<Guid> vendors, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        var rows = await connection.QueryAsync<Guid, Tally, (Guid Vendor, Tally Tally)>(
            new CommandDefinition($"select vendor_id, {Counts} from facts where vendor_id = any(@vendors) group by vendor_id", new { vendors = vendors.ToArray() }, cancellationToken: stop),
            (vendor, tally) => (vendor, tally), splitOn: "callbacks");
        return rows.ToDictionary(r => r.Vendor, r => r.Tally);
    }

    public Task<int> Version(Guid vendor, CancellationToken stop) =>
        database.One<int>("select coalesce((select version from scores where vendor_id = @vendor), 0)", new { vendor }, stop);

    /// <summary>The new score, and the mark on the facts that it counts.</summary>
    public void Put(Guid vendor, double score, DateTimeOffset at, int version, IReadOnlyList<long> counted)
    {
        work.WriteOne("""
            insert into scores as s (vendor_id, score, at, version) values (@vendor, @score, @at, @version)
            on conflict (vendor_id) do update set score = excluded.score, at = excluded.at, version = excluded.version where s.version = excluded.version - 1
            """, new { vendor, score, at, version });
        work.Write("update facts set scored = true where id = any(@counted)", new { counted = counted.ToArray() });
    }

    public Task<Scored?> Find(Guid vendor, CancellationToken stop) =>
        database.One<Scored>($"{SelectScored} where v.vendor_id = @vendor", new { vendor, prior = Prior }, stop);

    /// <summary>Best first, or the vendors at risk first.</summary>
    public Task<IReadOnlyList<Scored>> List(string? words, string? standing, bool lowestFirst, Guid[]? ids, (double Value, Guid Id)? after, int take, CancellationToken stop)
    {
        var conditions = new List<string> { "true" };
        if (words is not null) conditions.Add("name ilike @like");
        if (standing is not null) conditions.Add("standing = @standing");
        if (ids is not null) conditions.Add("vendor_id = any(@ids)");
        if (after is not null) conditions.Add(lowestFirst ? "(value, vendor_id) > (@value, @id)" : "(-value, vendor_id) > (-@value, @id)");
        return database.Many<Scored>($"""
            select * from ({SelectScored}) as scored where {string.Join(" and ", conditions)} order by {(lowestFirst ? "value" : "-value")}, vendor_id limit @take
            """, new
        {
            prior = Prior,
            standing,
            ids,
            like = Database.Containing(words),
            value = after?.Value,
            id = after?.Id,
            take,
        }, stop);
    }
}
