using Hotline.Catalogue;
using Hotline.ServiceDefaults;
using Hotline.Wire;

namespace Hotline.VendorRegistry.Vendors;

/// <param name="Name">Of the category, in the reader's language.</param>
public sealed record ServiceView(string CategoryCode, string Name, decimal PriceFrom, decimal PriceTo, string Unit)
{
    public static ServiceView Of(OfferedService s) => new(s.CategoryCode,
        ServiceCatalogue.Current.Category(s.CategoryCode) is { } category ? Text.English ? category.NameEn : category.Name : s.CategoryCode,
        s.PriceFrom, s.PriceTo, s.Unit);
}

public sealed record HoursView(TimeOnly OpensAt, TimeOnly ClosesAt);

/// <summary>A vendor as the supervisor sees it.</summary>
/// <param name="Standing">Once approved: active, warned, suspended or terminated.</param>
/// <param name="Demo">Made up for a demonstration; not a real company.</param>
public sealed record VendorView(
    Guid Id, string Name, string Phone, string ContactName, string? LicenceNumber, Admission Admission,
    string? AdmissionNote, string? AdmissionBy, DateTimeOffset? AdmissionAt, DateOnly? ContractFrom, DateOnly? ContractUntil,
    Standing? Standing, string? StandingReason, DateTimeOffset? StandingUntil,
    HoursView? Hours, IReadOnlyList<ServiceView> Services, IReadOnlyList<string> Coverage, bool Demo, DateTimeOffset AppliedAt,
    int Version) : IVersioned
{
    public static VendorView Of(Vendor v) => new(
        v.Id, v.Name, v.Phone, v.ContactName, v.LicenceNumber, v.Admission, v.AdmissionNote, v.AdmissionBy, v.AdmissionAt,
        v.ContractFrom, v.ContractUntil, v.Standing, v.StandingReason, v.StandingUntil,
        v.OpensAt is { } opens && v.ClosesAt is { } closes ? new(opens, closes) : null,
        [.. v.Services.Select(ServiceView.Of)], v.Coverage, v.Demo, v.AppliedAt, v.Version);
}

/// <summary>A vendor's own profile.</summary>
/// <param name="Score">0 to 100; none before the first evaluation.</param>
/// <param name="Satisfaction">1 to 5, smoothed.</param>
public sealed record OwnVendorView(
    Guid Id, string Name, string Phone, Standing? Standing, string? StandingReason, DateTimeOffset? StandingUntil, DateOnly? ContractFrom,
    DateOnly? ContractUntil, double? Score, double? Satisfaction, int CompletedOrders, int OpenOrders, IReadOnlyList<ServiceView> Services,
    IReadOnlyList<string> Coverage);
