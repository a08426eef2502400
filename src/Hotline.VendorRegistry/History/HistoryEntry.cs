using Hotline.VendorRegistry.Vendors;

namespace Hotline.VendorRegistry.History;

/// <summary>Particulars of an entry; which are there its kind says.</summary>
/// <param name="From">First day of the contract.</param>
/// <param name="Until">Its last day.</param>
/// <param name="Before">Its last day until then.</param>
/// <param name="Fields">JSON names of what changed.</param>
/// <param name="Sanction">warning, suspension or termination.</param>
/// <param name="SanctionUntil">When it ends by itself, UTC.</param>
public sealed record HistoryData(
    DateOnly? From = null, DateOnly? Until = null, DateOnly? Before = null, string[]? Fields = null, string? Sanction = null,
    DateTimeOffset? SanctionUntil = null);

/// <summary>Something that happened to a vendor.</summary>
/// <param name="Kind">applied, approved, rejected, renewed, changed, sanctionImposed or sanctionLifted.</param>
/// <param name="Words">The reason or note that somebody gave.</param>
public sealed record HistoryEntry(string Kind, string? Words, HistoryData Data)
{
    public static HistoryEntry Applied() => new("applied", null, new());

    public static HistoryEntry Approved(Vendor vendor) =>
        new("approved", vendor.AdmissionNote, new(From: vendor.ContractFrom, Until: vendor.ContractUntil));

    public static HistoryEntry Rejected(Vendor vendor) => new("rejected", vendor.AdmissionNote, new());

    public static HistoryEntry Renewed(Vendor before, Vendor after, string? reason) =>
        new("renewed", reason, new(From: after.ContractFrom, Until: after.ContractUntil, Before: before.ContractUntil));

    public static HistoryEntry Sanctioned(KnownSanction told) => new(told.Lifted ? "sanctionLifted" : "sanctionImposed", told.Reason,
        new(Sanction: told.Kind, SanctionUntil: told.Until));

    /// <summary>What a change of the profile did: the contract has an entry of its own.</summary>
    public static IEnumerable<HistoryEntry> Changed(Vendor before, Vendor after)
    {
        var fields = FieldsThatDiffer(before, after).ToArray();
        if (fields.Length > 0) yield return new("changed", null, new(Fields: fields));
        if ((before.ContractFrom, before.ContractUntil) != (after.ContractFrom, after.ContractUntil))
            yield return Renewed(before, after, null);
    }

    private static IEnumerable<string> FieldsThatDiffer(Vendor before, Vendor after)
    {
        if (before.Name != after.Name) yield return "name";
        if (before.Phone != after.Phone) yield return "phone";
        if (before.ContactName != after.ContactName) yield return "contactName";
        if (before.LicenceNumber != after.LicenceNumber) yield return "licenceNumber";
        if (!before.HasSameServices(after)) yield return "services";
        if (!before.HasSameCoverage(after)) yield return "coverage";
        if ((before.OpensAt, before.ClosesAt) != (after.OpensAt, after.ClosesAt)) yield return "hours";
    }
}
