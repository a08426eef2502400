using Hotline.Wire.Intake;

namespace Hotline.Intake.Requests;

/// <summary>The list of requests as a file.</summary>
internal static class RequestFile
{
    public static readonly ExportFile<RequestView> Columns = new ExportFile<RequestView>("requests", "工单", "Requests", true)
        .Words("工单号", "Number", r => r.Number, 20)
        .Moment("登记时间", "Registered", r => r.RegisteredAt)
        .Word("状态", "Status", "Request", r => r.Status.ToWire())
        .YesNo("紧急", "Urgent", r => r.Urgency == "urgent")
        .Words("服务类别", "Category", r => r.CategoryName)
        .Words("诉求内容", "Description", r => r.Description, 50)
        .Words("来电人", "Caller", r => r.Caller.Name)
        .Words("电话", "Phone", r => r.Caller.Phone)
        .Words("区域", "Area", r => r.AreaName)
        .Words("地址", "Address", r => r.Address, 40)
        .Words("企业", "Vendor", r => r.VendorName, 24)
        .Moment("企业时限", "Due", r => r.DueAt)
        .Words("拨打号码", "Dialled number", r => r.DialledNumber)
        .Words("登记人", "Registered by", r => r.RegisteredBy)
        .Moment("取消时间", "Cancelled", r => r.CancelledAt)
        .Words("取消原因", "Reason", r => r.CancelReason, 30);
}
