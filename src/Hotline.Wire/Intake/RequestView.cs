namespace Hotline.Wire.Intake;

public sealed record CallerView(string Name, string Phone) : Shown;

/// <summary>A request as operators see it.</summary>
public sealed record RequestView(
    Guid Id, string Number, RequestStatus Status, string Channel, string DialledNumber, CallerView Caller, string AreaCode,
    string AreaName, string Address, string CategoryCode, string CategoryName, string Description, string Urgency, string RegisteredBy,
    DateTimeOffset RegisteredAt, Guid? OrderId,
    string? OrderStatus, string? CancelReason, DateTimeOffset? CancelledAt, int Version) : Shown, IVersioned;
