namespace Hotline.Wire.Vendors;

/// <param name="Name">Of the category, in the reader's language.</param>
public sealed record ServiceView(string CategoryCode, string Name, decimal PriceFrom, decimal PriceTo, string Unit) : Shown;

public sealed record HoursView(TimeOnly OpensAt, TimeOnly ClosesAt) : Shown;

/// <summary>A vendor as the supervisor sees it.</summary>
/// <param name="Standing">Once approved: active, warned, suspended or terminated.</param>
/// <param name="Demo">Made up for a demonstration; not a real company.</param>
public sealed record VendorView(
    Guid Id, string Name, string Phone, string ContactName, string? LicenceNumber, Admission Admission,
    string? AdmissionNote, string? AdmissionBy, DateTimeOffset? AdmissionAt, DateOnly? ContractFrom, DateOnly? ContractUntil,
    Standing? Standing, string? StandingReason, DateTimeOffset? StandingUntil,
    HoursView? Hours, IReadOnlyList<ServiceView> Services, IReadOnlyList<string> Coverage, bool Demo, DateTimeOffset AppliedAt,
    int Version) : Shown, IVersioned;

/// <summary>A vendor's own profile.</summary>
/// <param name="Score">0 to 100; none before the first evaluation.</param>
/// <param name="Satisfaction">1 to 5, smoothed.</param>
public sealed record OwnVendorView(
    Guid Id, string Name, string Phone, Standing? Standing, string? StandingReason, DateTimeOffset? StandingUntil, DateOnly? ContractFrom,
    DateOnly? ContractUntil, double? Score, double? Satisfaction, int CompletedOrders, int OpenOrders, IReadOnlyList<ServiceView> Services,
    IReadOnlyList<string> Coverage) : Shown;
