using Hotline.Wire.FollowUps;

namespace Hotline.FollowUps.Figures;

/// <summary>The figures of follow-ups as a file.</summary>
internal static class FigureFile
{
    public static readonly ExportFile<FollowUpFigureRow> Columns =
        FigureTables.File<FollowUpFigureRow>("follow-up-figures", "回访指标", "Figures of follow-ups")
            .Number("应回访服务", "Services", r => r.Services)
            .Number("已回访", "Called back", r => r.ServicesCalledBack)
            .Number("已答复", "Answered", r => r.ServicesAnswered)
            .Number("满意", "Satisfied", r => r.Satisfied)
            .Number("已解决", "Solved", r => r.Resolved)
            .Number("投诉", "Complaints", r => r.Complaints);
}
