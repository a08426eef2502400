namespace Hotline.Contracts.Dispatch;

// Common to all: OrderId, RequestId and VendorId say whose; Version is the order's after the event, and a consumer ignores
// what is not newer than what it has; At is UTC; By is the person or system that acted; amounts are CNY, tax included.
// VendorName is the vendor's name when the order was offered: a rename later changes neither orders nor callbacks.
// Ordinal counts the orders of a request from 1: of two the greater was offered later, whatever the clocks of the hosts that
// made their ids; null = told by a release before it was counted, then the ids (UUIDv7) say which is later.

/// <summary>A vendor was asked to take a request.</summary>
/// <param name="OfferExpiresAt">When the offer lapses unless accepted, UTC.</param>
/// <param name="OverrideReason">Why the operator offered it although the vendor does not offer the service, does not cover the area or
/// is closed now; null = no such reason was given.</param>
public sealed record OrderOffered(
    Guid OrderId, Guid RequestId, Guid VendorId, int Version, string RequestNumber, string VendorName, string CategoryCode,
    DateTimeOffset OfferExpiresAt, string By, DateTimeOffset At, int? Ordinal = null,
    [property: CitizensWords] string? OverrideReason = null) : IAboutOrder;

/// <summary>The vendor took the order.</summary>
/// <param name="ContactBy">By when the citizen must have been phoned, UTC.</param>
public sealed record OrderAccepted(
    Guid OrderId, Guid RequestId, Guid VendorId, int Version, DateTimeOffset ContactBy, string By, DateTimeOffset At,
    int? Ordinal = null) : IAboutOrder;

/// <summary>The vendor refused the offer.</summary>
public sealed record OrderRejected(
    Guid OrderId, Guid RequestId, Guid VendorId, int Version, [property: CitizensWords] string Reason, string By, DateTimeOffset At,
    int? Ordinal = null) : IAboutOrder;

/// <summary>The vendor did not answer the offer in time.</summary>
public sealed record OfferExpired(Guid OrderId, Guid RequestId, Guid VendorId, int Version, DateTimeOffset At, int? Ordinal = null)
    : IAboutOrder;

/// <summary>The order was taken back because the vendor's standing forbids it.</summary>
public sealed record OrderWithdrawn(
    Guid OrderId, Guid RequestId, Guid VendorId, int Version, [property: CitizensWords] string Reason, DateTimeOffset At,
    int? Ordinal = null) : IAboutOrder;

/// <summary>The vendor spoke with the citizen.</summary>
/// <param name="Late">After the deadline that OrderAccepted named.</param>
public sealed record CitizenContacted(
    Guid OrderId, Guid RequestId, Guid VendorId, int Version, [property: CitizensWords] string? Note, bool Late, string By,
    DateTimeOffset At, int? Ordinal = null) : IAboutOrder;

/// <summary>The vendor accepted but did not phone the citizen in time. The order goes on; an operator should look.</summary>
public sealed record ContactOverdue(Guid OrderId, Guid RequestId, Guid VendorId, int Version, DateTimeOffset ContactBy, DateTimeOffset At)
    : IAboutOrder;

/// <summary>The vendor told the citizen a price before starting work.</summary>
public sealed record QuoteProposed(
    Guid OrderId, Guid RequestId, Guid VendorId, int Version, decimal Amount, [property: CitizensWords] string? Note, string By,
    DateTimeOffset At, int? Ordinal = null) : IAboutOrder;

/// <summary>The citizen agreed to the price.</summary>
public sealed record QuoteAccepted(
    Guid OrderId, Guid RequestId, Guid VendorId, int Version, decimal Amount, string By, DateTimeOffset At, int? Ordinal = null)
    : IAboutOrder;

/// <summary>The citizen found the price too high; the request is free for another vendor, at no cost to the citizen.</summary>
public sealed record QuoteDeclined(
    Guid OrderId, Guid RequestId, Guid VendorId, int Version, string RequestNumber, string VendorName, string CategoryCode,
    decimal Amount, [property: CitizensWords] string Reason, string By, DateTimeOffset At, int? Ordinal = null) : IAboutOrder;

/// <summary>Vendor and citizen agreed when the visit is to be.</summary>
public sealed record VisitScheduled(
    Guid OrderId, Guid RequestId, Guid VendorId, int Version, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string By,
    DateTimeOffset At, int? Ordinal = null) : IAboutOrder;

/// <summary>The vendor's technician is at the citizen's place.</summary>
/// <param name="Late">There was an appointment and it was not kept.</param>
/// <param name="Kept">The appointment was kept: arrived before its end, and it was moved at most once and before it began. Null = there was
/// none to keep, or an earlier release tells it.</param>
public sealed record VendorArrived(
    Guid OrderId, Guid RequestId, Guid VendorId, int Version, bool Late, string By, DateTimeOffset At, int? Ordinal = null,
    bool? Kept = null) : IAboutOrder;

/// <summary>The work is done.</summary>
/// <param name="QuotedAmount">The price the citizen had agreed to.</param>
/// <param name="FinalAmount">The price charged.</param>
/// <param name="WarrantyDays">Days of warranty on the work; 0 = none.</param>
public sealed record OrderCompleted(
    Guid OrderId, Guid RequestId, Guid VendorId, int Version, string RequestNumber, string VendorName, string CategoryCode,
    decimal QuotedAmount, decimal FinalAmount, [property: CitizensWords] string Summary, int WarrantyDays, string By, DateTimeOffset At,
    int? Ordinal = null) : IAboutOrder;

/// <summary>An operator ended the order, or the citizen cancelled the request.</summary>
/// <param name="StatusBefore">The order's state until then.</param>
public sealed record OrderCancelled(
    Guid OrderId, Guid RequestId, Guid VendorId, int Version, string StatusBefore, [property: CitizensWords] string Reason, string By,
    DateTimeOffset At, int? Ordinal = null) : IAboutOrder;

/// <summary>A vendor had taken the order and the citizen still wanted the service, but it ended without one. Goes along with
/// OrderCancelled or OrderWithdrawn and has the same version; it asks for a callback.</summary>
public sealed record OrderUnfulfilled(
    Guid OrderId, Guid RequestId, Guid VendorId, int Version, string RequestNumber, string VendorName, string CategoryCode,
    [property: CitizensWords] string Reason, DateTimeOffset At, int? Ordinal = null) : IAboutRequest;
