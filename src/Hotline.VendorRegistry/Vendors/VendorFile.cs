using Hotline.Catalogue;
using Hotline.Wire.Vendors;

namespace Hotline.VendorRegistry.Vendors;

/// <summary>The list of vendors as a file.</summary>
internal static class VendorFile
{
    public static readonly ExportFile<VendorView> Columns = new ExportFile<VendorView>("vendors", "加盟企业", "Vendors")
        .Words("企业名称", "Name", v => v.Name, 30)
        .Word("审核", "Admission", "Admission", v => v.Admission.ToWire())
        .Word("状态", "Standing", "Standing", v => v.Standing?.ToWire())
        .Words("状态原因", "Why", v => v.StandingReason, 30)
        .Moment("状态截止", "Standing until", v => v.StandingUntil)
        .Words("电话", "Phone", v => v.Phone)
        .Words("联系人", "Contact", v => v.ContactName)
        .Words("统一社会信用代码", "Credit code", v => v.LicenceNumber, 22)
        .Day("合同开始", "Contract from", v => v.ContractFrom)
        .Day("合同结束", "Contract until", v => v.ContractUntil)
        .Words("服务与价目", "Services and prices", v => Joined(v.Services.Select(s =>
            FormattableString.Invariant($"{s.Name} {s.PriceFrom:0.##}–{s.PriceTo:0.##}/{s.Unit}"))), 50)
        .Words("服务区域", "Coverage", v => Joined(v.Coverage.Select(area => ServiceCatalogue.Current.AreaName(area)!)), 40)
        .Words("营业时间", "Hours", v => v.Hours is { } at ? FormattableString.Invariant($"{at.OpensAt:HH:mm}–{at.ClosesAt:HH:mm}") : null)
        .Moment("申请时间", "Applied", v => v.AppliedAt)
        .Words("审核人", "Decided by", v => v.AdmissionBy)
        .Moment("审核时间", "Decided", v => v.AdmissionAt)
        .Words("审核意见", "Note", v => v.AdmissionNote, 30)
        .YesNo("演示数据", "Made up", v => v.Demo);

    private static string Joined(IEnumerable<string> parts) => string.Join(Text.English ? ", " : "、", parts);
}
