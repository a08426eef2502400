using System.Text.Json.Serialization;

namespace Hotline.Wire.Intake;

public sealed record CallerView(string Name, string Phone) : Shown;

/// <summary>A request as operators see it.</summary>
/// <param name="Followed">Whether the reader is told what happens to it; none in lists and for the telephone system.</param>
public sealed record RequestView(
    Guid Id, string Number, RequestStatus Status, string Channel, string DialledNumber, CallerView Caller, string AreaCode,
    string AreaName, string Address, string CategoryCode, string CategoryName, string Description, string Urgency, string RegisteredBy,
    DateTimeOffset RegisteredAt, Guid? OrderId,
    string? OrderStatus, string? CancelReason, DateTimeOffset? CancelledAt, int Version,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Followed = null) : Shown, IVersioned
{
    string IVersioned.Variant => Followed is false ? "unfollowed" : "";
}
