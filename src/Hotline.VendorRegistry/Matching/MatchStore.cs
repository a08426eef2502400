using Hotline.Catalogue;
using Hotline.Wire.Vendors;
using Npgsql;

namespace Hotline.VendorRegistry.Matching;

public sealed class MatchStore(NpgsqlDataSource database, Work work)
{
    private const int Fewest = 40;

    // the hours as OpeningHours.Include has them
    private const string Fits = """
        from vendor_services s
        join vendors v on v.id = s.vendor_id
        left join vendor_scores r on r.vendor_id = v.id
        where s.category_code = @category and v.standing in ('active', 'warned')
            and @today between v.contract_from and v.contract_until
            and (v.opens_at is null or v.closes_at is null or v.opens_at = v.closes_at
                or case when v.opens_at < v.closes_at then @time >= v.opens_at and @time < v.closes_at else @time >= v.opens_at
                    or @time < v.closes_at end)
        """;

    private const string Covers = "from vendor_coverage c where c.vendor_id = v.id and c.area_code in (@area, @city)";

    /// <summary>As far as it is counted how many fit: nobody reads a hundred.</summary>
    private const int MostCounted = 100;

    /// <summary>Vendors whose standing and contract allow it, that offer the category, cover the area and are open now:
    /// the best by score, four times as many as are shown, to be ranked; and beside them as many newcomers without a score as are shown,
    /// so that neither hide the others. Both are found along the index on category and score, and everything that excludes a vendor is
    /// asked on the way, before they are counted: it does not matter how many there are (of 200,000 vendors in 1.9 ms by day, 2.6 by night;
    /// 40 ms where of 15,000 in the category all but one are closed, which is the worst that can be).
    /// What is asked of each one found is asked in a way that PostgreSQL cannot answer by reading a whole table once:
    /// exists () in place of the first subquery cost 90 ms of 100,000 vendors.</summary>
    /// <param name="shown">How many of them are shown.</param>
    /// <returns>And how many fit, as far as it is counted.</returns>
    public async Task<(IReadOnlyList<Candidate> Some, int Total)> Candidates(
        string category, string area, DateTimeOffset now, int shown, CancellationToken stop)
    {
        var asked = new
        {
            category,
            area,
            today = now.ToLocalDay(),
            time = now.ToLocalTimeOfDay(),
            city = ServiceCatalogue.Current.City.Code,
            most = MostCounted,
        };
        var scored = Math.Max(Fewest, 4 * shown);
        var rows = await database.Many<Row>($"""
            ({Find("s.score is not null", "order by s.score desc", scored)})
            union all
            ({Find("s.score is null", "", shown)})
            """, asked, stop);
        var newcomers = rows.Count(r => r.Score is null);
        var all = newcomers < shown && rows.Count - newcomers < scored;
        return ([.. rows.Select(r => r.ToCandidate())], all ? rows.Count
            : await database.One<int>($"""
                select count(*)::int from (select {Fits} and (select true {Covers} limit 1) limit @most) as fitting
                """, asked, stop));
    }

    private static string Find(string which, string order, int most) => $"""
        select v.id as vendor_id, v.name, v.phone, v.standing, s.price_from, s.price_to, s.unit,
            r.score, r.satisfaction, r.deadline_reliability, coalesce(r.completed_orders, 0) as completed_orders,
            coalesce((select true from vendor_coverage c where c.vendor_id = v.id and c.area_code = @city), false) as whole_city,
            (select count(*) from vendor_orders o where o.vendor_id = v.id and o.open)::int as open_orders,
            (select max(o.offered_at) from vendor_orders o where o.vendor_id = v.id) as last_offered_at
        {Fits} and exists (select {Covers}) and {which}
        {order} limit {most}
        """;

    /// <summary>Of vendors that are warned, since when and by whom: the latest warning that was told.</summary>
    public async Task<Dictionary<Guid, Warning>> Warnings(Guid[] vendors, CancellationToken stop) => vendors.Length == 0 ? []
        : (await database.Many<Warning>("""
            select distinct on (vendor_id) vendor_id, at, actor as by from vendor_history
            where vendor_id = any(@vendors) and kind = 'sanctionImposed' and data ->> 'sanction' = 'warning' order by vendor_id, id desc
            """, new { vendors }, stop)).ToDictionary(w => w.VendorId);

    /// <summary>What evaluation says of a vendor; older news are ignored.</summary>
    public void PutScore(Guid vendor, double score, double satisfaction, double reliability, int completed, int version) => work.Write("""
        with newer as (
            insert into vendor_scores (vendor_id, score, satisfaction, deadline_reliability, completed_orders, version)
            values (@vendor, @score, @satisfaction, @reliability, @completed, @version)
            on conflict (vendor_id) do update set score = excluded.score, satisfaction = excluded.satisfaction,
                deadline_reliability = excluded.deadline_reliability, completed_orders = excluded.completed_orders,
                version = excluded.version
            where vendor_scores.version < excluded.version
            returning vendor_id, score)
        update vendor_services s set score = n.score from newer n where s.vendor_id = n.vendor_id
        """, new { vendor, score, satisfaction, reliability, completed, version });

    /// <summary>What dispatch says of an order; older news only add when it was offered.</summary>
    public void PutOrder(Guid order, Guid vendor, bool open, DateTimeOffset? offeredAt, int version) => work.Write("""
        insert into vendor_orders as o (order_id, vendor_id, open, offered_at, version)
        values (@order, @vendor, @open, @offeredAt, @version)
        on conflict (order_id) do update set
            open = case when o.version < excluded.version then excluded.open else o.open end,
            offered_at = coalesce(o.offered_at, excluded.offered_at),
            version = greatest(o.version, excluded.version)
        """, new { order, vendor, open, offeredAt, version });

    private sealed record Row
    {
        public Guid VendorId { get; init; }
        public string Name { get; init; } = "";
        public string Phone { get; init; } = "";
        public Standing Standing { get; init; }
        public decimal PriceFrom { get; init; }
        public decimal PriceTo { get; init; }
        public string Unit { get; init; } = "";
        public double? Score { get; init; }
        public double? Satisfaction { get; init; }
        public double? DeadlineReliability { get; init; }
        public int CompletedOrders { get; init; }
        public bool WholeCity { get; init; }
        public int OpenOrders { get; init; }
        public DateTimeOffset? LastOfferedAt { get; init; }

        public Candidate ToCandidate() => new(VendorId, Name, Phone, Standing, WholeCity, PriceFrom, PriceTo, Unit,
            Score, Satisfaction, DeadlineReliability, CompletedOrders, OpenOrders, LastOfferedAt);
    }
}
