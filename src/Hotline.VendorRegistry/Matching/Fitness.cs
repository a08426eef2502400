using Hotline.Catalogue;
using Hotline.VendorRegistry.Vendors;
using Hotline.Wire.Vendors;

namespace Hotline.VendorRegistry.Matching;

/// <summary>What speaks against offering something to a vendor now, in the order in which dispatch would refuse it (its Eligibility), with
/// its codes. Dispatch decides; this is for whoever chooses.</summary>
public static class Fitness
{
    private static readonly Text Suspended = new("vendor.suspended", "已暂停派单", "suspended from dispatch");
    private static readonly Text Terminated = new("vendor.terminated", "已解除加盟", "removed from the alliance");
    private static readonly Text Over = new("vendor.contract-over", "合同已到期", "its contract is over");
    private static readonly Text NotBegun = new("vendor.contract-not-begun", "合同尚未开始", "its contract has not begun");
    private static readonly Text DoesNotOffer = new("vendor.does-not-offer", "不提供此类服务", "does not offer this service");
    private static readonly Text DoesNotCover = new("vendor.does-not-cover", "不服务此区域", "does not cover this area");
    private static readonly Text Closed = new("vendor.closed-now", "现在不营业（{0:HH:mm}–{1:HH:mm}）", "closed now ({0:HH:mm}–{1:HH:mm})");

    /// <summary>Empty where it fits.</summary>
    /// <param name="vendor">Of the alliance.</param>
    /// <param name="category">What is asked for; null = not known yet.</param>
    /// <param name="area">Where; null = not known yet.</param>
    public static IEnumerable<Misfit> Of(Vendor vendor, Category? category, Area? area, DateTimeOffset now)
    {
        var today = now.ToLocalDay();
        if (vendor.Standing is Standing.Suspended) yield return Barred(Suspended);
        if (vendor.Standing is Standing.Terminated) yield return Barred(Terminated);
        if (vendor.ContractUntil < today) yield return Barred(Over);
        if (vendor.ContractFrom > today) yield return Barred(NotBegun);
        if (category is not null && vendor.Services.All(s => s.CategoryCode != category.Code)) yield return Unfit(DoesNotOffer);
        // the code of a city is the beginning of those of its streets and towns
        if (area is not null && !vendor.Coverage.Any(code => area.Code.StartsWith(code, StringComparison.Ordinal)))
            yield return Unfit(DoesNotCover);
        if (!OpeningHours.Include(vendor.OpensAt, vendor.ClosesAt, now.ToLocalTimeOfDay()))
            yield return Unfit(Closed, vendor.OpensAt, vendor.ClosesAt);
    }

    private static Misfit Barred(Text text) => new(text.Code, text.Say(), Overridable: false);

    private static Misfit Unfit(Text text, params object?[] values) => new(text.Code, text.Say(values), Overridable: true);
}
