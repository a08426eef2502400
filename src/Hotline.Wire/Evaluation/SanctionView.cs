using System.Text.Json.Serialization;

namespace Hotline.Wire.Evaluation;

/// <param name="Active">In force.</param>
/// <param name="ComplaintOrderId">The order about which a citizen complained, where that is the ground.</param>
public sealed record SanctionView(
    Guid Id, Guid VendorId, SanctionKind Kind, string Reason, DateTimeOffset? Until, string ImposedBy, DateTimeOffset ImposedAt,
    bool Active, string? LiftedBy, string? LiftReason, DateTimeOffset? LiftedAt, int Version,
    Guid? ComplaintOrderId) : Shown, IVersioned;

[JsonConverter(typeof(EnumFormat<SanctionKind>))]
public enum SanctionKind
{
    /// <summary>警告: ranked lower.</summary>
    Warning,

    /// <summary>暂停派单: no new offers, open ones are withdrawn.</summary>
    Suspension,

    /// <summary>解除加盟: removed; nothing more may be done.</summary>
    Termination,
}
