using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Hotline.EndToEnd.Tests.Browser;

/// <summary>What a supervisor sees and does about vendors, and how an operator finds one.</summary>
public sealed class VendorsTests(Platform platform, Chromium chromium) : BrowserTest(platform, chromium)
{
    private static string Fresh(string name) => $"{name}{Guid.NewGuid().ToString("N")[..6]}";

    // a service as it was done, and what the citizen said of it
    private async Task<(string Number, Guid Request, Guid Order)> Served(
        Guid vendor, string keyword, string area, int satisfaction, string? complaint)
    {
        var life = new Lifecycle(Platform.Operator);
        var request = await life.Register(EndToEnd.Tests.Platform.Request(keyword, area: area));
        var order = await life.Offer(request.Id, vendor, await Platform.Vendor(vendor));
        await order.Accept();
        await order.Contact("马上到");
        await order.Quote(120);
        await order.AcceptQuote();
        await order.Arrive();
        await order.Complete(150, "修好了");
        var callback = await Wait.For(async () => (await life.FollowUps(request.Id, "open")) is [var only] ? only["id"]!.ToString() : null,
            "the callback");
        await life.CompleteFollowUp(Guid.Parse(callback), new(satisfaction, complaint is null, true, complaint is null,
            complaint is null ? "手艺不错" : null, complaint is null ? null : new(complaint)));
        return (request.Text("number"), request.Id, order.Id);
    }

    [Fact]
    public async Task A_supervisor_reads_a_complaint_with_its_order_before_a_sanction_and_makes_it_the_ground()
    {
        var shop = Fresh("投诉店");
        var vendor = await Platform.A_vendor(shop, "house.carpentry", "330381003");
        await Served(vendor, "木工", "330381003", 5, null);
        var (number, request, order) = await Served(vendor, "木工", "330381003", 1, "师傅多收了三十元，态度也差");

        var desk = await Tab("supervisor", $"/vendors/{vendor}");
        await desk.Page.Locator("#tab-opinions").ClickAsync();
        await desk.Page.Locator(".opinion").Nth(1).WaitForAsync();
        await desk.Page.Locator("#complaints-only").ClickAsync();
        await desk.Page.WaitForURLAsync("**?tab=opinions&complaints=true");
        await Assertions.Expect(desk.Page.Locator(".opinion")).ToHaveCountAsync(1);
        var complaint = desk.Page.Locator(".opinion");
        await Assertions.Expect(complaint).ToContainTextAsync("师傅多收了三十元，态度也差");
        foreach (var answer in (string[])["没有解决", "收费与报价不符", "准时"]) await Assertions.Expect(complaint).ToContainTextAsync(answer);
        (await complaint.GetByRole(AriaRole.Link, new() { Name = number }).GetAttributeAsync("href")).ShouldBe($"requests/{request}");
        (await desk.Barriers()).ShouldBeEmpty();

        await desk.Page.Locator("#sanction").ClickAsync();
        var dialog = desk.Page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.Locator(".opinion")).ToContainTextAsync("师傅多收了三十元，态度也差");
        (await desk.Barriers()).ShouldBeEmpty();
        await dialog.GetByLabel($"依据：投诉 {number}").CheckAsync();
        await Assertions.Expect(desk.Page.Locator("#sanction-reason")).ToHaveValueAsync($"工单 {number} 的投诉属实");
        await desk.Page.Locator("#impose").ClickAsync();
        await dialog.WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await desk.Page.Locator("#tab-sanctions").ClickAsync();
        await desk.Page.Locator(".sanctions").GetByRole(AriaRole.Link, new() { Name = $"依据：投诉 {number}" }).WaitForAsync();
        (await Platform.Supervisor.Get($"/api/evaluation/sanctions?vendorId={vendor}")).Items.Single()["complaintOrderId"]!.ToString()
            .ShouldBe(order.ToString());
        // what was judged once is no ground again
        await desk.Page.Locator("#sanction").ClickAsync();
        await desk.Page.Locator(".grounds", new() { HasText = "没有投诉" }).WaitForAsync();
    }

    [Fact]
    public async Task All_vendors_that_fit_are_counted_and_shown_on_demand_and_one_is_named()
    {
        var area = Platform.An_area();
        var shops = Enumerable.Range(1, 12).Select(n => Fresh($"灭蚁{n:00}店")).ToArray();
        foreach (var shop in shops) await Platform.A_vendor(shop, "pest.termite", area);
        var barred = Fresh("停业店");
        var suspended = await Platform.A_vendor(barred, "pest.termite", area);
        await Platform.Supervisor.Must("/api/evaluation/sanctions", new { vendorId = suspended, kind = "suspension", reason = "整改" }, 201);
        await Wait.Until(async () => (await Platform.Supervisor.Get($"/api/vendors/{suspended}")).Text("standing") == "suspended",
            "suspended");
        var far = Fresh("远方锁店");
        var elsewhere = await Platform.A_vendor(far, "locks.open-lock", Platform.An_area());
        var fitting = (await Platform.Operator.Get($"/api/vendors/match?category=pest.termite&area={area}")).Body["total"]!.GetValue<int>();
        fitting.ShouldBeGreaterThanOrEqualTo(12);

        var desk = await Tab("operator", "/workbench");
        await desk.Page.Locator("#phone").FillAsync("14500000321");
        await desk.Page.Locator("#keyword").FillAsync("白蚁");
        await desk.Page.Locator("#area").FillAsync(area[^3..]);
        await desk.Page.Keyboard.PressAsync("Tab");
        await desk.Page.Locator("#address").FillAsync("老街三号");
        await Assertions.Expect(desk.Page.Locator(".match-more")).ToContainTextAsync($"显示 10 家，共 {fitting} 家符合");
        await desk.Page.Locator(".match").First.Locator("text=新").First.WaitForAsync(); // a score that nobody earned is none
        await desk.Page.Locator("#more-matches").ClickAsync();
        await Assertions.Expect(desk.Page.Locator(".matches > .match-list .match")).ToHaveCountAsync(fitting);

        // whom the rules bar is shown with the reason, and cannot be chosen
        var named = desk.Page.Locator(".named");
        await desk.Page.Locator("#named").FillAsync($"@{barred}");
        await Assertions.Expect(named.Locator(".match")).ToContainTextAsync("已暂停派单");
        await Assertions.Expect(named.Locator(".match")).ToHaveAttributeAsync("aria-disabled", "true");
        // whom a dispatcher may take all the same asks why; by the initials of its pinyin
        await desk.Page.Locator("#named").FillAsync($"yfsd{far[^6..]}");
        await Assertions.Expect(named.Locator(".match")).ToContainTextAsync("不提供此类服务 · 不服务此区域");
        (await desk.Barriers()).ShouldBeEmpty();
        await named.Locator(".match").ClickAsync();
        await desk.Page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "市民指定这家企业" }).ClickAsync();
        await desk.Page.Locator("#ask-do").ClickAsync();
        await Assertions.Expect(named.Locator(".named-chosen")).ToContainTextAsync(far);
        await Assertions.Expect(desk.Page.Locator("#offer")).ToContainTextAsync(far);
        await desk.Page.Locator("#offer").ClickAsync();
        await desk.Page.Locator(".last", new() { HasText = far }).WaitForAsync();
        var offered = (await Platform.Operator.Get($"/api/dispatch/orders?vendorId={elsewhere}")).Items.Single();
        offered["overrideReason"]!.ToString().ShouldBe("市民指定这家企业");
    }

    [Fact]
    public async Task From_one_vendor_to_another_everything_on_the_page_is_the_others()
    {
        var (one, other) = (Fresh("甲店"), Fresh("乙店"));
        var first = await Platform.A_vendor(one, "house.carpentry", "330381003");
        await Platform.A_vendor(other, "house.carpentry", "330381003");
        var desk = await Tab("supervisor", $"/vendors/{first}?tab=opinions");
        await desk.Page.GetByRole(AriaRole.Heading, new() { Name = one }).WaitForAsync();
        await desk.Page.Keyboard.PressAsync("Control+k");
        await desk.Page.Keyboard.TypeAsync(other);
        await desk.Page.Locator("#palette-list").GetByText(other).WaitForAsync();
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.Page.GetByRole(AriaRole.Heading, new() { Name = other }).WaitForAsync();
        await Assertions.Expect(desk.Page).ToHaveTitleAsync($"{other} · 12345");
        await desk.Page.Locator("#sanction").ClickAsync();
        await desk.Page.Locator(".mud-dialog", new() { HasText = other }).WaitForAsync();
        await Assertions.Expect(desk.Page.GetByText(one)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_list_of_vendors_is_searched_filtered_counted_and_paged_in_the_address()
    {
        var name = Fresh("寻店");
        foreach (var n in Enumerable.Range(1, 21)) await Platform.A_vendor($"{name}{n:00}", "locks.open-lock");
        var desk = await Tab("supervisor", "/vendors");
        await desk.Page.Locator("#q").FillAsync($"xd{name[^6..]}");
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.Page.WaitForURLAsync(new Regex(@"\?q=xd"));
        await desk.Page.Locator(".pager", new() { HasText = "共 21" }).WaitForAsync();
        await Assertions.Expect(desk.Page.Locator("table.list tbody tr")).ToHaveCountAsync(20);
        await desk.Button("下一页").ClickAsync();
        await Assertions.Expect(desk.Page.Locator("table.list tbody tr")).ToHaveCountAsync(1);
        await desk.Page.ReloadAsync();
        await Assertions.Expect(desk.Page.Locator("table.list tbody tr")).ToHaveCountAsync(1);
        await desk.Page.Locator("table.list tbody a").ClickAsync();
        await desk.Page.Locator("#tab-overview").WaitForAsync();
        await desk.Page.GoBackAsync();
        await Assertions.Expect(desk.Page.Locator("#q")).ToHaveValueAsync($"xd{name[^6..]}");
        await Assertions.Expect(desk.Page.Locator("table.list tbody tr")).ToHaveCountAsync(1);
        await desk.Page.GotoAsync($"/vendors?q={Uri.EscapeDataString(name)}&standing=suspended");
        await desk.Text("没有符合条件的企业").WaitForAsync();
    }

    [Fact]
    public async Task A_vendors_page_shows_its_orders_extends_its_contract_and_tells_its_history()
    {
        var vendor = await Platform.A_vendor(Fresh("履历店"), "house.carpentry", "330381003");
        var (number, request, _) = await Served(vendor, "木工", "330381003", 5, null);
        var desk = await Tab("supervisor", $"/vendors/{vendor}?tab=orders");
        var row = desk.Page.Locator("table.list tbody tr");
        await Assertions.Expect(row).ToContainTextAsync("¥150 (¥120)");
        (await row.GetByRole(AriaRole.Link, new() { Name = number }).GetAttributeAsync("href")).ShouldBe($"requests/{request}");
        await desk.Page.Locator("#tab-overview").ClickAsync();
        await desk.Page.Locator("#renew").ClickAsync();
        var dialog = desk.Page.GetByRole(AriaRole.Dialog);
        await desk.Page.Locator("#do-renew").ClickAsync();
        await Assertions.Expect(desk.Page.Locator("#contract-reason")).ToBeFocusedAsync(); // it says why, or nothing is changed
        await desk.Page.Locator("#contract-reason").FillAsync("年检合格");
        await desk.Page.Locator("#do-renew").ClickAsync();
        await dialog.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await Assertions.Expect(desk.Page.Locator("#renew")).ToBeFocusedAsync();
        await desk.Page.Locator("#tab-history").ClickAsync();
        await Assertions.Expect(desk.Page.Locator(".timeline li").First).ToContainTextAsync("年检合格");
        (await desk.Page.Locator(".timeline li .what").AllInnerTextsAsync()).Select(t => t[..4]).ShouldBe(["合同改为", "通过审核", "申请加盟"]);
        (await desk.Page.Locator("#tab-history").GetAttributeAsync("aria-current")).ShouldBe("page");
    }

    [Fact]
    public async Task A_file_of_vendors_is_refused_line_by_line_and_then_taken_whole()
    {
        var name = Fresh("批量店");
        var desk = await Tab("supervisor", "/vendors");
        await desk.Page.Locator("#import-vendors").ClickAsync();
        const string head = "企业名称,电话,服务与价目,服务区域\n";
        await desk.Page.Locator("#import-text").FillAsync($"{head}{name}甲,0577-65000051,管道疏通 80-150/次,全市\n{name}乙,1,看病 1/次,全市");
        await desk.Page.Locator("#do-import").ClickAsync();
        await Assertions.Expect(desk.Page.Locator("#faults-title")).ToBeFocusedAsync();
        await Assertions.Expect(desk.Page.Locator("#faults-title")).ToContainTextAsync("没有导入任何内容：1 行有误");
        await Assertions.Expect(desk.Page.Locator(".mud-dialog td.bad")).ToHaveCountAsync(2);
        (await desk.Barriers()).ShouldBeEmpty();
        await desk.Page.Locator("#import-text").FillAsync($"{head}{name}甲,0577-65000051,管道疏通 80-150/次,全市\n");
        await desk.Page.Locator("#do-import").ClickAsync();
        await desk.Page.WaitForURLAsync("**/vendors?admission=applied");
        (await Platform.Supervisor.Get($"/api/vendors?q={Uri.EscapeDataString(name)}")).Text("total").ShouldBe("1");
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task No_tab_of_a_vendor_has_a_barrier(bool dark)
    {
        var vendor = await Platform.A_vendor(Fresh("无障碍店"), "house.carpentry", "330381003");
        await Served(vendor, "木工", "330381003", 2, "迟到两小时");
        await Platform.Sql("evaluation", $"insert into score_history (vendor_id, day, score) select '{vendor}', current_date - d, 80 + d "
            + "from generate_series(3, 9) as d");
        var desk = await Tab("supervisor", $"/vendors/{vendor}", dark);
        await desk.Page.Locator(".score-line polyline").WaitForAsync();
        await Assertions.Expect(desk.Page.Locator(".meter-line strong")).ToHaveCountAsync(4); // each bar says its value
        foreach (var tab in (string[])["overview", "orders", "opinions", "sanctions", "history", "access"])
        {
            await desk.Page.Locator($"#tab-{tab}").ClickAsync();
            await Assertions.Expect(desk.Page.Locator($"#tab-{tab}")).ToHaveAttributeAsync("aria-current", "page");
            await Assertions.Expect(desk.Page.Locator("main .loading")).ToHaveCountAsync(0);
            (await desk.Findings()).ShouldBeEmpty(tab);
        }
        await desk.Page.Locator("#sanction").ClickAsync();
        await desk.Page.Locator(".grounds .opinion").WaitForAsync();
        (await desk.Findings()).ShouldBeEmpty("the dialog");
    }
}
