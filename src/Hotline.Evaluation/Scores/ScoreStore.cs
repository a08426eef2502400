using System.Text.Json;
using Hotline.Wire.Evaluation;
using Npgsql;

namespace Hotline.Evaluation.Scores;

/// <summary>Kinds of facts; the value is a count (1), a rating, or kept (1) and missed (0).</summary>
public static class Facts
{
    public const string Accepted = "accepted", Rejected = "rejected", Expired = "expired", Completed = "completed", Declined = "declined",
        Unfulfilled = "unfulfilled";
    public const string AnswerDeadline = "answerDeadline", ContactDeadline = "contactDeadline",
        VisitDeadline = "visitDeadline", Punctual = "punctual";
    public const string Satisfaction = "satisfaction", Resolved = "resolved", PriceAsQuoted = "priceAsQuoted", Complaint = "complaint";
}

public sealed record Scored
{
    public Guid VendorId { get; init; }
    public string Name { get; init; } = "";
    public string Standing { get; init; } = "";
    public double Value { get; init; }
    public string? Counted { get; init; }

    /// <summary>Complaints of the time that was asked for; null where none was.</summary>
    public int? Complained { get; init; }

    /// <summary>Where it stands in the list.</summary>
    public double Rank { get; init; }
    public DateTimeOffset? At { get; init; }
    public int Version { get; init; }

    public Tally Tally => Tally.Read(Counted);
}

/// <summary>A fact that no score counts yet.</summary>
public sealed record Uncounted
{
    public Guid OrderId { get; init; }
    public string Kind { get; init; } = "";
    public Guid VendorId { get; init; }
    public int Value { get; init; }

    /// <summary>What the vendor's score counts so far.</summary>
    public string? Counted { get; init; }

    /// <summary>The score's version.</summary>
    public int Version { get; init; }
}

/// <param name="Words">A part of the name.</param>
/// <param name="Ids">Only these; none = all.</param>
/// <param name="Concerning">Only those that want a supervisor's attention.</param>
/// <param name="From">Complaints since then want it.</param>
/// <param name="To">And before then.</param>
public sealed record ScoreFilter(
    string? Words, string? Standing, Guid[]? Ids, bool Concerning, DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>A score below it wants attention.</summary>
    public const double Low = 75;

    internal string Condition => string.Join(" and ", (string[])["true",
        .. Words is null ? (string[])[] : ["name ilike @like"],
        .. Standing is null ? (string[])[] : ["standing = @Standing"],
        .. Ids is null ? (string[])[] : ["vendor_id = any(@Ids)"],
        .. Concerning ? (string[])["(standing <> 'active' or complained > 0 or value < @low)"] : []]);
}

public sealed class ScoreStore(NpgsqlDataSource database, Work work)
{
    private const string SelectScored = """
        select v.vendor_id, v.name, v.standing, coalesce(s.score, @prior) as value, s.tally::text as counted, s.at,
            coalesce(s.version, 0) as version
        from vendors v left join scores s using (vendor_id)
        """;

    private static readonly double Prior = Score.Of(new()).Value;

    /// <summary>Notes facts of an order. Of one kind there is one for each order: the first counts.</summary>
    public void Add(Guid vendor, Guid order, DateTimeOffset at, ReadOnlySpan<(string Kind, int Value)> facts)
    {
        var (kinds, values) = (new string[facts.Length], new int[facts.Length]);
        for (var i = 0; i < facts.Length; i++) (kinds[i], values[i]) = facts[i];
        work.Write("""
            with added as (
                insert into facts (vendor_id, order_id, kind, value, at) select @vendor, @order, kind, value, @at
                from unnest(@kinds, @values) as f(kind, value)
                on conflict (order_id, kind) do nothing returning order_id, kind, vendor_id, value)
            insert into uncounted (order_id, kind, vendor_id, value) select order_id, kind, vendor_id, value from added
            """, new { vendor, order, kinds, values, at });
    }

    /// <summary>Some facts that no score counts yet, each with the vendor's count as of the same moment.</summary>
    public Task<IReadOnlyList<Uncounted>> Uncounted(int most, CancellationToken stop) => database.Many<Uncounted>("""
        select u.order_id, u.kind, u.vendor_id, u.value, s.tally::text as counted, coalesce(s.version, 0) as version
        from uncounted u left join scores s using (vendor_id) limit @most
        """, new { most }, stop);

    /// <summary>The new score and what it counts.</summary>
    /// <exception cref="StaleException">At commit: the vendor was scored since its count was read.</exception>
    public void Put(Guid vendor, double score, Tally tally, DateTimeOffset at, int version, IReadOnlyCollection<Uncounted> counted)
    {
        work.WriteOne("""
            insert into scores as s (vendor_id, score, tally, at, version) values (@vendor, @score, @tally::jsonb, @at, @version)
            on conflict (vendor_id) do update set score = excluded.score, tally = excluded.tally, at = excluded.at,
                version = excluded.version where s.version = excluded.version - 1
            """, new { vendor, score, tally = JsonSerializer.Serialize(tally, JsonSerializerOptions.Web), at, version });
        work.Write("insert into score_history (vendor_id, day, score) values (@vendor, @day, @score) "
            + "on conflict (vendor_id, day) do update set score = excluded.score", new { vendor, day = at.ToLocalDay(), score });
        work.Write("delete from uncounted u using unnest(@orders, @kinds) as c(order_id, kind) "
            + "where u.order_id = c.order_id and u.kind = c.kind",
            new { orders = counted.Select(f => f.OrderId).ToArray(), kinds = counted.Select(f => f.Kind).ToArray() });
    }

    public Task<Scored?> Find(Guid vendor, CancellationToken stop) =>
        database.One<Scored>($"{SelectScored} where v.vendor_id = @vendor", new { vendor, prior = Prior }, stop);

    /// <summary>A fact that somebody complained about a vendor's order; null = nobody did.</summary>
    public Task<string?> Complaint(Guid order, Guid vendor, CancellationToken stop) => database.One<string>(
        $"select kind from facts where order_id = @order and kind = '{Facts.Complaint}' and vendor_id = @vendor", new { order, vendor },
        stop);

    /// <summary>Of the days on which it changed, newest first.</summary>
    public Task<IReadOnlyList<ScorePoint>> History(Guid vendor, DateOnly? before, int take, CancellationToken stop) =>
        database.Many<ScorePoint>("select day, score from score_history where vendor_id = @vendor "
            + $"{(before is null ? "" : "and day < @before")} order by day desc limit @take", new { vendor, before, take }, stop);

    /// <summary>In the order asked for.</summary>
    public Task<IReadOnlyList<Scored>> List(
        ScoreFilter filter, ScoreOrder order, (double Rank, Guid Id)? after, int take, CancellationToken stop) =>
        database.Many<Scored>($"""
            select * from (select *, {order.Rank} as rank from ({Listed(filter)}) as listed where {filter.Condition}) as ranked
            {(after is null ? "" : "where (rank, vendor_id) > (@rank, @id)")} order by rank, vendor_id limit @take
            """, Values(filter, after, take), stop);

    public Task<int> Count(ScoreFilter filter, int most, CancellationToken stop) =>
        database.Count($"from ({Listed(filter)}) as listed where {filter.Condition}", Values(filter, null, most), stop);

    private static string Listed(ScoreFilter filter) => $"""
        select scored.*, {(filter.Concerning ? "coalesce(c.complained, 0)" : "null::int")} as complained from ({SelectScored}) as scored
        {(filter.Concerning ? Complaints : "")}
        """;

    private const string Complaints = $"""
        left join (select vendor_id, count(*)::int as complained from facts
            where kind = '{Facts.Complaint}' and at >= coalesce(@From, '-infinity') and at < coalesce(@To, 'infinity')
            group by vendor_id) as c using (vendor_id)
        """;

    private static object Values(ScoreFilter filter, (double Rank, Guid Id)? after, int take) => new
    {
        prior = Prior,
        filter.Standing,
        filter.Ids,
        filter.From,
        filter.To,
        low = ScoreFilter.Low,
        like = Database.Containing(filter.Words),
        rank = after?.Rank,
        id = after?.Id,
        take,
        most = take,
    };
}

/// <summary>An order of the list of scores.</summary>
/// <param name="Rank">SQL: what is less comes first.</param>
public sealed record ScoreOrder(string Rank)
{
    public static readonly ScoreOrder Highest = new("-value"), Lowest = new("value");

    /// <summary>What was done about a vendor, then complaints, then scores; who has left already comes last.</summary>
    public static readonly ScoreOrder Concern = new("""
        value + 1000 * case standing when 'suspended' then 0 when 'warned' then 1 when 'terminated' then 4
            else case when complained > 0 then 2 else 3 end end
        """);
}
