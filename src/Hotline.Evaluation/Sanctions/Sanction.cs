using Hotline.Contracts.Evaluation;
using Hotline.Wire.Evaluation;

namespace Hotline.Evaluation.Sanctions;

/// <summary>What was decided about a vendor by its evaluation.</summary>
public sealed record Sanction : IVersioned
{
    private static readonly Text Lifted = new("sanction.lifted", "该处置已解除或已到期", "The sanction has been lifted or is over already");

    public required Guid Id { get; init; }
    public required Guid VendorId { get; init; }
    public SanctionKind Kind { get; init; }
    public required string Reason { get; init; }
    public DateTimeOffset? Until { get; init; }
    public Guid? ComplaintOrderId { get; init; }
    public required string ImposedBy { get; init; }
    public DateTimeOffset ImposedAt { get; init; }
    public string? LiftedBy { get; init; }
    public string? LiftReason { get; init; }
    public DateTimeOffset? LiftedAt { get; init; }
    public int Version { get; init; }

    /// <summary>A supervisor decides it.</summary>
    public static Decision<Sanction> Impose(Sanction sanction) => Decision.Accept(sanction, new SanctionImposed(sanction.Id,
        sanction.VendorId, sanction.Kind.ToWire(), sanction.Reason, sanction.Until, sanction.ImposedBy, sanction.ImposedAt));

    /// <summary>A supervisor ends it, or its time is over.</summary>
    public Decision<Sanction> Lift(string reason, string by, DateTimeOffset now) => LiftedAt is not null
        ? new Refusal(Lifted, CurrentStatus: "lifted")
        : Decision.Accept(this with { LiftedBy = by, LiftReason = reason, LiftedAt = now, Version = Version + 1 },
            new SanctionLifted(Id, VendorId, Kind.ToWire(), reason, by, now));
}
