using System.Text.Json.Serialization;

namespace Hotline.Wire.Dispatch;

/// <param name="Amount">CNY, tax included.</param>
public sealed record QuoteView(decimal Amount, string? Note, DateTimeOffset At) : Shown;

public sealed record AppointmentView(DateTimeOffset StartsAt, DateTimeOffset EndsAt) : Shown;

/// <param name="FinalAmount">CNY, tax included.</param>
public sealed record CompletionView(decimal FinalAmount, string Summary, int WarrantyDays, DateTimeOffset At) : Shown;

/// <summary>An order as operators see it.</summary>
/// <param name="VendorName">As the vendor was called when the order was offered; its present name is the registry's.</param>
/// <param name="ContactBy">By when the vendor must have phoned the citizen.</param>
/// <param name="ContactOverdue">It did not, or not in time.</param>
/// <param name="Ordinal">Its place among the orders of the request, from 1; none for one offered before orders were counted.</param>
/// <param name="OverrideReason">Why it was offered although the vendor does not offer the service,
/// does not cover the area or was closed.</param>
/// <param name="AreaCode">Where the citizen is; this and the following stand in lists only, as request and vendor are now.</param>
/// <param name="Description">What is wanted, in the citizen's words; blank = erased.</param>
/// <param name="Urgency">normal or urgent.</param>
/// <param name="VendorPhone">Domestic digits.</param>
public sealed record OrderView(
    Guid Id, Guid RequestId, string RequestNumber, Guid VendorId, string VendorName, string CategoryCode,
    OrderStatus Status, string OfferedBy, DateTimeOffset OfferedAt, DateTimeOffset OfferExpiresAt, DateTimeOffset? AcceptedAt,
    DateTimeOffset? ContactBy, DateTimeOffset? ContactedAt, bool ContactOverdue,
    QuoteView? Quote, DateTimeOffset? AgreedAt, AppointmentView? Appointment, DateTimeOffset? ArrivedAt, CompletionView? Completion,
    DateTimeOffset? EndedAt, string? EndReason, int Version, int? Ordinal, string? OverrideReason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AreaCode = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Description = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Urgency = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? VendorPhone = null) : Shown, IVersioned;

/// <summary>Whom the vendor serves.</summary>
public sealed record CitizenView(string Name, string Phone, string AreaCode, string Address, bool Masked) : Shown;

/// <summary>An order as its vendor sees it.</summary>
/// <param name="CorrectedAt">When the citizen or the place was corrected since it was offered; none = they are as they were.</param>
public sealed record VendorOrderView(
    Guid Id, string RequestNumber, string CategoryCode, string Description, string Urgency, CitizenView Citizen, OrderStatus Status,
    DateTimeOffset OfferedAt, DateTimeOffset OfferExpiresAt, DateTimeOffset? AcceptedAt, DateTimeOffset? ContactBy,
    DateTimeOffset? ContactedAt, QuoteView? Quote, DateTimeOffset? AgreedAt,
    AppointmentView? Appointment, DateTimeOffset? ArrivedAt, CompletionView? Completion, DateTimeOffset? EndedAt, string? EndReason,
    int Version, DateTimeOffset? CorrectedAt) : Shown, IVersioned
{
    // a correction makes no new version of the order
    string IVersioned.Variant => CorrectedAt is { } at ? $"c{at.ToUnixTimeMilliseconds()}" : "";
}
