using Hotline.Catalogue;
using Hotline.Wire.Dispatch;

namespace Hotline.Dispatch.Orders;

/// <summary>The list of orders as a file.</summary>
internal static class OrderFile
{
    public static readonly ExportFile<OrderView> Columns = new ExportFile<OrderView>("orders", "派单", "Orders")
        .Words("工单号", "Request", o => o.RequestNumber, 20)
        .Number("第几次派单", "Ordinal", o => o.Ordinal)
        .Word("状态", "Status", "Order", o => o.Status.ToWire())
        .Words("企业", "Vendor", o => o.VendorName, 24)
        .Words("企业电话", "Vendor's phone", o => o.VendorPhone)
        .Words("服务类别", "Category", o => ServiceCatalogue.Current.CategoryName(o.CategoryCode, Text.English))
        .Words("区域", "Area", o => ServiceCatalogue.Current.AreaName(o.AreaCode))
        .Words("诉求内容", "Description", o => o.Description, 50)
        .YesNo("紧急", "Urgent", o => o.Urgency is null ? null : o.Urgency == "urgent")
        .Words("派单人", "Offered by", o => o.OfferedBy)
        .Moment("派单时间", "Offered", o => o.OfferedAt)
        .Moment("接单时限", "To be answered by", o => o.OfferExpiresAt)
        .Moment("接单时间", "Accepted", o => o.AcceptedAt)
        .Moment("联系时限", "To be phoned by", o => o.ContactBy)
        .Moment("联系时间", "Phoned", o => o.ContactedAt)
        .YesNo("超时联系", "Phoned late", o => o.ContactOverdue)
        .Money("报价（元）", "Quote (CNY)", o => o.Quote?.Amount)
        .Moment("谈妥时间", "Agreed", o => o.AgreedAt)
        .Moment("预约开始", "Visit from", o => o.Appointment?.StartsAt)
        .Moment("预约结束", "Visit until", o => o.Appointment?.EndsAt)
        .Moment("到场时间", "Arrived", o => o.ArrivedAt)
        .Moment("完工时间", "Completed", o => o.Completion?.At)
        .Money("实收（元）", "Charged (CNY)", o => o.Completion?.FinalAmount)
        .Words("完工说明", "What was done", o => o.Completion?.Summary, 40)
        .Number("售后保障天数", "Warranty (days)", o => o.Completion?.WarrantyDays)
        .Moment("结束时间", "Ended", o => o.EndedAt)
        .Words("结束原因", "Why", o => o.EndReason, 30)
        .Words("越权派单理由", "Why offered all the same", o => o.OverrideReason, 30);
}
