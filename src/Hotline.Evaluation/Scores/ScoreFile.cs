using Hotline.Wire.Evaluation;

namespace Hotline.Evaluation.Scores;

/// <summary>The list of scores as a file.</summary>
internal static class ScoreFile
{
    public static readonly ExportFile<ScoreSummary> Columns = new ExportFile<ScoreSummary>("scores", "企业评价", "Scores")
        .Words("企业", "Vendor", s => s.Name, 30)
        .Word("状态", "Standing", "Standing", s => s.Standing)
        .Number("评分", "Score", s => s.Score)
        .Number("回访数", "Callbacks", s => s.Callbacks)
        .Number("完工单数", "Completed orders", s => s.CompletedOrders)
        .Number("投诉数", "Complaints", s => s.Complaints);
}
