using Hotline.Contracts.Vendors;
using Hotline.ServiceDefaults;
using Hotline.VendorRegistry.Vendors;
using Hotline.Wire.Vendors;

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

    private static Vendor Approved(DateOnly? from, DateOnly? until) => Applicant().Approve(from, until, null, "sup", Now).State;

    private static string[] Faults(Decision<Vendor> decision) => [.. decision.Refusal!.Errors!.Keys];

    [Fact]
    public void A_contract_for_which_no_end_is_given_lasts_a_year_to_the_day()
    {
        var (today, later) = (Approved(null, null), Approved(new(2027, 3, 1), null));
        (today.ContractFrom, today.ContractUntil).ShouldBe((Today, new DateOnly(2027, 11, 23)));
        (later.ContractFrom, later.ContractUntil).ShouldBe((new DateOnly(2027, 3, 1), new DateOnly(2028, 2, 29)));
        var told = Applicant().Approve(null, null, null, "sup", Now).Events.OfType<VendorAdmitted>().Single();
        told.ContractUntil.ShouldBe(new(2027, 11, 23));
        told.Services.ShouldBe(["locks.open-lock"]);
        told.Coverage.ShouldBe(["330381"]);
    }

    [Theory]
    [InlineData("2020-01-01", null, "contractUntil")] // would be over since 2020
    [InlineData("2025-11-24", null, "contractUntil")] // over since yesterday
    [InlineData(null, "2026-11-23", "contractUntil")]
    [InlineData("2027-01-01", "2026-12-31", "contractUntil")]
    [InlineData("9999-01-01", null, "contractFrom")] // a year more is no date
    [InlineData("0001-01-01", null, "contractFrom")]
    [InlineData("2016-11-23", "2027-01-01", "contractFrom")]
    [InlineData(null, "2036-11-25", "contractUntil")]
    public void A_contract_that_is_over_ends_before_it_begins_or_is_far_away_is_refused(string? from, string? until, string fault)
    {
        DateOnly? first = from is null ? null : DateOnly.Parse(from), last = until is null ? null : DateOnly.Parse(until);
        Faults(Applicant().Approve(first, last, null, "sup", Now)).ShouldBe([fault]);
        if (first is not null && last is not null)
            Faults(Member().Change(Member() with { ContractFrom = first, ContractUntil = last }, Now)).ShouldBe([fault]);
    }

    [Theory]
    [InlineData(null, "2026-11-23", "until")] // over since yesterday
    [InlineData(null, "2027-11-24", "until")] // as it is
    [InlineData("2027-01-01", "2026-12-31", "until")]
    [InlineData(null, "2036-11-25", "until")]
    [InlineData("2016-11-23", "2027-01-01", "from")]
    public void A_renewal_that_is_none_or_leads_nowhere_is_refused(string? from, string until, string fault) =>
        Faults(Member().Renew(from is null ? null : DateOnly.Parse(from), DateOnly.Parse(until), Now)).ShouldBe([fault]);

    [Fact]
    public void A_renewal_is_told_and_leaves_the_first_day_where_none_is_given_however_long_ago_it_was()
    {
        var old = Member() with { ContractFrom = new(2011, 5, 1), ContractUntil = new(2026, 11, 1) };
        var renewed = old.Renew(null, new(2027, 11, 1), Now);
        var told = renewed.Events.OfType<VendorProfileChanged>().Single();
        (told.ContractFrom, told.ContractUntil, told.Version)
            .ShouldBe((new DateOnly(2011, 5, 1), new DateOnly(2027, 11, 1), old.Version + 1));
        Applicant().Renew(null, new(2027, 11, 1), Now).Refusal!.Text.Code.ShouldBe("vendor.not-member");
        (old with { Standing = Standing.Terminated }).Renew(null, new(2027, 11, 1), Now).Refusal!.Text.Code.ShouldBe("vendor.terminated");
    }

    [Fact]
    public void A_contract_that_is_over_by_now_does_not_stand_in_the_way_of_another_change()
    {
        var past = Member() with { ContractFrom = new(2020, 1, 1), ContractUntil = new(2020, 12, 31) };
        past.Change(past with { Phone = "057711111111" }, Now).State.Version.ShouldBe(past.Version + 1);
    }

    [Fact]
    public void Who_belongs_to_the_alliance_keeps_a_service_and_an_area()
    {
        Faults(Member().Change(Member() with { Services = [] }, Now)).ShouldBe(["services"]);
        Faults(Member().Change(Member() with { Coverage = [] }, Now)).ShouldBe(["coverage"]);
        Applicant().Change(Applicant() with { Services = [] }, Now).Refusal.ShouldBeNull("an applicant may still fill it in");
    }

    [Fact]
    public void A_change_that_changes_nothing_makes_no_version_and_is_not_told()
    {
        var member = Member() with { Services = [new("a", 50, 100, "次"), new("b", 50, 100, "次")], Coverage = ["330381001", "330381002"] };
        var same = member with { Services = [new("b", 50.00m, 100, "次"), new("a", 50, 100, "次")], Coverage = ["330381002", "330381001"] };
        var unchanged = member.Change(same, Now);
        (unchanged.State.Version, unchanged.Events.Count).ShouldBe((member.Version, 0));
        var told = member.Change(member with { Services = [new("a", 50, 101, "次")] }, Now).Events.OfType<VendorProfileChanged>().Single();
        told.Version.ShouldBe(member.Version + 1);
        told.Services.ShouldBe(["a"]);
    }

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
