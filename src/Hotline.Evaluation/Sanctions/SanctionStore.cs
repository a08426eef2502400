using Npgsql;

namespace Hotline.Evaluation.Sanctions;

public sealed class SanctionStore(NpgsqlDataSource database, Work work)
{
    public Task<Sanction?> Find(Guid id, CancellationToken stop) =>
        database.One<Sanction>("select * from sanctions where id = @id", new { id }, stop);

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<Sanction>> List(Guid? vendor, bool? active, PageRequest page, CancellationToken stop) =>
        database.Many<Sanction>($"select * {Narrowed(vendor, active)} {(page.AfterId is null ? "" : "and id < @after")} "
            + "order by id desc limit @take", new { vendor, after = page.AfterId, take = page.Limit + 1 }, stop);

    public Task<int> Count(Guid? vendor, bool? active, int most, CancellationToken stop) =>
        database.Count(Narrowed(vendor, active), new { vendor, most }, stop);

    private static string Narrowed(Guid? vendor, bool? active) =>
        $"from sanctions where {(vendor is null ? "true" : "vendor_id = @vendor")}{active switch
        {
            true => " and lifted_at is null",
            false => " and lifted_at is not null",
            null => "",
        }}";

    /// <summary>In force, but over by now.</summary>
    public Task<IReadOnlyList<Sanction>> Ended(DateTimeOffset now, CancellationToken stop) =>
        database.Many<Sanction>("select * from sanctions where lifted_at is null and until <= @now limit 100", new { now }, stop);

    public void Add(Decision<Sanction> imposed)
    {
        var s = imposed.State;
        work.Write("""
            insert into sanctions (id, vendor_id, kind, reason, until, complaint_order_id, imposed_by, imposed_at, version)
            values (@Id, @VendorId, @kind, @Reason, @Until, @ComplaintOrderId, @ImposedBy, @ImposedAt, @Version)
            """, new
        {
            s.Id,
            s.VendorId,
            kind = s.Kind.ToWire(),
            s.Reason,
            s.Until,
            s.ComplaintOrderId,
            s.ImposedBy,
            s.ImposedAt,
            s.Version,
        });
        work.Tell(imposed.Events);
    }

    public void Save(Decision<Sanction> decision, int readAt)
    {
        var s = decision.State;
        work.WriteOne("""
            update sanctions set lifted_by = @LiftedBy, lift_reason = @LiftReason, lifted_at = @LiftedAt, version = @Version
            where id = @Id and version = @readAt
            """, new { s.Id, s.LiftedBy, s.LiftReason, s.LiftedAt, s.Version, readAt });
        work.Tell(decision.Events);
    }
}
