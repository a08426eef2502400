using Hotline.Contracts.Evaluation;
using Hotline.Wire;

namespace Hotline.Services.Tests;

public sealed class VendorSearchTests(RegistryApi api) : IClassFixture<RegistryApi>
{
    private static string Escaped(string text) => Uri.EscapeDataString(text);

    private async Task<string[]> Found(string words) =>
        [.. (await api.Supervisor.Get($"/api/vendors?q={Escaped(words)}")).Items.Select(v => v["name"]!.ToString())];

    [Fact]
    public async Task A_vendor_is_found_by_a_part_of_its_name_its_phone_its_code_and_by_pinyin()
    {
        var vendor = await api.Supervisor.Post("/api/vendors", new
        {
            name = "飞云江边木工铺",
            phone = "0577-65123987",
            licenceNumber = "91350100M000100Y43",
            services = new[] { new { categoryCode = "house.carpentry", priceFrom = 80, priceTo = 150, unit = "次" } },
            coverage = new[] { "330381001" },
        });
        vendor.Code.ShouldBe(201, vendor.ToString());
        foreach (var words in (string[])["江边", "feiyunjiang", "FYJ", "mugongpu", "6512 3987", "00M000100"])
            (await Found(words)).ShouldContain("飞云江边木工铺", words);
        (await Found("木头")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Digits_of_a_name_are_not_looked_for_in_phone_numbers()
    {
        await api.A_member("塘下修钟店"); // 0577-65000000
        (await Found("修65钟000")).ShouldBeEmpty();
        (await Found("6500 0000")).ShouldContain("塘下修钟店");
    }

    [Fact]
    public async Task A_vendor_whose_name_an_earlier_release_did_not_spell_is_found_by_pinyin_soon()
    {
        var id = await api.A_member("塘下修表店", "locks.open-lock");
        await api.Scalar<int>(
            $"with old as (update vendors set spelling = null where id = '{id}' returning 1) select count(*)::int from old");
        await Wait.Until(async () => (await Found("txxbd")).Length == 1, "its name spelt");
    }

    [Fact]
    public async Task A_list_says_how_many_there_are_on_all_of_its_pages()
    {
        foreach (var n in (int[])[1, 2, 3]) await api.A_member($"计数店{n}", "locks.open-lock");
        var first = await api.Supervisor.Get($"/api/vendors?q={Escaped("计数店")}&limit=2");
        (first.Items.Length, first.Text("total")).ShouldBe((2, "3"));
        (await api.Supervisor.Get($"/api/vendors?q={Escaped("计数店")}&limit=2&cursor={first.Text("nextCursor")}")).Text("total")
            .ShouldBe("3");
        (await api.Supervisor.Get($"/api/vendors?q={Escaped("计数店")}&standing=suspended")).Text("total").ShouldBe("0");
    }

    [Fact]
    public async Task A_match_says_how_many_fit_and_shows_more_than_ten_on_demand()
    {
        foreach (var n in Enumerable.Range(1, 14)) await api.A_member($"白蚁店{n}", "pest.termite", "330381101");
        async Task<(int Total, int Shown)> Match(int limit)
        {
            var match = await api.Operator.Get($"/api/vendors/match?q={Escaped("白蚁")}&area=330381101&limit={limit}");
            return (match.Body["total"]!.GetValue<int>(), match.Items.Length);
        }
        (await Match(10)).ShouldBe((14, 10));
        (await Match(50)).ShouldBe((14, 14));
    }

    [Fact]
    public async Task A_match_says_of_whom_nothing_is_known_yet()
    {
        var (known, newcomer) = (await api.A_member("老店", "life.legal", "330381003"), await api.A_member("新店", "life.legal", "330381003"));
        await api.Probe.Tell(new ScoreChanged(known, 3, 91.25, 4.6, 0.97, 12, DateTimeOffset.UtcNow));
        var items = await Wait.For(async () => (await api.Operator.Get("/api/vendors/match?category=life.legal&area=330381003")).Items
            is var found && found.Any(i => i["completedOrders"]!.GetValue<int>() == 12) ? found : null, "the score known");
        items.Single(i => i["vendorId"]!.ToString() == newcomer.ToString())["completedOrders"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task A_vendor_that_is_named_is_shown_with_what_speaks_against_it()
    {
        var hour = DateTimeOffset.UtcNow.ToLocalTimeOfDay();
        var fits = await api.A_member("指名甲店", "locks.open-lock", "330381001");
        await api.A_member("指名乙店", "life.legal", "330381101",
            new { opensAt = $"{hour.AddHours(2):HH:mm}", closesAt = $"{hour.AddHours(3):HH:mm}" });
        var suspended = await api.A_member("指名丙店", "locks.open-lock", "330381");
        await api.Probe.Tell(new SanctionImposed(Guid.CreateVersion7(), suspended, "suspension", "投诉", null, "班长", DateTimeOffset.UtcNow));
        await api.Supervisor.Post("/api/vendors", RegistryApi.Application("指名丁店"));
        var named = await Wait.For(async () => await api.Operator.Get(
            $"/api/vendors/named?q={Escaped("指名")}&category=locks.open-lock&area=330381001") is var answer
            && answer.Items.Any(v => v["standing"]!.ToString() == "suspended") ? answer : null, "the suspension known");
        named.Text("total").ShouldBe("3", "who has only applied is not one");
        named.Items.Select(v => $"{v["name"]}: {string.Join(' ', v["misfits"]!.AsArray().Select(m => $"{m!["code"]} {m["overridable"]}"))}")
            .ShouldBe([
                "指名丙店: vendor.suspended false",
                "指名乙店: vendor.does-not-offer true vendor.does-not-cover true vendor.closed-now true",
                "指名甲店: "], ignoreOrder: true);
        var item = named.Items.Single(v => v["vendorId"]!.ToString() == fits.ToString());
        item["service"]!["priceFrom"]!.GetValue<int>().ShouldBe(80);
        (await api.Operator.Get("/api/vendors/named?category=no&area=110101001&limit=99")).Faults
            .ShouldBe(["area", "category", "limit", "q"]);
    }
}
