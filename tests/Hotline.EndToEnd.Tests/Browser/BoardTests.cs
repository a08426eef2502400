using Microsoft.Playwright;

namespace Hotline.EndToEnd.Tests.Browser;

/// <summary>The board leads to what is to be done next, and is worked without the mouse.</summary>
public sealed class BoardTests(Platform platform, Chromium chromium) : BrowserTest(platform, chromium)
{
    [Fact]
    public async Task Urgent_ones_come_first_then_the_oldest_all_counted_and_paged_in_place()
    {
        var area = Platform.An_area();
        var numbers = new List<string>();
        for (var i = 0; i < 25; i++) numbers.Add((await A_request(area)).Text("number"));
        var urgent = (await A_request(area, urgent: true)).Text("number");

        var desk = await Tab("operator", $"/orders?area={area}");
        var waiting = desk.Page.Locator("section[aria-labelledby=column-registered]");
        await Assertions.Expect(waiting.Locator(".count")).ToHaveTextAsync("26");
        await Assertions.Expect(waiting.Locator(".card")).ToHaveCountAsync(20);
        (await Numbers(waiting)).ShouldBe([urgent, .. numbers.Take(19)]);
        await waiting.Locator(".card").First.GetByText("已等 0 分").WaitForAsync();
        await waiting.GetByRole(AriaRole.Button, new() { Name = "更多" }).ClickAsync();
        await Assertions.Expect(waiting.Locator(".card")).ToHaveCountAsync(26);
        (await Numbers(waiting)).ShouldBe([urgent, .. numbers]);
        desk.Page.Url.ShouldContain($"area={area}");

        // filters are in the address, and Back from a request leads to them
        await desk.Page.GetByLabel("紧急").CheckAsync();
        await Assertions.Expect(waiting.Locator(".card")).ToHaveCountAsync(1);
        desk.Page.Url.ShouldContain("urgent=1");
        await waiting.Locator("a.number").ClickAsync();
        await desk.Page.WaitForURLAsync("**/requests/*");
        await desk.Page.GoBackAsync();
        await Assertions.Expect(waiting.Locator(".card")).ToHaveCountAsync(1);
        await desk.Button("清除筛选").ClickAsync();
        await desk.Page.WaitForURLAsync("**/orders");
    }

    [Fact]
    public async Task An_offer_is_made_seen_and_agreed_with_the_keyboard_alone()
    {
        var area = Platform.An_area();
        var shop = $"键盘店{Guid.NewGuid():N}"[..10];
        var vendor = await Platform.Vendor(await Platform.A_vendor(shop, "house.wall-paint", area));
        var (first, second) = (await A_request(area), await A_request(area));
        var desk = await Tab("operator", $"/orders?area={area}");
        var keys = desk.Page.Keyboard;
        await desk.Page.Locator($"[data-focus='{first.Id}'] a.number").FocusAsync();
        await keys.PressAsync("ArrowDown");
        await On(desk, second.Id);
        await keys.PressAsync("o");
        var dialog = desk.Page.GetByRole(AriaRole.Dialog);
        await dialog.Locator(".match", new() { HasText = shop }).WaitForAsync();
        (await desk.Findings()).ShouldBeEmpty();
        await keys.PressAsync(await Place(dialog, shop));
        await dialog.GetByRole(AriaRole.Button, new() { Name = $"派给 {shop}" }).WaitForAsync();
        await keys.PressAsync("Tab"); // leads on, not to another vendor
        await Assertions.Expect(dialog.Locator(".match").And(desk.Page.Locator(":focus"))).ToHaveCountAsync(0);
        await dialog.GetByRole(AriaRole.Button, new() { Name = $"派给 {shop}" }).WaitForAsync();
        await keys.PressAsync("Control+Enter");

        // the focus goes with the card to its new column
        var card = desk.Page.Locator($".card[data-focus='{second.Id}']", new() { HasText = shop });
        await card.WaitForAsync();
        await On(desk, second.Id);
        (await card.Locator("a[href^='tel:']").GetAttributeAsync("href")).ShouldBe("tel:057765000000");
        await card.GetByText("请尽快来人").WaitForAsync();

        var order = (await vendor.Get("/api/vendor/orders")).Items
            .Single(o => o["requestNumber"]!.ToString() == second.Text("number"))["id"]!;
        foreach (var (action, body) in ((string, object?)[])[("accept", null), ("contact", null), ("quote", new { amount = 180 })])
            (await vendor.Post($"/api/vendor/orders/{order}/{action}", body)).Code.ShouldBe(200, action);
        await card.GetByRole(AriaRole.Button, new() { Name = "同意报价" }).WaitForAsync();
        // a letter acts on the card that one is on, and on none from beside them
        await desk.Page.Locator(".board").FocusAsync();
        await keys.PressAsync("a");
        await desk.Page.Locator($"[data-focus='{first.Id}'] a.number").FocusAsync();
        await keys.PressAsync("ArrowRight");
        await On(desk, second.Id);
        (await Platform.Operator.Get($"/api/dispatch/orders/{order}")).Text("status").ShouldBe("quoted");
        await keys.PressAsync("a");
        await desk.Text($"{second.Text("number")} 已同意报价").WaitForAsync();
        await desk.Page.Locator("section[aria-labelledby=column-agreed] .card", new() { HasText = shop }).WaitForAsync();
        await On(desk, second.Id);
        await keys.PressAsync("?");
        await dialog.GetByText("在卡片间移动").WaitForAsync();
        await keys.PressAsync("Escape");
        await dialog.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await On(desk, second.Id);
        await keys.PressAsync("Enter");
        await desk.Page.WaitForURLAsync($"**/requests/{second.Id}");
    }

    [Fact]
    public async Task Who_rejected_a_request_is_marked_and_the_next_one_is_chosen_with_the_keyboard()
    {
        var area = Platform.An_area();
        var (first, second) = ($"拒绝店{Guid.NewGuid():N}"[..10], $"下家店{Guid.NewGuid():N}"[..10]);
        var rejecting = await Platform.A_vendor(first, "house.wall-paint", area);
        await Platform.A_vendor(second, "house.wall-paint", area);
        var request = await A_request(area);
        var order = await Platform.Operator.Post("/api/dispatch/orders", new { requestId = request.Id, vendorId = rejecting });
        var vendor = await Platform.Vendor(rejecting);
        (await vendor.Post($"/api/vendor/orders/{order.Id}/reject", new { reason = "太远" })).Code.ShouldBe(200);

        var desk = await Tab("supervisor", $"/orders?area={area}", dark: true);
        await desk.Page.Locator(".card", new() { HasText = request.Text("number")[^6..] }).GetByText("已拒单").WaitForAsync();
        await desk.Button("改派").ClickAsync();
        var dialog = desk.Page.GetByRole(AriaRole.Dialog);
        await dialog.Locator(".match", new() { HasText = first }).GetByText("已拒单").WaitForAsync();
        (await desk.Findings()).ShouldBeEmpty();
        // somebody who did not reject it is proposed; digits and arrows choose, and the button says to whom it goes
        var offer = dialog.Locator("#offer-do");
        await Assertions.Expect(offer).Not.ToContainTextAsync(first);
        await Assertions.Expect(offer).Not.ToContainTextAsync("登记");
        await desk.Page.Keyboard.PressAsync("1");
        await Assertions.Expect(dialog.Locator(".match").First).ToHaveAttributeAsync("aria-pressed", "true");
        for (var place = await Place(dialog, second); place != "1"; place = $"{int.Parse(place) - 1}")
            await desk.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(offer).ToContainTextAsync($"派给 {second}");
        await desk.Page.Keyboard.PressAsync("Control+Enter");
        await desk.Page.Locator("section[aria-labelledby=column-offered] .card", new() { HasText = second }).WaitForAsync();
    }

    [Fact]
    public async Task The_slash_leads_to_the_filter_and_mine_are_those_that_one_registered()
    {
        var area = Platform.An_area();
        var vendor = await Platform.A_vendor($"我的店{Guid.NewGuid():N}"[..10], "house.wall-paint", area);
        var desk = await Tab("operator", $"/orders?area={area}");
        var mine = await desk.Page.EvaluateAsync<string[]>("""
            async ([area]) => Promise.all([0, 1].map(async i => (await (await fetch('/api/intake/requests', { method: 'POST',
                headers: { 'X-CSRF': '1', 'Content-Type': 'application/json', 'Idempotency-Key': `${area}-${i}-${Date.now()}` },
                body: JSON.stringify({ channel: 'phone', dialledNumber: '12345', caller: { name: '林女士', phone: '14500000088' },
                    areaCode: area, address: '解放路 9 号', categoryCode: 'house.wall-paint', description: '刷墙', urgency: 'normal' })
            })).json()).id))
            """, new[] { area });
        var others = await Platform.Supervisor.Post("/api/intake/requests", EndToEnd.Tests.Platform.Request("刷墙", area: area));
        foreach (var requestId in (string[])[mine[0], $"{others.Id}"])
        {
            var offer = new { requestId, vendorId = vendor };
            await Wait.Until(async () => (await Platform.Operator.Post("/api/dispatch/orders", offer)).Code == 201, "an offer");
        }
        var cards = desk.Page.Locator(".board .card");
        await Assertions.Expect(cards).ToHaveCountAsync(3);
        await desk.Page.Locator("main h1").FocusAsync();
        await desk.Page.Keyboard.PressAsync("/");
        await Assertions.Expect(desk.Page.Locator("#f-q")).ToBeFocusedAsync();
        await Assertions.Expect(desk.Page.Locator("#f-q")).ToHaveValueAsync("");
        await desk.Page.GetByLabel("我的", new() { Exact = true }).CheckAsync();
        await Assertions.Expect(cards).ToHaveCountAsync(2);
        foreach (var request in mine) await desk.Page.Locator($".board .card[data-focus='{request}']").WaitForAsync();
        await desk.Page.WaitForURLAsync("**/orders?*mine=1*");
        await desk.Page.ReloadAsync();
        await Assertions.Expect(cards).ToHaveCountAsync(2);
        await desk.Page.GetByLabel("我的", new() { Exact = true }).UncheckAsync();
        await Assertions.Expect(cards).ToHaveCountAsync(3);
    }

    // what others do at the same moment is asked for too: the least of some tries is what an offer costs
    [Fact]
    public async Task An_offer_costs_one_post_and_at_most_three_gets()
    {
        var area = Platform.An_area();
        var shop = $"省心店{Guid.NewGuid():N}"[..10];
        await Platform.A_vendor(shop, "house.wall-paint", area);
        var (gets, posts) = (int.MaxValue, 0);
        for (var tries = 0; tries < 6 && gets > 3; tries++)
        {
            var request = await A_request(area);
            var desk = await Tab("operator", $"/orders?area={area}");
            await desk.Page.Locator(".live.on").WaitForAsync();
            var card = desk.Page.Locator($".card[data-focus='{request.Id}']");
            await card.WaitForAsync();
            await Quiet(desk);
            var (got, posted) = (0, 0);
            desk.Page.Request += (_, r) =>
            {
                if (!new Uri(r.Url).AbsolutePath.StartsWith("/api/", StringComparison.Ordinal) || r.Url.Contains("/api/live")) return;
                if (r.Method == "GET") Interlocked.Increment(ref got);
                else Interlocked.Increment(ref posted);
            };
            await card.GetByRole(AriaRole.Button, new() { Name = "派单" }).ClickAsync();
            await desk.Page.Locator(".mud-dialog .match", new() { HasText = shop }).ClickAsync();
            await desk.Page.Keyboard.PressAsync("Control+Enter");
            await desk.Page.Locator("section[aria-labelledby=column-offered] .card", new() { HasText = shop }).First.WaitForAsync();
            await Quiet(desk);
            (gets, posts) = (Math.Min(gets, got), posted);
            await Platform.Operator.Post($"/api/intake/requests/{request.Id}/cancel", new { reason = "测试完" });
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"one offer from the board: {posts} POST, {gets} GET");
        posts.ShouldBe(1);
        gets.ShouldBeInRange(1, 3);
    }

    // no request of the page for two seconds: longer than any of its parts gathers changes
    private static Task Quiet(Desk desk) => desk.Page.WaitForFunctionAsync("""
        () => {
            const asked = performance.getEntriesByType('resource').filter(r => r.name.includes('/api/') && !r.name.includes('/api/live'));
            return performance.now() - Math.max(0, ...asked.map(r => r.responseEnd)) > 2000;
        }
        """);

    private Task<Answer> A_request(string area, bool urgent = false) => Registered(
        EndToEnd.Tests.Platform.Request("刷墙", area: area) with { Urgency = urgent ? "urgent" : "normal" });

    private async Task<Answer> Registered(CitizensCall call)
    {
        var answer = await Platform.Operator.Post("/api/intake/requests", call);
        answer.Code.ShouldBe(201, answer.ToString());
        return answer;
    }

    private static Task<string> Place(ILocator dialog, string shop) =>
        dialog.Locator(".match", new() { HasText = shop }).Locator(".rank").InnerTextAsync();

    private static async Task<string[]> Numbers(ILocator column) =>
        [.. await column.Locator("a.number").EvaluateAllAsync<string[]>("links => links.map(l => l.title)")];

    private static Task On(Desk desk, Guid request) =>
        desk.Page.WaitForFunctionAsync($"() => document.activeElement?.closest('[data-focus]')?.dataset.focus === '{request}'");
}
