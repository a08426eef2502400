using Hotline.Wire.Evaluation;

namespace Hotline.Evaluation.Sanctions;

/// <summary>The list of sanctions as a file.</summary>
internal static class SanctionFile
{
    public static readonly ExportFile<SanctionView> Columns = new ExportFile<SanctionView>("sanctions", "企业处置", "Sanctions")
        .Words("企业编号", "Vendor's id", s => s.VendorId.ToString(), 38)
        .Word("处置方式", "Kind", "Sanction", s => s.Kind.ToWire())
        .Words("原因", "Reason", s => s.Reason, 50)
        .YesNo("生效中", "In force", s => s.Active)
        .Moment("处置时间", "Imposed", s => s.ImposedAt)
        .Words("处置人", "Imposed by", s => s.ImposedBy)
        .Moment("截止时间", "Until", s => s.Until)
        .Moment("解除时间", "Lifted", s => s.LiftedAt)
        .Words("解除人", "Lifted by", s => s.LiftedBy)
        .Words("解除原因", "Why lifted", s => s.LiftReason, 50)
        .Words("所据派单编号", "Order complained about", s => s.ComplaintOrderId?.ToString(), 38);
}
