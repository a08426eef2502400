using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Hotline.EndToEnd.Tests.Browser;

/// <summary>Requests are found, listed, acted on and read.</summary>
public sealed class RequestsTests(Platform platform, Chromium chromium) : BrowserTest(platform, chromium)
{
    private async Task<Answer> A_request(
        string area, string name = "林女士", string phone = "14500000001", string address = "瑞安广场东边三楼",
        string category = "drains.unclog-drain", bool urgent = false)
    {
        var answer = await Platform.Operator.Post("/api/intake/requests", new
        {
            channel = "phone",
            dialledNumber = "12345",
            caller = new { name, phone },
            areaCode = area,
            address,
            categoryCode = category,
            description = "请尽快来人看看",
            urgency = urgent ? "urgent" : "normal",
        });
        answer.Code.ShouldBe(201, answer.ToString());
        return answer;
    }

    // an uncommon name of four characters
    private static string A_name() => string.Concat(Enumerable.Range(0, 4).Select(_ => (char)Random.Shared.Next(0x5000, 0x9000)));

    private static string A_phone() => $"145{Random.Shared.Next(10_000_000, 99_999_999)}";

    [Fact]
    public async Task The_search_box_finds_what_it_promises_and_a_fault_does_not_stand_over_old_rows()
    {
        var (name, phone) = (A_name(), A_phone());
        var request = await A_request("330381002", name, phone, $"{name[..3]}新村 7 幢");
        var number = request.Text("number");
        var desk = await Tab("operator", "/requests");
        var found = desk.Page.Locator("table.list tbody tr", new() { HasText = number });
        foreach (var words in (string[])[number, number[..^2], number[^6..], $"{name} 尽快来人", name, $"{name[..3]}新村", phone, phone[^4..],
            $"疏通 {name}"])
        {
            await desk.Page.Locator("#q").FillAsync(words);
            await desk.Page.Keyboard.PressAsync("Enter");
            await desk.Page.WaitForURLAsync($"**/requests?q={Uri.EscapeDataString(words)}*");
            await found.WaitForAsync();
        }

        await desk.Page.RouteAsync("**/api/intake/requests?*", r => r.FulfillAsync(new() { Status = 500, Body = "{}" }));
        await desk.Page.Locator("#q").FillAsync("别的");
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.Page.Locator(".fault").WaitForAsync();
        await Assertions.Expect(desk.Page.Locator("table.list")).ToHaveCountAsync(0);
        await desk.Page.UnrouteAllAsync();
        await desk.Page.GoBackAsync();
        await found.WaitForAsync();
    }

    [Fact]
    public async Task Ctrl_K_leads_from_anywhere_to_requests_vendors_pages_and_actions_and_back()
    {
        var (name, phone) = (A_name(), A_phone());
        var number = (await A_request("330381002", name, phone)).Text("number");
        var shop = $"找得到店{Guid.NewGuid():N}"[..11];
        await Platform.A_vendor(shop, "house.wall-paint", "330381002");

        var desk = await Open(Platform.User("supervisor"), "/workbench");
        var (keys, field) = (desk.Page.Keyboard, desk.Page.Locator("#palette"));
        var options = desk.Page.GetByRole(AriaRole.Option);
        await desk.Page.Locator("#phone").FocusAsync();
        await keys.PressAsync("Control+k");
        await Assertions.Expect(field).ToBeFocusedAsync();
        (await desk.Findings()).ShouldBeEmpty();
        await keys.PressAsync("Escape");
        await Assertions.Expect(desk.Page.Locator("#phone")).ToBeFocusedAsync();

        // Enter at once opens what will be found
        await keys.PressAsync("Control+k");
        await keys.TypeAsync(phone[^6..]);
        await keys.PressAsync("Enter");
        await desk.Page.GetByRole(AriaRole.Heading, new() { Name = number }).WaitForAsync();
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Heading, new() { Name = number })).ToBeFocusedAsync();

        foreach (var words in (string[])[name, number[^6..], number])
        {
            await keys.PressAsync("Control+k");
            await keys.TypeAsync(words);
            await options.Filter(new() { HasText = number }).And(desk.Page.Locator(":not(.stale)")).WaitForAsync();
            (await desk.Findings()).ShouldBeEmpty();
            await keys.PressAsync("Escape");
        }

        // more than are shown are not counted as if they were all
        for (var i = 0; i < 8; i++) await A_request("330381002", name, phone);
        await keys.PressAsync("Control+k");
        await keys.TypeAsync(name);
        await desk.Text("还有更多，请再多输几个字").WaitForAsync();
        await keys.PressAsync("Escape");

        await keys.PressAsync("Control+k");
        await keys.TypeAsync(shop);
        await options.Filter(new() { HasText = shop }).WaitForAsync();
        await keys.PressAsync("ArrowDown");
        (await field.GetAttributeAsync("aria-activedescendant")).ShouldBe(
            await desk.Page.Locator("[role=option][aria-selected=true]").GetAttributeAsync("id"));
        await keys.PressAsync("Enter");
        await desk.Page.GetByRole(AriaRole.Heading, new() { Name = shop }).WaitForAsync();

        await keys.PressAsync("Control+k");
        await keys.TypeAsync("接线");
        await keys.PressAsync("Enter");
        await desk.Page.WaitForURLAsync("**/workbench");

        // what was opened last comes first, and holds nothing of the citizen
        await keys.PressAsync("Control+k");
        await options.First.WaitForAsync();
        (await options.AllInnerTextsAsync()).Take(3).Select(t => t.Split('\n')[0]).ShouldBe(["接线台", shop, number]);
        var kept = await desk.Page.EvaluateAsync<string>("sessionStorage.getItem('hotline.recent')");
        kept.ShouldNotContain(phone[^6..]);
        kept.ShouldNotContain(name);
        await keys.TypeAsync("新来电");
        await options.Filter(new() { HasText = "Alt+N" }).WaitForAsync();
        await keys.PressAsync("Enter");
        await Assertions.Expect(desk.Page.Locator("#phone")).ToBeFocusedAsync();

        await desk.Page.Locator("h1").First.ClickAsync();
        await keys.PressAsync("?");
        await desk.Page.Locator(".keys", new() { HasText = "Ctrl+K" }).WaitForAsync();
        await keys.PressAsync("Escape");
    }

    [Fact]
    public async Task A_list_keeps_its_order_columns_and_filters_and_shows_who_has_what_until_when()
    {
        var area = Platform.An_area();
        var (first, second, third) = (await A_request(area), await A_request(area, urgent: true), await A_request(area));
        var shop = $"列表店{Guid.NewGuid():N}"[..10];
        var vendor = await Platform.A_vendor(shop, "drains.unclog-drain", area);
        await Wait.Until(async () => (await Platform.Operator.Post("/api/dispatch/orders",
            new { requestId = second.Id, vendorId = vendor })).Code == 201, "an offer");

        var desk = await Open(Platform.User("operator"), $"/requests?areaCode={area}");
        Task Lists(params Answer[] requests) =>
            Assertions.Expect(desk.Page.Locator("td.number a")).ToHaveTextAsync([.. requests.Select(r => r.Text("number"))]);
        await Lists(third, second, first);
        await desk.Text("共 3 条").WaitForAsync();
        var row = desk.Page.Locator("tr", new() { HasText = second.Text("number") });
        await row.GetByText(shop).WaitForAsync();
        await row.Locator(".countdown").WaitForAsync();
        (await desk.Findings()).ShouldBeEmpty();

        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "时间" }).ClickAsync();
        await Lists(first, second, third);
        await Choose(desk, "f-sort", "先急后久");
        await Lists(second, first, third);
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = first.Text("number") }).ClickAsync();
        await desk.Page.GetByRole(AriaRole.Heading, new() { Name = first.Text("number") }).WaitForAsync();
        await desk.Page.GoBackAsync();
        await Lists(second, first, third);
        desk.Page.Url.ShouldContain("sort=waiting");

        // on a phone each is a card, which opens wherever it is touched
        await desk.Page.SetViewportSizeAsync(390, 800);
        await desk.Page.WaitForFunctionAsync("() => document.documentElement.scrollWidth <= innerWidth "
            + "&& document.querySelector('.scroll').scrollWidth <= document.querySelector('.scroll').clientWidth");
        foreach (var shown in (string[])[".number", ".state", ".kind", ".where", ".what", ".when"])
            await Assertions.Expect(row.Locator(shown)).ToBeVisibleAsync();
        (await desk.Findings()).ShouldBeEmpty();
        await row.Locator(".what").ClickAsync(new() { Force = true });
        await desk.Page.GetByRole(AriaRole.Heading, new() { Name = second.Text("number") }).WaitForAsync();
        await desk.Page.GoBackAsync();
        await desk.Page.SetViewportSizeAsync(1280, 720);

        await desk.Page.Locator("#columns").ClickAsync();
        await desk.Page.Locator(".columns-box .chip", new() { HasText = "来电人" }).ClickAsync();
        await Assertions.Expect(desk.Page.Locator("th", new() { HasText = "来电人" })).ToHaveCountAsync(0);
        await desk.Page.Locator("#save-filter").ClickAsync();
        await desk.Page.Keyboard.TypeAsync("我的片区");
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.Page.GotoAsync("/requests");
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "我的片区" }).ClickAsync();
        await Lists(second, first, third);
        await Assertions.Expect(desk.Page.Locator("th", new() { HasText = "来电人" })).ToHaveCountAsync(0);
        await desk.Button("删除筛选 我的片区").ClickAsync();
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Link, new() { Name = "我的片区" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Several_requests_are_cancelled_for_one_reason_what_failed_stays_picked_and_waiting_ones_are_offered_in_turn()
    {
        var area = Platform.An_area();
        var requests = new List<Answer>();
        for (var i = 0; i < 5; i++) requests.Add(await A_request(area));
        var shop = $"批量店{Guid.NewGuid():N}"[..10];
        await Platform.A_vendor(shop, "drains.unclog-drain", area);
        (await Platform.Operator.Post($"/api/intake/requests/{requests[1].Id}/cancel", new { reason = "市民来电取消" })).Code.ShouldBe(200);

        var desk = await Tab("operator", $"/requests?areaCode={area}&sort=oldest");
        var boxes = desk.Page.Locator("tbody .pick input");
        await Assertions.Expect(boxes).ToHaveCountAsync(5);
        await boxes.Nth(0).ClickAsync();
        await boxes.Nth(2).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await desk.Text("已选 3 条").WaitForAsync();
        (await desk.Findings()).ShouldBeEmpty();
        await desk.Page.Locator("#bulk-cancel").ClickAsync();
        await desk.Page.Locator("#reason").FillAsync("重复登记");
        (await desk.Findings()).ShouldBeEmpty();
        await desk.Page.Keyboard.PressAsync("Control+Enter");
        await desk.Text("已取消 2 条，1 条没有取消").WaitForAsync();
        await desk.Page.Locator(".bulk-report li", new() { HasText = requests[1].Text("number") }).WaitForAsync();
        await desk.Text("已选 1 条").WaitForAsync();
        foreach (var i in (int[])[0, 2])
            (await Platform.Operator.Get($"/api/intake/requests/{requests[i].Id}")).Text("cancelReason").ShouldBe("重复登记");
        (await Platform.Operator.Get($"/api/intake/requests/{requests[1].Id}")).Text("cancelReason").ShouldBe("市民来电取消");

        await desk.Page.Locator("#bulk-clear").ClickAsync();
        await desk.Page.Locator("#pick-all").ClickAsync();
        await desk.Page.Locator("#bulk-offer").ClickAsync();
        var dialog = desk.Page.GetByRole(AriaRole.Dialog);
        foreach (var request in requests.Skip(3))
        {
            await dialog.GetByRole(AriaRole.Heading, new() { Name = request.Text("number") }).WaitForAsync();
            await dialog.Locator(".match", new() { HasText = shop }).ClickAsync();
            await dialog.GetByRole(AriaRole.Button, new() { NameRegex = Shop(shop) }).ClickAsync();
        }
        foreach (var request in requests.Skip(3))
            await desk.Page.Locator("tr", new() { HasText = request.Text("number") }).GetByText(shop).WaitForAsync();
        await desk.Text("已选 3 条").WaitForAsync();
    }

    private static Regex Shop(string name) => new($"派给 {name}");

    private static async Task Choose(Desk desk, string field, string option)
    {
        await desk.Page.Locator($"#{field}").ClickAsync();
        await desk.Page.Locator(".mud-popover-open .mud-list-item", new() { HasText = option }).First.ClickAsync();
    }
}
