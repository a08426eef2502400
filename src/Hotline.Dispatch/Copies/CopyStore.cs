using Npgsql;

namespace Hotline.Dispatch.Copies;

/// <summary>A request as intake told of it.</summary>
public sealed record RequestCopy
{
    public Guid RequestId { get; init; }
    public bool Cancelled { get; init; }

    /// <summary>citizenWithdrew, noVendor or duplicate; null = not cancelled, or told by an earlier release.</summary>
    public string? CancelCause { get; init; }

    /// <summary>Its time of being kept is over.</summary>
    public bool Erased { get; init; }

    /// <summary>How many orders it had.</summary>
    public int Orders { get; init; }
    public string? Number { get; init; }

    /// <summary>Sealed; null = erased.</summary>
    public string? Citizen { get; init; }
    public string? AreaCode { get; init; }

    /// <summary>When the citizen or the place was last corrected; null = never.</summary>
    public DateTimeOffset? CorrectedAt { get; init; }
    public string? CategoryCode { get; init; }
    public string? Description { get; init; }
    public string? Urgency { get; init; }
    public string? DialledNumber { get; init; }
    public string? RegisteredBy { get; init; }
    public DateTimeOffset? RegisteredAt { get; init; }
}

/// <summary>A vendor as the registry told of it.</summary>
public sealed record VendorCopy
{
    public Guid VendorId { get; init; }
    public string Name { get; init; } = "";

    /// <summary>Null = not told yet since it is kept.</summary>
    public string? Phone { get; init; }
    public string Standing { get; init; } = "";

    /// <summary>Null = not told yet by the registry's present release; so are services, coverage and hours then.</summary>
    public DateOnly? ContractFrom { get; init; }
    public DateOnly ContractUntil { get; init; }
    public string[]? Services { get; init; }
    public string[]? Coverage { get; init; }
    public TimeOnly? OpensAt { get; init; }
    public TimeOnly? ClosesAt { get; init; }
    public int Version { get; init; }
}

public sealed class CopyStore(NpgsqlDataSource database, Work work)
{
    public Task<RequestCopy?> Request(Guid id, CancellationToken stop) =>
        database.One<RequestCopy>("select * from requests where request_id = @id and registered", new { id }, stop);

    public async Task<Dictionary<Guid, RequestCopy>> Requests(IEnumerable<Guid> ids, CancellationToken stop) =>
        (await database.Many<RequestCopy>("select * from requests where request_id = any(@ids)", new { ids = ids.ToArray() }, stop))
            .ToDictionary(r => r.RequestId);

    public async Task<Dictionary<Guid, VendorCopy>> Vendors(IEnumerable<Guid> ids, CancellationToken stop) =>
        (await database.Many<VendorCopy>("select * from vendors where vendor_id = any(@ids)", new { ids = ids.ToArray() }, stop))
            .ToDictionary(v => v.VendorId);

    public Task<VendorCopy?> Vendor(Guid id, CancellationToken stop) =>
        database.One<VendorCopy>("select * from vendors where vendor_id = @id", new { id }, stop);

    /// <summary>At commit the request must neither be cancelled nor erased, nor have got another order, since it was read; and it counts
    /// one order more.</summary>
    public void CountOrder(RequestCopy request) => work.WriteOne("""
        update requests set orders = orders + 1 where request_id = @RequestId and orders = @Orders and not cancelled and not erased
        """, new { request.RequestId, request.Orders });

    /// <summary>At commit what ended the request, or did not, must be as it was read.</summary>
    public void RequireUnchanged(RequestCopy request) => work.Require("""
        select 1 from requests where request_id = @RequestId and cancelled = @Cancelled and erased = @Erased
        """, new { request.RequestId, request.Cancelled, request.Erased });

    /// <summary>At commit the registry must not have told anything new of the vendor since it was read.</summary>
    public void RequireUnchanged(VendorCopy vendor) => work.Require("""
        select 1 from vendors where vendor_id = @VendorId and version = @Version
        """, new { vendor.VendorId, vendor.Version });

    public void PutRequest(RequestCopy r) => work.Write("""
        insert into requests (request_id, registered, cancelled, number, citizen, area_code, category_code, description,
            urgency, dialled_number, registered_by, registered_at)
        values (@RequestId, true, false, @Number, @Citizen, @AreaCode, @CategoryCode, @Description, @Urgency, @DialledNumber,
            @RegisteredBy, @RegisteredAt)
        on conflict (request_id) do update set registered = true, number = excluded.number,
            citizen = case when not requests.erased then coalesce(requests.citizen, excluded.citizen) end,
            area_code = coalesce(requests.area_code, excluded.area_code),
            category_code = coalesce(requests.category_code, excluded.category_code),
            description = case when requests.erased then '' else excluded.description end, urgency = excluded.urgency,
            dialled_number = excluded.dialled_number, registered_by = excluded.registered_by, registered_at = excluded.registered_at
        """, new
    {
        r.RequestId,
        r.Number,
        r.Citizen,
        r.AreaCode,
        r.CategoryCode,
        r.Description,
        r.Urgency,
        r.DialledNumber,
        r.RegisteredBy,
        r.RegisteredAt,
    });

    public void CancelRequest(Guid request, string cause) => work.Write("""
        insert into requests (request_id, registered, cancelled, cancel_cause) values (@request, false, true, @cause)
        on conflict (request_id) do update set cancelled = true, cancel_cause = excluded.cancel_cause
        """, new { request, cause });

    /// <summary>What is asked for was named or corrected; a registration or an older correction that comes
    /// later does not undo it.</summary>
    /// <param name="version">Of the request after it.</param>
    public void RecategoriseRequest(Guid request, string category, int version) => work.Write("""
        insert into requests as r (request_id, registered, cancelled, category_code, category_version)
        values (@request, false, false, @category, @version)
        on conflict (request_id) do update set category_code = excluded.category_code, category_version = excluded.category_version
        where r.category_version < excluded.category_version
        """, new { request, category, version });

    /// <summary>Who the citizen is, or where, was corrected; a registration or an older correction that comes later does not undo it, and
    /// of whom is forgotten nothing is kept.</summary>
    /// <param name="version">Of the request after it.</param>
    public void CorrectRequest(Guid request, string citizen, string area, int version, DateTimeOffset at) => work.Write("""
        insert into requests as r (request_id, registered, cancelled, citizen, area_code, citizen_version, corrected_at)
        values (@request, false, false, @citizen, @area, @version, @at)
        on conflict (request_id) do update set citizen = case when not r.erased then excluded.citizen end, area_code = excluded.area_code,
            citizen_version = excluded.citizen_version, corrected_at = excluded.corrected_at
        where r.citizen_version < excluded.citizen_version
        """, new { request, citizen, area, version, at });

    /// <summary>Who the citizen is and what was said in free words, in the request and in its orders. The request first: whoever writes
    /// words into an order requires it not to be erased.</summary>
    public void EraseRequest(Guid request)
    {
        work.Write("""
            insert into requests (request_id, registered, cancelled, erased) values (@request, false, false, true)
            on conflict (request_id) do update set erased = true, citizen = null, description = ''
            """, new { request });
        work.Write("""
            update orders set quote_note = null, end_reason = null, override_reason = null,
                summary = case when summary is not null then '' end
            where request_id = @request
            """, new { request });
    }

    /// <summary>Older news are ignored. What the registry tells again with the same version fills in what an earlier release left out, and
    /// what an earlier release leaves out stays as it is known.</summary>
    public void PutVendor(VendorCopy v) => work.Write("""
        insert into vendors as v (vendor_id, name, phone, standing, contract_from, contract_until, services, coverage,
            opens_at, closes_at, version)
        values (@VendorId, @Name, @Phone, @Standing, @ContractFrom, @ContractUntil, @Services, @Coverage, @OpensAt, @ClosesAt, @Version)
        on conflict (vendor_id) do update set name = excluded.name, phone = excluded.phone, standing = excluded.standing,
            contract_from = excluded.contract_from,
            contract_until = excluded.contract_until, services = coalesce(excluded.services, v.services),
            coverage = coalesce(excluded.coverage, v.coverage),
            opens_at = case when excluded.services is null then v.opens_at else excluded.opens_at end,
            closes_at = case when excluded.services is null then v.closes_at else excluded.closes_at end, version = excluded.version
        where v.version < excluded.version or v.version = excluded.version and (v.services is null or v.phone is null)
        """, new
    {
        v.VendorId,
        v.Name,
        v.Phone,
        v.Standing,
        v.ContractFrom,
        v.ContractUntil,
        v.Services,
        v.Coverage,
        v.OpensAt,
        v.ClosesAt,
        v.Version,
    });
}
