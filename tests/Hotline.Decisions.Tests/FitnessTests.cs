using Hotline.Catalogue;
using Hotline.VendorRegistry.Matching;
using Hotline.VendorRegistry.Vendors;
using Hotline.Wire.Vendors;

namespace Hotline.Decisions.Tests;

public sealed class FitnessTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 1, 0, 0, TimeSpan.Zero); // 9:00 in the city
    private static readonly Category Locks = ServiceCatalogue.Current.Category("locks.open-lock")!;
    private static readonly Area Town = ServiceCatalogue.Current.Area("330381001")!;

    private static readonly Vendor Fitting = new()
    {
        Id = Guid.CreateVersion7(),
        Name = "店",
        Phone = "057700000000",
        ContactName = "",
        Admission = Admission.Approved,
        Standing = Standing.Warned,
        ContractFrom = new(2026, 11, 24),
        ContractUntil = new(2026, 11, 24),
        Services = [new("locks.open-lock", 50, 100, "次")],
        Coverage = ["330381"],
    };

    private static string Against(Vendor vendor) =>
        string.Join(' ', Fitness.Of(vendor, Locks, Town, Now).Select(m => m.Overridable ? m.Code : $"{m.Code}!"));

    [Fact]
    public void Nothing_speaks_against_a_vendor_that_a_match_would_show() => Against(Fitting).ShouldBe("");

    [Fact]
    public void All_that_speaks_against_it_is_said_and_what_nobody_can_override_is_marked()
    {
        Against(Fitting with { Standing = Standing.Suspended }).ShouldBe("vendor.suspended!");
        Against(Fitting with { Standing = Standing.Terminated }).ShouldBe("vendor.terminated!");
        Against(Fitting with { ContractUntil = new(2026, 11, 23) }).ShouldBe("vendor.contract-over!");
        Against(Fitting with { ContractFrom = new(2026, 11, 25) }).ShouldBe("vendor.contract-not-begun!");
        Against(Fitting with { Services = [], Coverage = ["330381101"], OpensAt = new(10, 0), ClosesAt = new(9, 0) })
            .ShouldBe("vendor.does-not-offer vendor.does-not-cover vendor.closed-now");
    }

    [Fact]
    public void What_is_not_known_yet_speaks_against_nobody() =>
        Fitness.Of(Fitting with { Services = [], Coverage = [] }, null, null, Now).ShouldBeEmpty();

    [Theory]
    [InlineData("【演示】安阳疏通1号店", "yanshianyangshutong1haodian ysayst1hd")]
    [InlineData("ABC 维修", "abcweixiu abcwx")]
    public void A_name_is_spelt_in_pinyin_and_its_initials(string name, string spelling) => NameSpelling.Of(name).ShouldBe(spelling);

    [Theory]
    [InlineData("An Yang", "anyang"), InlineData("安阳", null), InlineData(" ", null), InlineData("ay1", "ay1")]
    public void Letters_and_digits_alone_are_looked_for_in_a_spelling(string typed, string? letters) =>
        NameSpelling.Typed(typed).ShouldBe(letters);
}
