using Hotline.Messaging;
using Hotline.ServiceDefaults;
using Npgsql;

namespace Hotline.Dispatch.Copies;

/// <summary>A request as intake told of it.</summary>
public sealed record RequestCopy
{
    public Guid RequestId { get; init; }
    public bool Cancelled { get; init; }
    public string? Number { get; init; }

    /// <summary>Sealed; null = erased.</summary>
    public string? Citizen { get; init; }
    public string? AreaCode { get; init; }
    public string? CategoryCode { get; init; }
    public string? Description { get; init; }
    public string? Urgency { get; init; }
    public DateTimeOffset? RegisteredAt { get; init; }
}

/// <summary>A vendor as the registry told of it.</summary>
public sealed record VendorCopy
{
    public Guid VendorId { get; init; }
    public string Name { get; init; } = "";
    public string Standing { get; init; } = "";
    public DateOnly ContractUntil { get; init; }
    public int Version { get; init; }
}

public sealed class CopyStore(NpgsqlDataSource database, Work work)
{
    public Task<RequestCopy?> Request(Guid id, CancellationToken stop) =>
        database.One<RequestCopy>("select * from requests where request_id = @id and registered", new { id }, stop);

    public async Task<Dictionary<Guid, RequestCopy>> Requests(IEnumerable<Guid> ids, CancellationToken stop) =>
        (await database.Many<RequestCopy>("select * from requests where request_id = any(@ids)", new { ids = ids.ToArray() }, stop)).ToDictionary(r => r.RequestId);

    public Task<VendorCopy?> Vendor(Guid id, CancellationToken stop) =>
        database.One<VendorCopy>("select * from vendors where vendor_id = @id", new { id }, stop);

    /// <summary>What was read must still hold when the offer is committed: the request not cancelled, the vendor's standing the same.</summary>
    public void RequireUnchanged(RequestCopy request, VendorCopy vendor)
    {
        work.Require("select 1 from requests where request_id = @RequestId and not cancelled", new { request.RequestId });
        work.Require("select 1 from vendors where vendor_id = @VendorId and version = @Version", new { vendor.VendorId, vendor.Version });
    }

    public void PutRequest(RequestCopy r) => work.Write("""
        insert into requests (request_id, registered, cancelled, number, citizen, area_code, category_code, description, urgency, registered_at)
        values (@RequestId, true, false, @Number, @Citizen, @AreaCode, @CategoryCode, @Description, @Urgency, @RegisteredAt)
        on conflict (request_id) do update set registered = true, number = excluded.number, citizen = case when not requests.erased then excluded.citizen end,
            area_code = excluded.area_code, category_code = coalesce(requests.category_code, excluded.category_code), description = case when requests.erased then '' else excluded.description end, urgency = excluded.urgency, registered_at = excluded.registered_at
        """, new { r.RequestId, r.Number, r.Citizen, r.AreaCode, r.CategoryCode, r.Description, r.Urgency, r.RegisteredAt });

    public void CancelRequest(Guid request) => work.Write("""
        insert into requests (request_id, registered, cancelled) values (@request, false, true)
        on conflict (request_id) do update set cancelled = true
        """, new { request });

    /// <summary>What is asked for was named or corrected; a registration that comes later does not undo it.</summary>
    public void RecategoriseRequest(Guid request, string category) => work.Write("""
        insert into requests (request_id, registered, cancelled, category_code) values (@request, false, false, @category)
        on conflict (request_id) do update set category_code = excluded.category_code
        """, new { request, category });

    public void EraseRequest(Guid request) => work.Write("""
        insert into requests (request_id, registered, cancelled, erased) values (@request, false, false, true)
        on conflict (request_id) do update set erased = true, citizen = null, description = ''
        """, new { request });

    /// <summary>Older news are ignored.</summary>
    public void PutVendor(VendorCopy v) => work.Write("""
        insert into vendors (vendor_id, name, standing, contract_until, version) values (@VendorId, @Name, @Standing, @ContractUntil, @Version)
        on conflict (vendor_id) do update set name = excluded.name, standing = excluded.standing, contract_until = excluded.contract_until, version = excluded.version
        where vendors.version < excluded.version
        """, new { v.VendorId, v.Name, v.Standing, v.ContractUntil, v.Version });
}
