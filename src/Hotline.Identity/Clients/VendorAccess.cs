using Hotline.Contracts.Vendors;
using Npgsql;

namespace Hotline.Identity.Clients;

/// <summary>A vendor as the registry told of it.</summary>
public sealed record VendorCopy
{
    public Guid VendorId { get; init; }
    public string Name { get; init; } = "";
    public string Standing { get; init; } = "";
    public int Version { get; init; }

    /// <summary>A vendor that was removed gets no token; a suspended one still has orders to finish.</summary>
    public bool MayHaveTokens => Standing != "terminated";
}

public sealed class VendorAccess(NpgsqlDataSource database, Work work)
{
    public Task<VendorCopy?> Find(Guid id, CancellationToken stop) =>
        database.One<VendorCopy>("select * from vendor_access where vendor_id = @id", new { id }, stop);

    /// <summary>Older news are ignored. A vendor that was removed takes all tokens of its people and systems
    /// with it, in the same commit.</summary>
    public void Put(Guid vendor, string name, string standing, int version)
    {
        work.Write("""
            insert into vendor_access (vendor_id, name, standing, version) values (@vendor, @name, @standing, @version)
            on conflict (vendor_id) do update set name = excluded.name, standing = excluded.standing, version = excluded.version
            where vendor_access.version < excluded.version
            """, new { vendor, name, standing, version });
        var key = Revocations.Vendor(vendor);
        work.Write("""
            insert into revocations (key, generation, at)
            select @key, 1, clock_timestamp() from vendor_access where vendor_id = @vendor and standing = 'terminated'
            on conflict (key) do nothing
            """, new { vendor, key });
        work.Write("delete from revocations using vendor_access v where key = @key and v.vendor_id = @vendor "
            + "and v.standing <> 'terminated'", new { vendor, key });
    }
}

/// <summary>Keeps which vendors there are and whether they may have tokens.</summary>
public sealed class VendorCopies(VendorAccess access) : IFollow<VendorCopies>
{
    public static void Follow(Follows<VendorCopies> events) =>
        events.On<IVendorProfile>((copies, v) => copies.Keep(v));

    private void Keep(IVendorProfile v) => access.Put(v.VendorId, v.Name, v.Standing, v.Version);
}
