namespace Hotline.Contracts.Vendors;

/// <summary>A vendor as the registry has it, told whole with each event.</summary>
public interface IVendorProfile
{
    Guid VendorId { get; }

    int Version { get; }

    string Name { get; }

    string Phone { get; }

    string Standing { get; }

    DateOnly ContractFrom { get; }

    DateOnly ContractUntil { get; }

    string[]? Services { get; }

    string[]? Coverage { get; }

    TimeOnly? OpensAt { get; }

    TimeOnly? ClosesAt { get; }
}

/// <summary>An applicant passed the check and joined the alliance.</summary>
/// <param name="VendorId">The vendor.</param>
/// <param name="Version">Of the vendor after this event; a copy ignores what is not newer than what it has.</param>
/// <param name="Name">Registered name.</param>
/// <param name="Phone">Business phone, domestic digits.</param>
/// <param name="Standing">active, warned, suspended or terminated.</param>
/// <param name="ContractFrom">First day of the contract, Asia/Shanghai.</param>
/// <param name="ContractUntil">Last day of the contract, Asia/Shanghai.</param>
/// <param name="At">UTC.</param>
/// <param name="Services">Codes of the categories offered; null = an earlier release tells it, and neither these nor coverage and hours
/// are known.</param>
/// <param name="Coverage">Codes of the streets and towns served, or the city's, which all of its areas begin with.</param>
/// <param name="OpensAt">Local time of day; null = open day and night.</param>
/// <param name="ClosesAt">Local time of day; before OpensAt means after midnight.</param>
public sealed record VendorAdmitted(
    Guid VendorId, int Version, string Name, string Phone, string Standing, DateOnly ContractFrom, DateOnly ContractUntil,
    DateTimeOffset At,
    string[]? Services = null, string[]? Coverage = null, TimeOnly? OpensAt = null, TimeOnly? ClosesAt = null) : IVendorProfile;

/// <summary>Name, phone, contract, prices, hours or coverage of a vendor changed; or they are told again, with the version that they
/// have, for
/// copies that lack a part of them.</summary>
/// <inheritdoc cref="VendorAdmitted"/>
public sealed record VendorProfileChanged(
    Guid VendorId, int Version, string Name, string Phone, string Standing, DateOnly ContractFrom, DateOnly ContractUntil,
    DateTimeOffset At,
    string[]? Services = null, string[]? Coverage = null, TimeOnly? OpensAt = null, TimeOnly? ClosesAt = null) : IVendorProfile;

/// <summary>A sanction began or ended and with it what the vendor may do.</summary>
/// <inheritdoc cref="VendorAdmitted"/>
/// <param name="Reason">The reason that the deciding sanction states.</param>
/// <param name="Until">End of a suspension or warning, UTC; none = until lifted.</param>
public sealed record VendorStandingChanged(
    Guid VendorId, int Version, string Name, string Phone, string Standing, DateOnly ContractFrom, DateOnly ContractUntil,
    string? Reason, DateTimeOffset? Until, DateTimeOffset At,
    string[]? Services = null, string[]? Coverage = null, TimeOnly? OpensAt = null, TimeOnly? ClosesAt = null) : IVendorProfile;
