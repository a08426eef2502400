using Dapper;
using Hotline.Dispatch.Copies;
using Npgsql;

namespace Hotline.Dispatch.Orders;

/// <param name="Statuses">Any of these; none = all.</param>
/// <param name="OverdueOnly">Accepted, but the citizen was not phoned in time.</param>
/// <param name="From">Offered then or later.</param>
/// <param name="To">Offered before.</param>
/// <param name="Category">A service of the catalogue or a group.</param>
/// <param name="Late">contact = the citizen was phoned too late, completion = it took more than an hour from the call.</param>
public sealed record OrderFilter(
    string[]? Statuses, Guid? RequestId, Guid? VendorId, bool OverdueOnly, DateTimeOffset? From = null, DateTimeOffset? To = null,
    string? AreaCode = null, string? Category = null, string? RegisteredBy = null, string? DialledNumber = null, string? Late = null)
{
    /// <summary>Whether it asks for what only the request knows.</summary>
    internal bool AsksOfRequest => (AreaCode ?? RegisteredBy ?? DialledNumber) is not null || Late == "completion";
}

/// <param name="Vendor">Who acts.</param>
/// <param name="Order">On what; null = not there, or another vendor's.</param>
/// <param name="Request">What the order is about.</param>
public sealed record VendorCase(VendorCopy Vendor, Order? Order, RequestCopy? Request);

/// <param name="Request">What the order is about.</param>
public sealed record OperatorCase(Order Order, RequestCopy Request);

public sealed class OrderStore(NpgsqlDataSource database, Work work)
{
    public Task<Order?> Find(Guid id, CancellationToken stop) =>
        database.One<Order>("select * from orders where id = @id", new { id }, stop);

    /// <summary>An order and what it is about.</summary>
    public async Task<OperatorCase?> Case(Guid id, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        var found = await connection.QueryAsync<Order, RequestCopy, OperatorCase>(new CommandDefinition(
            "select o.*, r.* from orders o join requests r on r.request_id = o.request_id where o.id = @id", new { id },
            cancellationToken: stop), (order, request) => new(order, request), splitOn: "request_id");
        return found.SingleOrDefault();
    }

    /// <summary>What a vendor's action on one of its orders is about, in one look; null = no such vendor.</summary>
    public async Task<VendorCase?> Case(Guid id, Guid vendor, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        var found = await connection.QueryAsync<VendorCopy, Order?, RequestCopy?, VendorCase>(new CommandDefinition("""
            select v.*, o.*, r.*
            from vendors v left join orders o on o.id = @id and o.vendor_id = v.vendor_id
                left join requests r on r.request_id = o.request_id
            where v.vendor_id = @vendor
            """, new { id, vendor }, cancellationToken: stop), (v, order, request) => new(v, order, request), splitOn: "id,request_id");
        return found.SingleOrDefault();
    }

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<Order>> List(OrderFilter filter, PageRequest page, CancellationToken stop) =>
        database.Many<Order>($"select o.* {Found(filter)} {(page.AfterId is null ? "" : "and id < @after")} order by id desc limit @take",
            Values(filter, page), stop);

    /// <param name="most">Counted no further.</param>
    public Task<int> Count(OrderFilter filter, int most, CancellationToken stop) =>
        database.Count(Found(filter), Values(filter, null, most), stop);

    private static object Values(OrderFilter filter, PageRequest? page, int most = 0) => new
    {
        filter.Statuses,
        filter.RequestId,
        filter.VendorId,
        filter.From,
        filter.To,
        filter.AreaCode,
        filter.Category,
        filter.RegisteredBy,
        filter.DialledNumber,
        after = page?.AfterId,
        take = page?.Limit + 1,
        most,
    };

    private static string Found(OrderFilter filter)
    {
        var conditions = new List<string> { "true" };
        if (filter.Statuses is not null) conditions.Add("status = any(@Statuses)");
        if (filter.RequestId is not null) conditions.Add("request_id = @RequestId");
        if (filter.VendorId is not null) conditions.Add("vendor_id = @VendorId");
        // of years of orders those, by their index
        if (filter.Statuses?.Except(OrderTable.Open).Any() == false || filter.OverdueOnly) conditions.Add("final_status is null");
        if (filter.OverdueOnly) conditions.Add("status = 'accepted' and contact_overdue_at is not null");
        if (filter.From is not null) conditions.Add("offered_at >= @From");
        if (filter.To is not null) conditions.Add("offered_at < @To");
        if (filter.AreaCode is not null) conditions.Add("r.area_code = @AreaCode");
        if (filter.Category is not null) conditions.Add("@Category in (o.category_code, split_part(o.category_code, '.', 1))");
        if (filter.RegisteredBy is not null) conditions.Add("r.registered_by = @RegisteredBy");
        if (filter.DialledNumber is not null) conditions.Add("r.dialled_number = @DialledNumber");
        if (filter.Late == "contact") conditions.Add("contacted_at > contact_by");
        if (filter.Late == "completion") conditions.Add("completed_at > r.registered_at + interval '1 hour'");
        var of = filter.AsksOfRequest ? "orders o join requests r using (request_id)" : "orders o";
        return $"from {of} where {string.Join(" and ", conditions)}";
    }

    public void Add(Decision<Order> offer)
    {
        var o = offer.State;
        work.Write("""
            insert into orders (id, request_id, vendor_id, request_number, vendor_name, category_code, status, ordinal, override_reason,
                offered_by, offered_at, offer_expires_at, version)
            values (@Id, @RequestId, @VendorId, @RequestNumber, @VendorName, @CategoryCode, @status, @Ordinal, @OverrideReason,
                @OfferedBy, @OfferedAt, @OfferExpiresAt, @Version)
            """, new
        {
            o.Id,
            o.RequestId,
            o.VendorId,
            o.RequestNumber,
            o.VendorName,
            o.CategoryCode,
            status = o.Status.ToWire(),
            o.Ordinal,
            o.OverrideReason,
            o.OfferedBy,
            o.OfferedAt,
            o.OfferExpiresAt,
            o.Version,
        });
        work.Tell(offer.Events);
    }

    public void Save(Decision<Order> decision, int readAt)
    {
        var o = decision.State;
        work.WriteOne("""
            update orders set status = @status, accepted_at = @AcceptedAt, contact_by = @ContactBy, contacted_at = @ContactedAt,
                contact_overdue_at = @ContactOverdueAt, quote_amount = @QuoteAmount, quote_note = @QuoteNote, quoted_at = @QuotedAt,
                agreed_at = @AgreedAt, visit_starts_at = @VisitStartsAt, visit_ends_at = @VisitEndsAt, visit_moves = @VisitMoves,
                visit_missed = @VisitMissed, arrived_at = @ArrivedAt, completed_at = @CompletedAt,
                final_amount = @FinalAmount, summary = @Summary, warranty_days = @WarrantyDays, ended_at = @EndedAt,
                end_reason = @EndReason, version = @Version
            where id = @Id and version = @readAt
            """, new
        {
            o.Id,
            status = o.Status.ToWire(),
            o.AcceptedAt,
            o.ContactBy,
            o.ContactedAt,
            o.ContactOverdueAt,
            o.QuoteAmount,
            o.QuoteNote,
            o.QuotedAt,
            o.AgreedAt,
            o.VisitStartsAt,
            o.VisitEndsAt,
            o.VisitMoves,
            o.VisitMissed,
            o.ArrivedAt,
            o.CompletedAt,
            o.FinalAmount,
            o.Summary,
            o.WarrantyDays,
            o.EndedAt,
            o.EndReason,
            o.Version,
            readAt,
        });
        work.Tell(decision.Events);
    }

    /// <summary>Orders for which a deadline passed or a fact arrived that ends them.</summary>
    public Task<IReadOnlyList<DueOrder>> Due(DateTimeOffset now, CancellationToken stop) => database.Many<DueOrder>("""
        (select id, 'Expire' as why, null as standing, null as cause from orders
            where final_status is null and status = 'offered' and offer_expires_at <= @now limit 100)
        union all
        (select id, 'MissContact', null, null from orders
            where final_status is null and status = 'accepted' and contact_overdue_at is null and contact_by <= @now limit 100)
        union all
        (select o.id, 'Withdraw', v.standing, null from orders o join vendors v using (vendor_id)
            where o.final_status is null and (v.standing = 'suspended' and o.status = 'offered' or v.standing = 'terminated') limit 100)
        union all
        (select o.id, 'Cancel', null, case when r.cancelled then r.cancel_cause else 'erased' end from orders o
            join requests r using (request_id)
            where (r.cancelled or r.erased) and o.final_status is null limit 100)
        """, new { now }, stop);
}

/// <summary>An order that the clock must act on.</summary>
public sealed record DueOrder
{
    public Guid Id { get; init; }
    public OrderAction Why { get; init; }

    /// <summary>Of the vendor, where that is why.</summary>
    public string? Standing { get; init; }

    /// <summary>Why the request was cancelled, or erased; null = unknown, or not why.</summary>
    public string? Cause { get; init; }
}
