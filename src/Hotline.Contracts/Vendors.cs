namespace Hotline.Contracts.Vendors;

/// <summary>An applicant passed the check and joined the alliance.</summary>
/// <param name="VendorId">The vendor.</param>
/// <param name="Version">Of the vendor after this event; a copy ignores what is not newer than what it has.</param>
/// <param name="Name">Registered name.</param>
/// <param name="Phone">Business phone, domestic digits.</param>
/// <param name="Standing">active, warned, suspended or terminated.</param>
/// <param name="ContractFrom">First day of the contract, Asia/Shanghai.</param>
/// <param name="ContractUntil">Last day of the contract, Asia/Shanghai.</param>
/// <param name="At">UTC.</param>
public sealed record VendorAdmitted(
    Guid VendorId, int Version, string Name, string Phone, string Standing, DateOnly ContractFrom, DateOnly ContractUntil, DateTimeOffset At);

/// <summary>Name, phone, contract, prices or coverage of a vendor changed.</summary>
/// <inheritdoc cref="VendorAdmitted"/>
public sealed record VendorProfileChanged(
    Guid VendorId, int Version, string Name, string Phone, string Standing, DateOnly ContractFrom, DateOnly ContractUntil, DateTimeOffset At);

/// <summary>A sanction began or ended and with it what the vendor may do.</summary>
/// <inheritdoc cref="VendorAdmitted"/>
/// <param name="Reason">The reason that the deciding sanction states.</param>
/// <param name="Until">End of a suspension or warning, UTC; none = until lifted.</param>
public sealed record VendorStandingChanged(
    Guid VendorId, int Version, string Name, string Phone, string Standing, DateOnly ContractFrom, DateOnly ContractUntil,
    string? Reason, DateTimeOffset? Until, DateTimeOffset At);
