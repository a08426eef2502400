using Hotline.Contracts.Vendors;
using Hotline.Wire.Vendors;

namespace Hotline.VendorRegistry.Vendors;

/// <summary>A service with its price range.</summary>
/// <param name="PriceFrom">CNY, tax included.</param>
/// <param name="Unit">What the price is for, for example 次, 小时, 平方米.</param>
public sealed record OfferedService(string CategoryCode, decimal PriceFrom, decimal PriceTo, string Unit);

/// <summary>A sanction in force.</summary>
public sealed record ActiveSanction(string Kind, string? Reason, DateTimeOffset? Until);

/// <summary>A sanction as evaluation told of it.</summary>
/// <param name="Lifted">Its end was heard of, perhaps before its beginning.</param>
public sealed record KnownSanction(Guid Id, string Kind, string? Reason, DateTimeOffset? Until, bool Lifted);

/// <summary>A company that applied to, or belongs to, the alliance (加盟企业).</summary>
public sealed record Vendor : IVersioned
{
    private static readonly Text Decided = new("vendor.decided", "该申请已审核，不能重复审核", "The application has been decided already");
    private static readonly Text ContractBackwards = new("contract.invalid", "合同结束日期不能早于开始日期", "The contract cannot end before it begins");
    private static readonly Text ContractIsOver = new("contract.over", "按此日期合同已经到期，请填写今天或以后的结束日期",
        "The contract would be over already: give a last day that is today or later");
    private static readonly Text ContractFar = new("contract.far", $"合同日期与今天相差不能超过 {MostYears} 年",
        $"A contract's days are at most {MostYears} years from today");
    private static readonly Text LastService = new("vendor.last-service", "已加盟企业至少要保留一项服务",
        "A vendor of the alliance offers at least one service");
    private static readonly Text LastArea = new("vendor.last-area", "已加盟企业至少要保留一个覆盖区域",
        "A vendor of the alliance covers at least one area");
    private static readonly Text SameContract = new("contract.same", "合同日期没有变化", "The contract has these days already");
    private static readonly Text NotMember = new("vendor.not-member", "该企业还没有加盟，没有合同",
        "The vendor has not joined the alliance: it has no contract");
    private static readonly Text Removed = new("vendor.terminated", "该企业已解除加盟", "The vendor was removed from the alliance");
    private static readonly Text NothingOffered = new("vendor.offers-nothing", "至少要有一项服务和一个覆盖区域才能通过审核",
        "A vendor needs at least one service and one area to be approved");

    /// <summary>As far as a contract's days may be from today.</summary>
    private const int MostYears = 10;

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

    /// <summary>Somebody who applies, before what he gives is put onto it.</summary>
    public static Vendor Applicant(DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Name = "", Phone = "", ContactName = "", AppliedAt = now, Version = 1 };

    /// <summary>The check was passed; the contract begins.</summary>
    /// <param name="from">First day of the contract; null = today.</param>
    /// <param name="until">Last day; null = the last of a year that begins with the first.</param>
    public Decision<Vendor> Approve(DateOnly? from, DateOnly? until, string? note, string by, DateTimeOffset now)
    {
        if (Admission is not Admission.Applied) return new Refusal(Decided, CurrentStatus: Admission.ToWire());
        if (Services.Count == 0 || Coverage.Count == 0) return new Refusal(NothingOffered, CurrentStatus: Admission.ToWire());
        var today = now.ToLocalDay();
        var first = from ?? today;
        if (IsFar(first, today)) return Refusal.Invalid(("contractFrom", ContractFar));
        var last = until ?? first.AddYears(1).AddDays(-1);
        if (WrongContract(first, last, today) is { } wrong) return wrong;
        var admitted = this with
        {
            Admission = Admission.Approved,
            AdmissionNote = note,
            AdmissionBy = by,
            AdmissionAt = now,
            ContractFrom = first,
            ContractUntil = last,
            Standing = Wire.Vendors.Standing.Active,
            Version = Version + 1,
        };
        return Decision.Accept(admitted, new VendorAdmitted(Id, admitted.Version, Name, Phone,
            Wire.Vendors.Standing.Active.ToWire(), first, last, now, ServiceCodes, AreaCodes, OpensAt, ClosesAt));
    }

    /// <summary>The check was not passed.</summary>
    public Decision<Vendor> Reject(string reason, string by, DateTimeOffset now) => Admission is not Admission.Applied
        ? new Refusal(Decided, CurrentStatus: Admission.ToWire())
        : Decision.Accept(this with
        { Admission = Admission.Rejected, AdmissionNote = reason, AdmissionBy = by, AdmissionAt = now, Version = Version + 1 });

    /// <summary>Profile, prices, coverage or contract as changed by the supervisor. Where nothing changes nothing is told.</summary>
    public Decision<Vendor> Change(Vendor changed, DateTimeOffset now)
    {
        if (IsSame(changed)) return Decision.Accept(this);
        if (Admission is Admission.Approved)
        {
            if (changed.Services.Count == 0) return Refusal.Invalid(("services", LastService));
            if (changed.Coverage.Count == 0) return Refusal.Invalid(("coverage", LastArea));
            // what a contract was is no reason to refuse another change
            if ((ContractFrom, ContractUntil) != (changed.ContractFrom, changed.ContractUntil)
                && WrongContract(changed.ContractFrom!.Value, changed.ContractUntil!.Value, now.ToLocalDay()) is { } wrong) return wrong;
        }
        var next = changed with { Version = Version + 1 };
        return Admission is Admission.Approved ? Decision.Accept(next, next.Profile(now)) : Decision.Accept(next);
    }

    /// <summary>The contract gets other days.</summary>
    /// <param name="from">First day; null = as it is.</param>
    /// <param name="until">Last day.</param>
    public Decision<Vendor> Renew(DateOnly? from, DateOnly until, DateTimeOffset now)
    {
        if (Admission is not Admission.Approved) return new Refusal(NotMember, CurrentStatus: Admission.ToWire());
        if (Standing is Wire.Vendors.Standing.Terminated) return new Refusal(Removed, CurrentStatus: Standing.Value.ToWire());
        var (first, today) = (from ?? ContractFrom!.Value, now.ToLocalDay());
        if (from is { } given && IsFar(given, today)) return Refusal.Invalid(("from", ContractFar));
        if (until < first) return Refusal.Invalid(("until", ContractBackwards));
        if (until < today) return Refusal.Invalid(("until", ContractIsOver));
        if (IsFar(until, today)) return Refusal.Invalid(("until", ContractFar));
        if ((first, until) == (ContractFrom, ContractUntil)) return Refusal.Invalid(("until", SameContract));
        var renewed = this with { ContractFrom = first, ContractUntil = until, Version = Version + 1 };
        return Decision.Accept(renewed, renewed.Profile(now));
    }

    /// <summary>What others are told of a vendor of the alliance.</summary>
    public VendorProfileChanged Profile(DateTimeOffset now) => new(
        Id, Version, Name, Phone, Standing!.Value.ToWire(), ContractFrom!.Value, ContractUntil!.Value, now, ServiceCodes,
        AreaCodes, OpensAt, ClosesAt);

    /// <summary>The standing that follows from the sanctions in force: the severest decides.</summary>
    /// <returns>Null where nothing changes.</returns>
    public Decision<Vendor>? Sanctioned(IEnumerable<ActiveSanction> sanctions, DateTimeOffset now)
    {
        if (Admission is not Admission.Approved) return null;
        var severest = sanctions.OrderByDescending(s => StandingOf(s.Kind))
            .ThenByDescending(s => s.Until ?? DateTimeOffset.MaxValue).FirstOrDefault();
        var standing = severest is null ? Wire.Vendors.Standing.Active : StandingOf(severest.Kind);
        if (standing == Standing && severest?.Reason == StandingReason && severest?.Until == StandingUntil) return null;
        var next = this with
        { Standing = standing, StandingReason = severest?.Reason, StandingUntil = severest?.Until, Version = Version + 1 };
        return Decision.Accept(next, new VendorStandingChanged(Id, next.Version, Name, Phone, standing.ToWire(),
            ContractFrom!.Value, ContractUntil!.Value,
            next.StandingReason, next.StandingUntil, now, ServiceCodes, AreaCodes, OpensAt, ClosesAt));
    }

    private string[] ServiceCodes => [.. Services.Select(s => s.CategoryCode)];

    private string[] AreaCodes => [.. Coverage];

    // lists have no order of their own
    internal bool HasSameServices(Vendor other) =>
        Services.OrderBy(s => s.CategoryCode).SequenceEqual(other.Services.OrderBy(s => s.CategoryCode));

    internal bool HasSameCoverage(Vendor other) => Coverage.Order().SequenceEqual(other.Coverage.Order());

    private bool IsSame(Vendor other) => this with { Services = other.Services, Coverage = other.Coverage } == other
        && HasSameServices(other) && HasSameCoverage(other);

    private static Refusal? WrongContract(DateOnly first, DateOnly last, DateOnly today) =>
        IsFar(first, today) ? Refusal.Invalid(("contractFrom", ContractFar))
        : last < first ? Refusal.Invalid(("contractUntil", ContractBackwards))
        : last < today ? Refusal.Invalid(("contractUntil", ContractIsOver))
        : IsFar(last, today) ? Refusal.Invalid(("contractUntil", ContractFar)) : null;

    private static bool IsFar(DateOnly day, DateOnly today) => day < today.AddYears(-MostYears) || day > today.AddYears(MostYears);

    private static Standing StandingOf(string sanction) => sanction switch
    {
        "warning" => Wire.Vendors.Standing.Warned,
        "suspension" => Wire.Vendors.Standing.Suspended,
        "termination" => Wire.Vendors.Standing.Terminated,
        _ => throw new InvalidOperationException($"Unknown sanction {sanction}"),
    };
}
