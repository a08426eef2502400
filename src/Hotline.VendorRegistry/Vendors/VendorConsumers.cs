using Hotline.Contracts.Evaluation;
using Hotline.VendorRegistry.History;

namespace Hotline.VendorRegistry.Vendors;

/// <summary>A vendor's standing follows from the sanctions in force.</summary>
public sealed class VendorStanding(VendorStore vendors, HistoryStore history, Work work, TimeProvider clock) : IFollow<VendorStanding>
{
    public static void Follow(Follows<VendorStanding> events) => events
        .On<SanctionImposed>((standing, e, stop) =>
            standing.Apply(e.VendorId, new(e.SanctionId, e.Kind, e.Reason, e.Until, Lifted: false), e.By, e.At, stop))
        .On<SanctionLifted>((standing, e, stop) =>
            standing.Apply(e.VendorId, new(e.SanctionId, e.Kind, e.Reason, null, Lifted: true), e.By, e.At, stop));

    // The vendor's version is read before its sanctions, and every news of a sanction makes a new version: two that are handled at the same
    // time cannot both commit without the second having seen the first.
    private async Task Apply(Guid id, KnownSanction told, string by, DateTimeOffset at, CancellationToken stop)
    {
        var vendor = await vendors.Find(id, stop)
            ?? throw new InvalidOperationException($"A sanction speaks of vendor {id}, which is not here");
        var known = await vendors.Sanctions(id, stop);
        vendors.AddSanction(told.Id, id, told.Kind, told.Lifted ? null : told.Reason, told.Until, told.Lifted);
        history.Note(id, HistoryEntry.Sanctioned(told), by, at);
        var lifted = told.Lifted || known.Any(s => s.Id == told.Id && s.Lifted);
        var inForce = known.Where(s => s.Id != told.Id && !s.Lifted).Concat(lifted ? [] : [told])
            .Select(s => new ActiveSanction(s.Kind, s.Reason, s.Until));
        if (vendor.Sanctioned(inForce, clock.GetUtcNow()) is { } decision) vendors.Save(decision, vendor.Version);
        else work.WriteOne("update vendors set version = version + 1 where id = @id and version = @Version", new { id, vendor.Version });
    }
}
