using Dapper;
using Npgsql;

namespace Hotline.FollowUps.FollowUps;

/// <summary>Whom to call.</summary>
public sealed record Contact
{
    public Guid RequestId { get; init; }

    /// <summary>Sealed; null = erased.</summary>
    public string? Citizen { get; init; }
    public string Description { get; init; } = "";

    /// <summary>Null = an earlier release told of the request; so are the next two then.</summary>
    public string? AreaCode { get; init; }
    public string? DialledNumber { get; init; }
    public string? RegisteredBy { get; init; }

    /// <summary>Of the request when the citizen was last corrected; 0 = never.</summary>
    public int CitizenVersion { get; init; }
}

/// <param name="VendorId">About whom; none = about any.</param>
/// <param name="ComplaintsOnly">Only those in which somebody complained.</param>
/// <param name="From">Said then or later.</param>
/// <param name="To">Said before.</param>
public sealed record OpinionFilter(Guid? VendorId, bool ComplaintsOnly, DateTimeOffset? From, DateTimeOffset? To)
{
    internal string Condition => string.Join(" and ", (string[])["final_status = 'completed'",
        .. VendorId is null ? (string[])[] : ["vendor_id = @VendorId"],
        .. ComplaintsOnly ? (string[])["complaint_id is not null"] : [],
        .. From is null ? (string[])[] : ["ended_at >= @From"],
        .. To is null ? (string[])[] : ["ended_at < @To"]]);
}

public sealed class FollowUpStore(NpgsqlDataSource database, Work work)
{
    /// <summary>Of those that are not over, the ones that anybody may claim at @now.</summary>
    public const string Due = "(status = 'open' and due_at <= @now or claim_expires_at <= @now)";

    /// <summary>Those that @me has claimed and still has at @now.</summary>
    public const string InHands = "(claimed_by = @me and claim_expires_at > @now)";

    /// <summary>A follow-up and whom to call, if known yet, in one look.</summary>
    public async Task<(FollowUp FollowUp, Contact? Contact)?> Find(Guid id, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        var found = await connection.QueryAsync<FollowUp, Contact?, (FollowUp, Contact?)?>(new CommandDefinition(
            "select f.*, c.* from follow_ups f left join contacts c using (request_id) where f.id = @id", new { id },
            cancellationToken: stop), (followUp, contact) => (followUp, contact), splitOn: "request_id");
        return found.SingleOrDefault();
    }

    /// <summary>The request's follow-up that is not over, else its last.</summary>
    public Task<FollowUp?> Latest(Guid request, CancellationToken stop) => database.One<FollowUp>(
        "select * from follow_ups where request_id = @request order by final_status is null desc, id desc limit 1", new { request }, stop);

    public async Task<Dictionary<Guid, Contact>> Contacts(IEnumerable<Guid> requests, CancellationToken stop) =>
        (await database.Many<Contact>("select * from contacts where request_id = any(@ids)", new { ids = requests.ToArray() }, stop))
            .ToDictionary(c => c.RequestId);

    /// <summary>A claim that lapsed counts as open; what waits for its next try does not.</summary>
    public Task<IReadOnlyList<FollowUp>> List(FollowUpFilter filter, DateTimeOffset now, PageRequest page, CancellationToken stop)
    {
        var order = filter.Order;
        var after = page.After is null ? null : order.Read(page.After);
        var (key, from) = order.By is null ? ("id", "@id") : ($"({order.By}, id)", "(@at, @id)");
        var direction = order.LastFirst ? " desc" : "";
        return database.Many<FollowUp>($"""
            select * from follow_ups where {filter.Condition} {(after is null ? "" : $"and {key} {(order.LastFirst ? "<" : ">")} {from}")}
            order by {(order.By is null ? "" : $"{order.By}{direction}, ")}id{direction} limit @take
            """, Values(filter, now, after, page), stop);
    }

    /// <param name="most">Counted no further.</param>
    public Task<int> Count(FollowUpFilter filter, DateTimeOffset now, int most, CancellationToken stop) =>
        database.Count($"from follow_ups where {filter.Condition}", Values(filter, now, null, null, most), stop);

    private static object Values(FollowUpFilter filter, DateTimeOffset now, (DateTimeOffset? At, Guid Id)? after, PageRequest? page,
        int most = 0) => new
        {
            filter.Status,
            filter.RequestId,
            me = filter.ClaimedBy,
            filter.EndedFrom,
            filter.From,
            filter.To,
            filter.Kind,
            filter.Category,
            filter.AreaCode,
            filter.RegisteredBy,
            filter.DialledNumber,
            now,
            at = after?.At,
            id = after?.Id,
            take = page?.Limit + 1,
            most,
        };

    /// <summary>What citizens said of a vendor, the last that answered first.</summary>
    public Task<IReadOnlyList<FollowUp>> Feedback(Guid vendor, PageRequest page, CancellationToken stop) =>
        Opinions(new(vendor, false, null, null), page, stop);

    /// <summary>What citizens said, the last that answered first.</summary>
    public Task<IReadOnlyList<FollowUp>> Opinions(OpinionFilter filter, PageRequest page, CancellationToken stop)
    {
        var after = page.After is null ? null : FollowUpOrder.Ended.Read(page.After);
        return database.Many<FollowUp>($"""
            select * from follow_ups where {filter.Condition} {(after is null ? "" : "and (ended_at, id) < (@at, @id)")}
            order by ended_at desc, id desc limit @take
            """, new { filter.VendorId, filter.From, filter.To, at = after?.At, id = after?.Id, take = page.Limit + 1 }, stop);
    }

    public Task<int> Count(OpinionFilter filter, CancellationToken stop) =>
        database.One<int>($"select count(*)::int from follow_ups where {filter.Condition}", filter, stop);

    public void PutContact(Contact c) => work.Write("""
        insert into contacts (request_id, citizen, description, area_code, dialled_number, registered_by)
        values (@RequestId, @Citizen, @Description, @AreaCode, @DialledNumber, @RegisteredBy)
        on conflict (request_id) do update set
            citizen = case when not contacts.erased then coalesce(contacts.citizen, excluded.citizen) end,
            description = case when contacts.erased then '' else excluded.description end,
            area_code = coalesce(contacts.area_code, excluded.area_code),
            dialled_number = excluded.dialled_number, registered_by = excluded.registered_by
        """, new { c.RequestId, c.Citizen, c.Description, c.AreaCode, c.DialledNumber, c.RegisteredBy });

    /// <summary>Whom to call was corrected; a registration or an older correction that comes later does not undo it, and of whom is
    /// forgotten nothing is kept.</summary>
    /// <param name="version">Of the request after it.</param>
    public void CorrectContact(Guid request, string citizen, string area, int version) => work.Write("""
        insert into contacts (request_id, citizen, description, area_code, citizen_version) values (@request, @citizen, '', @area, @version)
        on conflict (request_id) do update set citizen = excluded.citizen, area_code = excluded.area_code,
            citizen_version = excluded.citizen_version
        where not contacts.erased and contacts.citizen_version < excluded.citizen_version
        """, new { request, citizen, area, version });

    /// <summary>Whom to call and what was said in free words, a complaint included; how content they were stays.</summary>
    public void Erase(Guid request)
    {
        work.Write("""
            insert into contacts (request_id, citizen, description, erased) values (@request, null, '', true)
            on conflict (request_id) do update set citizen = null, description = '', erased = true
            """, new { request });
        work.Write("update follow_ups set comment = null, complaint = case when complaint_id is not null then '' end "
            + "where request_id = @request and (comment is not null or complaint is not null)", new { request });
    }

    /// <exception cref="StaleException">At commit: the request has got a follow-up meanwhile.</exception>
    public void Add(Decision<FollowUp> scheduled)
    {
        var c = scheduled.State;
        work.WriteOne("""
            insert into follow_ups (id, request_id, order_id, vendor_id, request_number, vendor_name, category_code, kind,
                ordinal, outcome_at, history, status, due_at, attempts, created_at, version)
            values (@Id, @RequestId, @OrderId, @VendorId, @RequestNumber, @VendorName, @CategoryCode, @kind, @Ordinal,
                @OutcomeAt, @History::jsonb, @status, @DueAt, 0, @CreatedAt, @Version)
            on conflict (request_id) where final_status is null do nothing
            """, new
        {
            c.Id,
            c.RequestId,
            c.OrderId,
            c.VendorId,
            c.RequestNumber,
            c.VendorName,
            c.CategoryCode,
            kind = c.Kind.ToWire(),
            c.Ordinal,
            c.OutcomeAt,
            c.History,
            status = c.Status.ToWire(),
            c.DueAt,
            c.CreatedAt,
            c.Version,
        });
        work.Tell(scheduled.Events);
    }

    public void Save(Decision<FollowUp> decision, int readAt)
    {
        var c = decision.State;
        work.WriteOne("""
            update follow_ups set order_id = @OrderId, vendor_id = @VendorId, vendor_name = @VendorName, kind = @kind, ordinal = @Ordinal,
                outcome_at = @OutcomeAt, history = @History::jsonb, created_at = @CreatedAt, status = @status, due_at = @DueAt,
                claimed_by = @ClaimedBy, claimed_by_name = @ClaimedByName, claim_expires_at = @ClaimExpiresAt,
                attempts = @Attempts, last_outcome = @LastOutcome, tries = @Tries::jsonb,
                satisfaction = @Satisfaction, resolved = @Resolved, punctual = @Punctual,
                price_as_quoted = @PriceAsQuoted, comment = @Comment, complaint_id = @ComplaintId, complaint = @Complaint,
                ended_by = @EndedBy, ended_at = @EndedAt, version = @Version
            where id = @Id and version = @readAt
            """, new
        {
            c.Id,
            c.OrderId,
            c.VendorId,
            c.VendorName,
            kind = c.Kind.ToWire(),
            c.Ordinal,
            c.OutcomeAt,
            c.History,
            c.CreatedAt,
            status = c.Status.ToWire(),
            c.DueAt,
            c.ClaimedBy,
            c.ClaimedByName,
            c.ClaimExpiresAt,
            c.Attempts,
            c.LastOutcome,
            c.Tries,
            c.Satisfaction,
            c.Resolved,
            c.Punctual,
            c.PriceAsQuoted,
            c.Comment,
            c.ComplaintId,
            c.Complaint,
            c.EndedBy,
            c.EndedAt,
            c.Version,
            readAt,
        });
        work.Tell(decision.Events);
    }
}
