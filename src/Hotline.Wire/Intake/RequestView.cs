using System.Text.Json.Serialization;

namespace Hotline.Wire.Intake;

public sealed record CallerView(string Name, string Phone) : Shown;

/// <summary>A request as operators see it.</summary>
/// <param name="Followed">Whether the reader is told what happens to it; none in lists and for the telephone system.</param>
/// <param name="VendorId">Who is to serve it, or has served it; none while it waits for a vendor.</param>
/// <param name="VendorName">As the vendor was called when the order was offered.</param>
/// <param name="DueAt">By when the vendor is to answer the offer, or to phone the citizen; none where nothing is due.</param>
public sealed record RequestView(
    Guid Id, string Number, RequestStatus Status, string Channel, string DialledNumber, CallerView Caller, string AreaCode,
    string AreaName, string Address, string CategoryCode, string CategoryName, string Description, string Urgency, string RegisteredBy,
    DateTimeOffset RegisteredAt, Guid? OrderId,
    string? OrderStatus, string? CancelReason, DateTimeOffset? CancelledAt, int Version,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Followed = null,
    Guid? VendorId = null, string? VendorName = null, DateTimeOffset? DueAt = null) : Shown, IVersioned
{
    string IVersioned.Variant => Followed is false ? "unfollowed" : "";
}

/// <summary>A request beside another.</summary>
/// <param name="SamePhone">Of the same caller.</param>
/// <param name="SamePlace">For the same service at the same address.</param>
public sealed record RelatedRequest(RequestView Request, bool SamePhone, bool SamePlace) : Shown;
