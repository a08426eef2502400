using Hotline.Catalogue;
using Hotline.Wire.FollowUps;

namespace Hotline.FollowUps.FollowUps;

/// <summary>The list of follow-ups as a file.</summary>
internal static class FollowUpFile
{
    public static readonly ExportFile<FollowUpView> Columns = new ExportFile<FollowUpView>("follow-ups", "回访", "Callbacks", true)
        .Words("工单号", "Request", f => f.RequestNumber, 20)
        .Word("回访类型", "About", "FollowUp", f => f.Kind.ToWire())
        .Words("状态", "Status", f => StatusOf(f.Status).Say(), 12)
        .Words("服务类别", "Category", f => ServiceCatalogue.Current.CategoryName(f.CategoryCode, Text.English))
        .Words("企业", "Vendor", f => f.VendorName, 24)
        .Words("市民", "Citizen", f => f.Citizen?.Name)
        .Words("电话", "Phone", f => f.Citizen?.Phone)
        .Words("诉求内容", "Description", f => f.Description, 50)
        .Moment("应回访时间", "Due", f => f.DueAt)
        .Words("领取人", "Claimed by", f => f.ClaimedBy)
        .Number("拨打次数", "Attempts", f => f.Attempts)
        .Word("上次结果", "Last outcome", "Outcome", f => f.LastOutcome)
        .Number("满意度", "Satisfaction", f => f.Satisfaction)
        .YesNo("问题已解决", "Resolved", f => f.Resolved)
        .YesNo("按时到场", "Punctual", f => f.Punctual)
        .YesNo("价格与报价一致", "Price as quoted", f => f.PriceAsQuoted)
        .Words("意见", "Comment", f => f.Comment, 40)
        .Words("投诉", "Complaint", f => f.Complaint, 40)
        .Words("回访人", "Ended by", f => f.EndedBy)
        .Moment("结束时间", "Ended", f => f.EndedAt)
        .Moment("产生时间", "Created", f => f.CreatedAt);

    private static readonly Text Open = new("open", "待回访", "To be called"), Waiting = new("waiting", "稍后再打", "To be called later"),
        Claimed = new("claimed", "回访中", "Being called"), Completed = new("completed", "已回访", "Called"),
        Unreachable = new("unreachable", "未联系上", "Not reached");

    private static Text StatusOf(FollowUpStatus status) => status switch
    {
        FollowUpStatus.Open => Open,
        FollowUpStatus.Waiting => Waiting,
        FollowUpStatus.Claimed => Claimed,
        FollowUpStatus.Completed => Completed,
        _ => Unreachable,
    };
}
