using Npgsql;

namespace Hotline.Evaluation.Vendors;

/// <summary>A vendor as the registry told of it.</summary>
public sealed record VendorCopy
{
    public Guid VendorId { get; init; }
    public string Name { get; init; } = "";
    public string Standing { get; init; } = "";
    public int Version { get; init; }
}

public sealed class VendorStore(NpgsqlDataSource database, Work work)
{
    public Task<VendorCopy?> Find(Guid id, CancellationToken stop) =>
        database.One<VendorCopy>("select * from vendors where vendor_id = @id", new { id }, stop);

    /// <summary>Older news are ignored.</summary>
    public void Put(Guid vendor, string name, string standing, int version) => work.Write("""
        insert into vendors (vendor_id, name, standing, version) values (@vendor, @name, @standing, @version)
        on conflict (vendor_id) do update set name = excluded.name, standing = excluded.standing, version = excluded.version
        where vendors.version < excluded.version
        """, new { vendor, name, standing, version });
}
