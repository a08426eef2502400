namespace Hotline.Wire.Vendors;

/// <param name="CategoryCode">A leaf of the catalogue.</param>
/// <param name="PriceFrom">CNY, from 0.01 to 1,000,000.</param>
/// <param name="PriceTo">CNY, not less than PriceFrom.</param>
/// <param name="Unit">What the price is for, for example 次 or 小时.</param>
public sealed record ServiceInput(string? CategoryCode, decimal? PriceFrom, decimal? PriceTo, string? Unit) : Shown;

/// <param name="OpensAt">Local time of day, for example 08:00.</param>
/// <param name="ClosesAt">Local time of day; before OpensAt means after midnight.</param>
public sealed record HoursInput(TimeOnly? OpensAt, TimeOnly? ClosesAt) : Shown;

/// <summary>An application, or in a PATCH the fields that change.</summary>
/// <param name="Name">Registered name, at most 100 characters.</param>
/// <param name="Phone">Business phone.</param>
/// <param name="ContactName">Whom to ask for.</param>
/// <param name="LicenceNumber">Unified social credit code (GB 32100-2015), 18 characters with a check digit.</param>
/// <param name="Services">What is offered, with prices.</param>
/// <param name="Coverage">Codes of streets and towns, or the city's 6-digit code for all.</param>
/// <param name="Hours">Opening hours; none = day and night.</param>
/// <param name="ContractFrom">First day of the contract (PATCH only; set by approval).</param>
/// <param name="ContractUntil">Last day of the contract (PATCH only).</param>
public sealed record VendorInput(
    string? Name, string? Phone, string? ContactName, string? LicenceNumber, IReadOnlyList<ServiceInput>? Services,
    IReadOnlyList<string>? Coverage, HoursInput? Hours, DateOnly? ContractFrom, DateOnly? ContractUntil) : Shown;

/// <param name="ContractFrom">First day; today if not given.</param>
/// <param name="ContractUntil">Last day; a year after the first if not given.</param>
/// <param name="Note">What the check found.</param>
public sealed record ApproveInput(DateOnly? ContractFrom, DateOnly? ContractUntil, string? Note) : Shown;

/// <param name="From">First day; as it is if not given.</param>
/// <param name="Until">Last day: today or later.</param>
/// <param name="Reason">In words, for example what was agreed.</param>
public sealed record ContractInput(DateOnly? From, DateOnly? Until, string? Reason) : Shown;

/// <param name="Reason">In words.</param>
public sealed record RejectInput(string? Reason) : Shown;
