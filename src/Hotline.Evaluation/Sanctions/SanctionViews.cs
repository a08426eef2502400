using Hotline.Wire.Evaluation;

namespace Hotline.Evaluation.Sanctions;

/// <summary>What is shown of sanctions.</summary>
public static class SanctionViews
{
    extension(SanctionView)
    {
        public static SanctionView Of(Sanction s) => new(
            s.Id, s.VendorId, s.Kind, s.Reason, s.Until, s.ImposedBy, s.ImposedAt, s.LiftedAt is null, s.LiftedBy,
            s.LiftReason, s.LiftedAt, s.Version, s.ComplaintOrderId);
    }
}
