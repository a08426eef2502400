using Hotline.Wire.Intake;

namespace Hotline.Intake.Figures;

/// <summary>The figures of requests as a file.</summary>
internal static class FigureFile
{
    public static readonly ExportFile<IntakeFigureRow> Columns =
        FigureTables.File<IntakeFigureRow>("intake-figures", "工单指标", "Figures of requests")
            .Number("登记", "Registered", r => r.Registered)
            .Number("紧急", "Urgent", r => r.Urgent)
            .Number("取消", "Cancelled", r => r.Cancelled)
            .Number("无企业承接", "No vendor found", r => r.NoVendor);
}
