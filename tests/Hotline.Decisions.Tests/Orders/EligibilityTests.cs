using Hotline.Dispatch.Copies;
using Hotline.Dispatch.Orders;

namespace Hotline.Decisions.Tests.Orders;

/// <summary>What dispatch knows of request and vendor decides who may take what.</summary>
public sealed class EligibilityTests
{
    // 09:00 in the city
    private static readonly DateTimeOffset Now = OrderSamples.Morning;

    private static string? Code(VendorCopy vendor, DateTimeOffset? now = null) =>
        (Eligibility.Barred(vendor, now ?? Now) ?? Eligibility.Unfit(vendor, OrderSamples.Request, now ?? Now))?.Text.Code;

    [Fact]
    public void A_vendor_that_offers_the_service_here_and_is_open_is_not_refused() => Code(OrderSamples.Vendor).ShouldBeNull();

    [Fact]
    public void Neither_before_the_contract_begins_nor_after_it_ended()
    {
        Code(OrderSamples.Vendor with { ContractFrom = new(2026, 11, 25) }).ShouldBe("vendor.contract-not-begun");
        Code(OrderSamples.Vendor with { ContractUntil = new(2026, 11, 23) }).ShouldBe("vendor.contract-over");
        // the city's day counts: at 16:00 UTC the next one begins there
        var (last, next) = (new DateTimeOffset(2026, 11, 24, 15, 59, 0, TimeSpan.Zero),
            new DateTimeOffset(2026, 11, 24, 16, 0, 0, TimeSpan.Zero));
        var vendor = OrderSamples.Vendor with { ContractUntil = new(2026, 11, 24), OpensAt = null };
        (Code(vendor, last), Code(vendor, next)).ShouldBe((null, "vendor.contract-over"));
    }

    [Fact]
    public void Not_what_it_does_not_offer_nor_where_it_does_not_go_nor_when_it_is_closed()
    {
        Code(OrderSamples.Vendor with { Services = ["locks.open-lock"] }).ShouldBe("vendor.does-not-offer");
        Code(OrderSamples.Vendor with { Coverage = ["330381002"] }).ShouldBe("vendor.does-not-cover");
        Code(OrderSamples.Vendor with { Coverage = ["330381"] }).ShouldBeNull("the whole city");
        Code(OrderSamples.Vendor with { OpensAt = new(10, 0) }).ShouldBe("vendor.closed-now");
    }

    [Fact]
    public void What_the_registry_has_not_told_is_not_held_against_a_vendor() =>
        Code(OrderSamples.Vendor with { Services = null, Coverage = null, ContractFrom = null, OpensAt = null, ClosesAt = null })
            .ShouldBeNull();

    [Theory]
    [InlineData("suspended", "vendor.suspended")]
    [InlineData("terminated", "vendor.terminated")]
    [InlineData("warned", null)]
    public void Its_standing_may_forbid_it(string standing, string? code) =>
        Code(OrderSamples.Vendor with { Standing = standing }).ShouldBe(code);

    [Fact]
    public void Nothing_more_is_done_for_a_request_that_is_cancelled_or_erased()
    {
        Eligibility.Over(OrderSamples.Request).ShouldBeNull();
        var cancelled = Eligibility.Over(OrderSamples.Request with { Cancelled = true })!;
        (cancelled.Text.Code, cancelled.Status, cancelled.CurrentStatus).ShouldBe(("order.request-cancelled", 409, "cancelled"));
        Eligibility.Over(OrderSamples.Request with { Erased = true })!.Text.Code.ShouldBe("order.request-erased");
    }

    [Fact]
    public void What_has_no_name_yet_is_offered_to_nobody()
    {
        Eligibility.Unnamed.ShouldBe(Catalogue.ServiceCatalogue.Other.Code);
        Eligibility.Unclear(OrderSamples.Request with { CategoryCode = Eligibility.Unnamed })!.Text.Code.ShouldBe("order.category-unnamed");
        Eligibility.Unclear(OrderSamples.Request).ShouldBeNull();
    }
}
