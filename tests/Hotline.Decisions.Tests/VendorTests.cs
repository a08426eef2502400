using Hotline.Contracts.Vendors;
using Hotline.VendorRegistry.Vendors;

namespace Hotline.Decisions.Tests;

public sealed class VendorTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 1, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 11, 24);

    private static Vendor Applicant() => new()
    {
        Id = Guid.CreateVersion7(),
        Name = "店",
        Phone = "057700000000",
        ContactName = "",
        AppliedAt = Now,
        Version = 1,
        Services = [new("locks.open-lock", 50, 100, "次")],
        Coverage = ["330381"],
    };

    private static Vendor Member() => Applicant().Approve(Today, Today.AddYears(1), null, "sup", Now).State;

    [Fact]
    public void An_applicant_is_decided_once()
    {
        Member().Approve(Today, Today, null, "sup", Now).Refusal!.Text.Code.ShouldBe("vendor.decided");
        Applicant().Reject("资质不全", "sup", Now).State.Approve(Today, Today, null, "sup", Now).Refusal.ShouldNotBeNull();
    }

    [Fact]
    public void Who_offers_nothing_is_not_admitted() =>
        (Applicant() with { Services = [] }).Approve(Today, Today, null, "sup", Now).Refusal!.Text.Code.ShouldBe("vendor.offers-nothing");

    [Fact]
    public void The_severest_sanction_in_force_decides_the_standing()
    {
        var warned = Member().Sanctioned([new("warning", "迟到", null)], Now)!.State;
        warned.Standing.ShouldBe(Standing.Warned);
        var suspended = warned.Sanctioned([new("warning", "迟到", null), new("suspension", "投诉", Now.AddDays(7))], Now)!;
        suspended.State.Standing.ShouldBe(Standing.Suspended);
        suspended.Events.OfType<VendorStandingChanged>().Single().Standing.ShouldBe("suspended");
        suspended.State.Sanctioned([new("warning", "迟到", null)], Now)!.State.Standing.ShouldBe(Standing.Warned);
        suspended.State.Sanctioned([], Now)!.State.Standing.ShouldBe(Standing.Active);
    }

    [Fact]
    public void Nothing_is_told_where_nothing_changes() => Member().Sanctioned([], Now).ShouldBeNull();

    [Fact]
    public void An_applicant_has_no_standing_to_change() => Applicant().Sanctioned([new("warning", "x", null)], Now).ShouldBeNull();
}
