using Hotline.Wire.Dispatch;

namespace Hotline.Dispatch.Figures;

/// <summary>The figures of orders as a file; times in seconds.</summary>
internal static class FigureFile
{
    public static readonly ExportFile<DispatchFigureRow> Columns =
        FigureTables.File<DispatchFigureRow>("dispatch-figures", "派单指标", "Figures of orders")
            .Number("派单", "Offered", r => r.Offered)
            .Number("拒单", "Rejected", r => r.Rejected)
            .Number("超时未接", "Not answered", r => r.Expired)
            .Number("已联系", "Citizens phoned", r => r.FirstContact.Count)
            .Number("按时联系", "Phoned in time", r => r.FirstContact.InTime)
            .Number("接单到联系中位（秒）", "Acceptance to call, median (s)", r => r.FirstContact.MedianSeconds)
            .Number("接单到联系九成（秒）", "Acceptance to call, nine of ten (s)", r => r.FirstContact.P90Seconds)
            .Number("完工", "Completed", r => r.Completion.Count)
            .Number("一小时内完工", "Completed within an hour", r => r.Completion.InTime)
            .Number("来电到完工中位（秒）", "Call to completion, median (s)", r => r.Completion.MedianSeconds)
            .Number("来电到完工九成（秒）", "Call to completion, nine of ten (s)", r => r.Completion.P90Seconds);
}
