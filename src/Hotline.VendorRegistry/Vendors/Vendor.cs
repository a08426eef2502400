using Hotline.Contracts.Vendors;
using Hotline.ServiceDefaults;

namespace Hotline.VendorRegistry.Vendors;

/// <summary>Where an applicant stands on the way into the alliance.</summary>
public enum Admission
{
    Applied,
    Approved,
    Rejected,
}

/// <summary>What a vendor of the alliance may do; ordered by severity.</summary>
public enum Standing
{
    Active,
    Warned,
    Suspended,
    Terminated,
}

/// <summary>A service with its price range.</summary>
/// <param name="PriceFrom">CNY, tax included.</param>
/// <param name="Unit">What the price is for, for example 次, 小时, 平方米.</param>
public sealed record OfferedService(string CategoryCode, decimal PriceFrom, decimal PriceTo, string Unit);

/// <summary>A sanction in force.</summary>
public sealed record ActiveSanction(string Kind, string? Reason, DateTimeOffset? Until);

/// <summary>A company that applied to, or belongs to, the alliance (加盟企业).</summary>
public sealed record Vendor : IVersioned
{
    private static readonly Text Decided = new("vendor.decided", "该申请已审核,不能重复审核", "The application has been decided already");
    private static readonly Text ContractBackwards = new("contract.invalid", "合同结束日期不能早于开始日期", "The contract cannot end before it begins");
    private static readonly Text NothingOffered = new("vendor.offers-nothing", "至少要有一项服务和一个覆盖区域才能通过审核", "A vendor needs at least one service and one area to be approved");

    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Phone { get; init; }
    public required string ContactName { get; init; }
    public string? LicenceNumber { get; init; }
    public Admission Admission { get; init; }
    public string? AdmissionNote { get; init; }
    public string? AdmissionBy { get; init; }
    public DateTimeOffset? AdmissionAt { get; init; }
    public DateOnly? ContractFrom { get; init; }
    public DateOnly? ContractUntil { get; init; }
    public Standing? Standing { get; init; }
    public string? StandingReason { get; init; }
    public DateTimeOffset? StandingUntil { get; init; }
    public TimeOnly? OpensAt { get; init; }
    public TimeOnly? ClosesAt { get; init; }
    public bool Demo { get; init; }
    public DateTimeOffset AppliedAt { get; init; }
    public int Version { get; init; }
    public IReadOnlyList<OfferedService> Services { get; init; } = [];
    public IReadOnlyList<string> Coverage { get; init; } = [];

    /// <summary>The check was passed; the contract begins.</summary>
    public Decision<Vendor> Approve(DateOnly from, DateOnly until, string? note, string by, DateTimeOffset now)
    {
        if (Admission is not Admission.Applied) return new Refusal(Decided, CurrentStatus: Admission.ToWire());
        if (Services.Count == 0 || Coverage.Count == 0) return new Refusal(NothingOffered, CurrentStatus: Admission.ToWire());
        var admitted = this with
        {
            Admission = Admission.Approved,
            AdmissionNote = note,
            AdmissionBy = by,
            AdmissionAt = now,
            ContractFrom = from,
            ContractUntil = until,
            Standing = Vendors.Standing.Active,
            Version = Version + 1,
        };
        return Decision.Accept(admitted, new VendorAdmitted(Id, admitted.Version, Name, Phone, Vendors.Standing.Active.ToWire(), from, until, now));
    }

    /// <summary>The check was not passed.</summary>
    public Decision<Vendor> Reject(string reason, string by, DateTimeOffset now) => Admission is not Admission.Applied
        ? new Refusal(Decided, CurrentStatus: Admission.ToWire())
        : Decision.Accept(this with { Admission = Admission.Rejected, AdmissionNote = reason, AdmissionBy = by, AdmissionAt = now, Version = Version + 1 });

    /// <summary>Profile, prices, coverage or contract as changed by the supervisor.</summary>
    public Decision<Vendor> Change(Vendor changed, DateTimeOffset now)
    {
        if (changed.ContractUntil < changed.ContractFrom) return Refusal.Invalid(("contractUntil", ContractBackwards));
        var next = changed with { Version = Version + 1 };
        return Admission is Admission.Approved
            ? Decision.Accept(next, new VendorProfileChanged(Id, next.Version, next.Name, next.Phone, Standing!.Value.ToWire(), next.ContractFrom!.Value, next.ContractUntil!.Value, now))
            : Decision.Accept(next);
    }

    /// <summary>The standing that follows from the sanctions in force: the severest decides.</summary>
    /// <returns>Null where nothing changes.</returns>
    public Decision<Vendor>? Sanctioned(IEnumerable<ActiveSanction> sanctions, DateTimeOffset now)
    {
        if (Admission is not Admission.Approved) return null;
        var severest = sanctions.OrderByDescending(s => StandingOf(s.Kind)).ThenByDescending(s => s.Until ?? DateTimeOffset.MaxValue).FirstOrDefault();
        var standing = severest is null ? Vendors.Standing.Active : StandingOf(severest.Kind);
        if (standing == Standing && severest?.Reason == StandingReason && severest?.Until == StandingUntil) return null;
        var next = this with { Standing = standing, StandingReason = severest?.Reason, StandingUntil = severest?.Until, Version = Version + 1 };
        return Decision.Accept(next, new VendorStandingChanged(Id, next.Version, Name, Phone, standing.ToWire(), ContractFrom!.Value, ContractUntil!.Value,
            next.StandingReason, next.StandingUntil, now));
    }

    private static Standing StandingOf(string sanction) => sanction switch
    {
        "warning" => Vendors.Standing.Warned,
        "suspension" => Vendors.Standing.Suspended,
        "termination" => Vendors.Standing.Terminated,
        _ => throw new InvalidOperationException($"Unknown sanction {sanction}"),
    };
}
