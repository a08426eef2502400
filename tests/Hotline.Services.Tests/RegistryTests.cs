using Hotline.Contracts.Dispatch;
using Hotline.Contracts.Evaluation;
using Hotline.Contracts.Vendors;
using Hotline.ServiceDefaults;
using Hotline.Wire;

namespace Hotline.Services.Tests;

public sealed class RegistryTests(RegistryApi api) : IClassFixture<RegistryApi>
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [Fact]
    public async Task An_applicant_is_proposed_only_after_approval()
    {
        var applied = await api.Supervisor.Post("/api/vendors", RegistryApi.Application());
        (applied.Code, applied.Text("admission"), applied.Text("phone")).ShouldBe((201, "applied", "057765000000"));
        (await api.Matches()).ShouldNotContain(applied.Id);
        var approved = await api.Supervisor.Post($"/api/vendors/{applied.Id}/approve", new { note = "资质齐全" });
        (approved.Text("standing"), approved.ETag).ShouldBe(("active", "\"2\""));
        await api.Probe.Hears<VendorAdmitted>(v => v.VendorId == applied.Id);
        (await api.Matches()).ShouldContain(applied.Id);
        var again = await api.Supervisor.Post($"/api/vendors/{applied.Id}/approve");
        (again.Code, again.Text("code"), again.Text("currentStatus")).ShouldBe((409, "vendor.decided", "approved"));
    }

    [Fact]
    public async Task A_rejected_applicant_stays_out()
    {
        var id = (await api.Supervisor.Post("/api/vendors", RegistryApi.Application())).Id;
        (await api.Supervisor.Post($"/api/vendors/{id}/reject", new { reason = "资质不全" })).Text("admission").ShouldBe("rejected");
        (await api.Supervisor.Post($"/api/vendors/{id}/approve")).Code.ShouldBe(409);
    }

    [Fact]
    public async Task Every_faulty_field_of_an_application_is_named()
    {
        var answer = await api.Supervisor.Raw("/api/vendors", """
            {"name":"","phone":"110119","licenceNumber":"x",
             "services":[{"categoryCode":"no","priceFrom":-1,"priceTo":99999999,"unit":""},
                {"categoryCode":"locks.open-lock","priceFrom":100,"priceTo":50,"unit":"次"}],
             "coverage":["330382001"],"hours":{"opensAt":"08:00:00"}}
            """);
        answer.Code.ShouldBe(400);
        answer.Faults.ShouldBe(["coverage[0]", "hours", "licenceNumber", "name", "phone", "services[0].categoryCode",
            "services[0].priceFrom", "services[0].priceTo", "services[0].unit", "services[1].priceTo"]);
    }

    [Fact]
    public async Task A_credit_code_is_checked_and_kept_in_one_form_and_the_vendors_phone_may_have_an_extension()
    {
        object Of(string licenceNumber, string phone) => new
        {
            name = "测试疏通店",
            phone,
            licenceNumber,
            services = new[] { new { categoryCode = "drains.unclog-drain", priceFrom = 80, priceTo = 150, unit = "次" } },
            coverage = new[] { "330381001" },
        };
        var applied = await api.Supervisor.Post("/api/vendors", Of("91350100m000100y43", "65432100-8"));
        (applied.Code, applied.Text("licenceNumber"), applied.Text("phone")).ShouldBe((201, "91350100M000100Y43", "057765432100-8"));
        (await api.Supervisor.Post("/api/vendors", Of("9135 0100 M000 100Y 43", "65432100"))).Text("code").ShouldBe("vendor.licence-taken");
        foreach (var wrong in (string[])["91350100M000100Y44", "91350100I000100Y43", "91350100M000100Y4"])
            (await api.Supervisor.Post("/api/vendors", Of(wrong, "65432100"))).Faults.ShouldBe(["licenceNumber"], wrong);
        foreach (var wrong in (string[])["00000000", "anonymous", "59181234801"])
            (await api.Supervisor.Post("/api/vendors", Of("914403001922038216", wrong))).Faults.ShouldBe(["phone"], wrong);
    }

    [Fact]
    public async Task No_vendor_offers_or_fits_what_is_still_to_be_named()
    {
        (await api.Supervisor.Post("/api/vendors", RegistryApi.Application(category: "other"))).Faults
            .ShouldBe(["services[0].categoryCode"]);
        var match = await api.Operator.Get("/api/vendors/match?category=other&area=330381001");
        (match.Code, match.Body["category"]!["code"]!.ToString(), match.Items.Length).ShouldBe((200, "other", 0));
        (await api.Operator.Get("/api/catalog/categories")).Items.ShouldNotContain(c => c["code"]!.ToString() == "other");
    }

    [Fact]
    public async Task Coverage_is_by_town_or_for_the_whole_city()
    {
        var town = await api.A_member(category: "pest.termite", area: "330381101");
        var city = await api.A_member(category: "pest.termite", area: "330381");
        (await api.Matches("白蚁", "330381101")).ShouldBe([town, city], ignoreOrder: true);
        (await api.Matches("白蚁", "330381222")).ShouldBe([city]);
    }

    [Fact]
    public async Task A_word_that_fits_several_categories_shows_the_best_and_names_the_others_and_one_that_fits_none_suggests()
    {
        var several = await api.Operator.Get("/api/vendors/match?q=shutong&area=330381001");
        several.Body["category"]!["code"]!.ToString().ShouldBe("drains.unclog-drain");
        several.Body["otherCategories"]!.AsArray().Count.ShouldBeGreaterThan(0);
        var none = await api.Operator.Get($"/api/vendors/match?q={Uri.EscapeDataString("火星移民")}&area=330381001");
        none.Code.ShouldBe(200);
        none.Body["category"].ShouldBeNull();
        none.Items.ShouldBeEmpty();
        none.Body["suggestions"]!.AsArray().ShouldBeEmpty("nothing is near");
        var near = await api.Operator.Get($"/api/vendors/match?q={Uri.EscapeDataString("我的手机号码是多少")}&area=330381001");
        near.Body["category"].ShouldBeNull();
        near.Body["suggestions"]!.AsArray().Select(s => s!["code"]!.ToString()).ShouldContain("digital.phone-repair");
        (await api.Operator.Get("/api/vendors/match?area=110101001")).Faults.ShouldBe(["area", "q"]);
        (await api.Operator.Get("/api/vendors/match?category=no&area=330381001&limit=99")).Faults.ShouldBe(["category", "limit"]);
    }

    [Fact]
    public async Task A_match_says_why_it_stands_where_it_does()
    {
        var id = await api.A_member(category: "life.legal");
        await api.Probe.Tell(new ScoreChanged(id, 3, 91.25, 4.6, 0.97, 12, Now));
        await api.Probe.Tell(new ScoreChanged(id, 2, 10, 1, 0.1, 11, Now)); // older news
        await api.Probe.Tell(new OrderOffered(Guid.CreateVersion7(), Guid.CreateVersion7(), id, 1, "RA", "店",
            "life.legal", Now, "op", Now));
        var item = await Wait.For(async () =>
            (await api.Operator.Get("/api/vendors/match?category=life.legal&area=330381001")).Items is [var only]
            && only["score"]?.ToString() == "91.2" && only["openOrders"]!.ToString() == "1" ? only : null,
            "score and open order");
        item["reasons"]!.AsArray().Select(r => r!.ToString()).ShouldContain("满意度 4.6 分，已完成 12 单");
        item["services"]![0]!["priceFrom"]!.GetValue<decimal>().ShouldBe(80);
        (await api.Operator.Get("/api/vendors/match?category=life.legal&area=330381001", ("Accept-Language", "en"))).Items[0]["reasons"]!
            .ToJsonString().ShouldContain("1 orders open");
    }

    [Fact]
    public async Task An_order_that_ends_no_longer_counts_as_open_whatever_the_order_of_news()
    {
        var id = await api.A_member(category: "life.photo");
        var order = Guid.CreateVersion7();
        await api.Probe.Tell(new OrderRejected(order, Guid.CreateVersion7(), id, 2, "忙", "店", Now));
        await Wait.Until(async () => await api.Count($"vendor_orders where order_id = '{order}'") == 1, "the end");
        await api.Probe.Tell(new OrderOffered(order, Guid.CreateVersion7(), id, 1, "RA", "店", "life.photo", Now, "op", Now));
        await Wait.Until(async () => await api.Count($"vendor_orders where order_id = '{order}' and offered_at is not null") == 1,
            "the beginning");
        (await api.Count($"vendor_orders where order_id = '{order}' and not open")).ShouldBe(1);
    }

    [Fact]
    public async Task A_suspended_vendor_disappears_from_matches_and_comes_back_when_it_is_lifted()
    {
        var (id, sanction) = (await api.A_member(category: "life.pet-care"), Guid.CreateVersion7());
        await api.Probe.Tell(new SanctionImposed(sanction, id, "suspension", "投诉", Now.AddDays(1), "sup", Now));
        await Wait.Until(async () => !(await api.Matches("遛狗")).Contains(id), "gone from matches", TimeSpan.FromSeconds(2));
        (await api.Probe.Hears<VendorStandingChanged>(v => v.VendorId == id)).Standing.ShouldBe("suspended");
        await api.Probe.Tell(new SanctionLifted(sanction, id, "suspension", "整改", "sup", Now));
        await Wait.Until(async () => (await api.Matches("遛狗")).Contains(id), "back in matches");
    }

    [Fact]
    public async Task Of_a_warned_vendor_the_match_says_since_when_and_by_whom()
    {
        var id = await api.A_member(category: "life.laundry");
        await api.Probe.Tell(new SanctionImposed(Guid.CreateVersion7(), id, "warning", "迟到", null, "王班长 8001", Now));
        var reason = $"{Now.ToLocal():yyyy-MM-dd} 起受警告（王班长 8001），降低排序";
        await Wait.Until(async () => (await api.Operator.Get("/api/vendors/match?category=life.laundry&area=330381001&limit=50"))
            .Body["items"]!.AsArray().Single(i => i!["vendorId"]!.ToString() == id.ToString())!["reasons"]!.AsArray()
            .Any(r => r!.ToString() == reason), "the warning beside the vendor");
    }

    [Fact]
    public async Task A_sanction_whose_end_arrives_first_never_takes_effect()
    {
        var (id, sanction) = (await api.A_member(category: "life.gardening"), Guid.CreateVersion7());
        await api.Probe.Tell(new SanctionLifted(sanction, id, "suspension", "误报", "sup", Now));
        await Wait.Until(async () => await api.Count($"vendor_sanctions where sanction_id = '{sanction}'") == 1, "the end");
        var message = Guid.CreateVersion7();
        await api.Probe.Tell(new SanctionImposed(sanction, id, "suspension", "误报", null, "sup", Now), message);
        await Wait.Until(async () => await api.Count($"inbox where message_id = '{message}'") == 1, "the beginning handled");
        (await api.Matches("修剪树木")).ShouldContain(id);
    }

    [Fact]
    public async Task Sanctions_at_the_same_moment_leave_the_severest()
    {
        var id = await api.A_member(category: "life.tailoring");
        await Task.WhenAll(((string[])["warning", "suspension", "warning", "termination", "suspension"])
            .Select(kind => api.Probe.Tell(new SanctionImposed(Guid.CreateVersion7(), id, kind, kind, null, "sup", Now))));
        await Wait.Until(async () => await api.Count($"vendor_sanctions where vendor_id = '{id}'") == 5, "all sanctions");
        (await api.Supervisor.Get($"/api/vendors/{id}")).Text("standing").ShouldBe("terminated");
    }

    [Fact]
    public async Task A_profile_changes_by_version_and_is_told()
    {
        var id = await api.A_member(category: "house.glass");
        (await api.Supervisor.Patch($"/api/vendors/{id}", new { phone = "0577-65111111" }, ("If-Match", "\"1\""))).Code.ShouldBe(412);
        var changed = await api.Supervisor.Patch($"/api/vendors/{id}", new { phone = "0577-65111111" }, ("If-Match", "\"2\""));
        (changed.Code, changed.Text("phone"), changed.ETag).ShouldBe((200, "057765111111", "\"3\""));
        (await api.Probe.Hears<VendorProfileChanged>(v => v.VendorId == id)).Phone.ShouldBe("057765111111");
        (await api.Supervisor.Patch($"/api/vendors/{id}", new { contractUntil = "2000-01-01" })).Faults.ShouldBe(["contractUntil"]);
        (await api.Supervisor.Get($"/api/vendors/{id}")).Body["services"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_vendor_sees_itself()
    {
        var id = await api.A_member(category: "house.tiling");
        (await api.As(Roles.Vendor, id).Get("/api/vendor/me")).Text("standing").ShouldBe("active");
        (await api.As(Roles.Vendor, id).Get($"/api/vendors/{id}")).Code.ShouldBe(403);
        (await api.Operator.Post("/api/vendors", RegistryApi.Application())).Code.ShouldBe(403);
    }

    [Fact]
    public async Task Categories_and_areas_are_listed()
    {
        (await api.Operator.Get("/api/catalog/categories")).Items.Length.ShouldBeGreaterThanOrEqualTo(60);
        (await api.Operator.Get($"/api/catalog/categories?q={Uri.EscapeDataString("马桶不通")}")).Items[0]["code"]!.ToString()
            .ShouldBe("drains.unclog-toilet");
        (await api.Operator.Get("/api/catalog/areas")).Items.Length.ShouldBe(23);
    }
}

public sealed class DemoVendorTests(RegistryApi api) : IClassFixture<RegistryApi>
{
    [Fact]
    public async Task There_are_92_demo_vendors_marked_as_such_that_cover_every_category_and_seeding_again_adds_none()
    {
        await api.Seed_demo_vendors();
        await api.Seed_demo_vendors();
        (await api.Count("vendors where demo and name like '【演示】%'")).ShouldBe(92);
        var categories = (await api.Operator.Get("/api/catalog/categories")).Items.Select(c => c["code"]!.ToString());
        foreach (var category in categories) (await api.Operator.Get($"/api/vendors/match?category={category}&area=330381001")).Items.Length
            .ShouldBeGreaterThan(1, category);
        (await api.Matches(area: "330381222")).ShouldBeEmpty();
        await Wait.Until(() => api.Probe.Heard<VendorAdmitted>().Select(v => v.VendorId).Distinct().Count() == 92, "all admissions told");
    }
}
