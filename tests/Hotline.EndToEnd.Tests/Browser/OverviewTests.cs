using Microsoft.Playwright;

namespace Hotline.EndToEnd.Tests.Browser;

/// <summary>The overview: what is chosen is in the address, and each figure leads to what it counts.</summary>
public sealed class OverviewTests(Platform platform, Chromium chromium) : BrowserTest(platform, chromium)
{
    private async Task<string> An_area_with_requests(int today, int yesterday)
    {
        var area = Platform.An_area();
        for (var i = 0; i < today + yesterday; i++)
        {
            var request = await Platform.Operator.Post("/api/intake/requests", EndToEnd.Tests.Platform.Request("疏通", area: area));
            request.Code.ShouldBe(201, request.ToString());
            if (i >= today)
            {
                (await Platform.Sql("intake", "update requests set registered_at = registered_at - interval '1 day' "
                    + $"where id = '{request.Id}'")).ShouldBe(1);
            }
        }
        return area;
    }

    private async Task Something_registered() =>
        (await Platform.Operator.Post("/api/intake/requests", EndToEnd.Tests.Platform.Request("疏通"))).Code.ShouldBe(201);

    private const string Drawn = "() => window.Chart && Chart.getChart(document.querySelector('canvas'))";

    private static ILocator Kpi(Desk desk, string figure) => desk.Page.Locator($".kpi[data-figure={figure}]");

    [Fact]
    public async Task A_range_is_compared_with_the_one_before_and_leads_to_its_rows()
    {
        var area = await An_area_with_requests(today: 3, yesterday: 2);
        var desk = await Tab("supervisor", $"/overview?areaCode={area}");
        await Assertions.Expect(Kpi(desk, "registered").Locator(".kpi-value")).ToHaveTextAsync("3");
        await Assertions.Expect(Kpi(desk, "registered").Locator(".kpi-delta")).ToHaveTextAsync("比昨日多 1（+50%）");

        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "近 7 天", Exact = true }).ClickAsync();
        await desk.Page.WaitForURLAsync("**/overview?*range=7days*");
        await Assertions.Expect(Kpi(desk, "registered").Locator(".kpi-value")).ToHaveTextAsync("5");
        await desk.Page.GoBackAsync();
        await Assertions.Expect(Kpi(desk, "registered").Locator(".kpi-value")).ToHaveTextAsync("3");
        await desk.Page.GoForwardAsync();
        await Kpi(desk, "registered").GetByRole(AriaRole.Link, new() { Name = "登记工单 5", Exact = true }).ClickAsync();
        await desk.Page.WaitForURLAsync($"**/requests?from=*areaCode={area}*");
        await desk.Text("共 5 条").WaitForAsync();

        // the tile of the town leads there too
        await desk.Page.GotoAsync("/overview?range=7days");
        var tile = desk.Page.Locator($".town[href*='areaCode={area}']");
        await Assertions.Expect(tile.Locator("strong")).ToHaveTextAsync("5");
        await tile.ClickAsync();
        await desk.Text("共 5 条").WaitForAsync();
    }

    [Fact]
    public async Task A_chart_has_a_table_whose_rows_narrow_the_overview_and_whose_cells_lead_to_lists()
    {
        var area = await An_area_with_requests(today: 2, yesterday: 0);
        var desk = await Tab("supervisor", $"/overview?areaCode={area}&by=category");
        await desk.Page.WaitForFunctionAsync(Drawn);
        // who listens has the table before it is seen
        await Assertions.Expect(desk.Page.Locator("section:has(#breakdown) .sr table tbody tr")).ToHaveCountAsync(1);
        await desk.Page.Locator("#breakdown-switch").ClickAsync();
        await Assertions.Expect(desk.Page.Locator("section:has(#breakdown) canvas")).ToHaveCountAsync(0);
        await Assertions.Expect(desk.Page.Locator("#breakdown-switch")).ToBeFocusedAsync();
        var row = desk.Page.Locator("section:has(#breakdown) tbody tr").First;
        (await desk.Findings()).ShouldBeEmpty();
        (await row.Locator("td a").First.GetAttributeAsync("aria-label"))!.ShouldEndWith("登记工单 2");
        await row.Locator("td a").First.ClickAsync();
        await desk.Page.WaitForURLAsync("**/requests?*categoryCode=*");
        await desk.Text("共 2 条").WaitForAsync();
        // the table is in the address: it is there again, and Back leads to the chart
        await desk.Page.GoBackAsync();
        await row.WaitForAsync();
        desk.Page.Url.ShouldContain("tables=breakdown");
        await desk.Page.GoBackAsync();
        await desk.Page.Locator("section:has(#breakdown) canvas").WaitForAsync();
        await desk.Page.GoForwardAsync();
        await desk.Page.Locator("section:has(#breakdown) tbody th a").First.ClickAsync();
        var chip = desk.Page.Locator(".narrowed a");
        await chip.WaitForAsync();
        (await chip.GetAttributeAsync("aria-label"))!.ShouldStartWith("去掉筛选 服务类别：");
        await chip.ClickAsync();
        await Assertions.Expect(chip).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_vendor_that_is_suspended_wants_attention_however_good_its_score()
    {
        var shop = $"停业的店{Guid.NewGuid():N}"[..12];
        var vendor = await Platform.A_vendor(shop, "house.carpentry", "330381003");
        await Platform.Supervisor.Must("/api/evaluation/sanctions", new { vendorId = vendor, kind = "suspension", reason = "整改" }, 201);
        await Wait.Until(async () => (await Platform.Supervisor.Get("/api/evaluation/vendors?attention=true&limit=200")).Items
            .Any(v => v["vendorId"]!.ToString() == $"{vendor}"), "known");
        var desk = await Tab("supervisor", "/overview");
        await desk.Page.Locator(".at-risk tbody tr").First.WaitForAsync();
        var all = desk.Page.Locator("#all-at-risk");
        if (await all.CountAsync() > 0)
        {
            await all.ClickAsync();
            await Assertions.Expect(all).ToBeFocusedAsync();
        }
        await Assertions.Expect(desk.Page.Locator(".at-risk tbody tr", new() { HasText = shop })).ToContainTextAsync("暂停派单");
        (await desk.Findings()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Figures_of_today_follow_what_happens()
    {
        var area = await An_area_with_requests(today: 1, yesterday: 0);
        var desk = await Tab("supervisor", $"/overview?areaCode={area}");
        var registered = Kpi(desk, "registered").Locator(".kpi-value");
        await Assertions.Expect(registered).ToHaveTextAsync("1");
        await Platform.Operator.Post("/api/intake/requests", EndToEnd.Tests.Platform.Request("疏通", area: area));
        await Assertions.Expect(registered).ToHaveTextAsync("2", new() { Timeout = 15_000 });
    }

    [Fact]
    public async Task Figures_of_orders_and_answers_lead_to_lists_of_them()
    {
        var desk = await Tab("supervisor", "/orders/list?status=rejected");
        await desk.Page.Locator("h1", new() { HasText = "全部派单" }).WaitForAsync();
        await desk.Page.Locator(".loading").First.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        (await desk.Findings()).ShouldBeEmpty();
        await desk.Page.Locator("#export").ClickAsync();
        await Assertions.Expect(desk.Page.Locator("#export-menu button")).ToHaveCountAsync(2);
        await desk.Page.GotoAsync("/overview");
        await desk.Page.Locator("#export").ClickAsync();
        await desk.Page.Locator("#export-menu").GetByRole(AriaRole.Button, new() { Name = "派单 · 日期 · CSV", Exact = true }).WaitForAsync();
        await desk.Page.GotoAsync("/callbacks/list?kind=service&answer=satisfied&registeredBy=x");
        await desk.Page.Locator(".narrowed li").Nth(1).WaitForAsync();
        await desk.Page.Locator("#export").WaitForAsync();
        await desk.Page.Locator(".loading").First.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        (await desk.Findings()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task It_has_no_barrier_in_either_theme_and_language(bool dark, bool english)
    {
        await Something_registered();
        var desk = await Open(Platform.User("supervisor"), "/overview?range=30days");
        await desk.Page.EvaluateAsync($"() => {{ localStorage.setItem('hotline.dark', '{(dark ? 1 : 0)}'); "
            + $"localStorage.setItem('hotline.language', '{(english ? "en" : "zh-CN")}'); }}");
        await desk.Page.ReloadAsync();
        await desk.Page.Locator(".town").First.WaitForAsync();
        (await desk.Findings()).ShouldBeEmpty();
        var colour = "() => Chart.getChart(document.querySelector('canvas')).data.datasets[0].backgroundColor";
        await desk.Page.WaitForFunctionAsync(Drawn);
        (await desk.Page.EvaluateAsync<string>(colour)).ShouldBe(dark ? "rgba(125,184,234,1)" : "rgba(15,76,129,1)");
        foreach (var width in (int[])[390, 1024, 1280, 1920])
        {
            await desk.Page.SetViewportSizeAsync(width, 800);
            await desk.Page.WaitForFunctionAsync("() => document.documentElement.scrollWidth <= innerWidth");
        }
    }

    [Fact]
    public async Task On_paper_are_the_days_the_time_and_charts_in_the_colours_of_paper()
    {
        await Something_registered();
        var desk = await Open(Platform.User("supervisor"), "/overview?range=7days");
        await desk.Page.EvaluateAsync("() => localStorage.setItem('hotline.dark', '1')");
        await desk.Page.ReloadAsync();
        await desk.Page.WaitForFunctionAsync(Drawn);
        await Assertions.Expect(desk.Page.Locator(".on-paper")).ToBeHiddenAsync();
        await desk.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(desk.Page.Locator(".on-paper")).ToContainTextAsync("打印于 20");
        await Assertions.Expect(desk.Page.Locator(".overview-span")).ToContainTextAsync(" – ");
        await Assertions.Expect(desk.Page.Locator(".overview-filters")).ToBeHiddenAsync();
        await desk.Page.WaitForFunctionAsync(
            "() => Chart.getChart(document.querySelector('canvas')).data.datasets[0].backgroundColor === '#0f4c81'");
        await desk.Page.EmulateMediaAsync(new() { Media = Media.Screen });
        await desk.Page.WaitForFunctionAsync(
            "() => Chart.getChart(document.querySelector('canvas')).data.datasets[0].backgroundColor !== '#0f4c81'");
    }
}
