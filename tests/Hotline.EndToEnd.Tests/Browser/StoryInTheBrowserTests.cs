using Microsoft.Playwright;

namespace Hotline.EndToEnd.Tests.Browser;

/// <summary>The whole story as people live it: the operator at the desk, the vendor with a phone, the supervisor beside them.</summary>
public sealed class StoryInTheBrowserTests(Platform platform, Chromium chromium) : BrowserTest(platform, chromium)
{
    [Fact]
    public async Task From_the_citizens_words_to_the_score_with_the_keyboard_at_the_desk_and_a_phone_in_the_van()
    {
        var shop = $"全过程测试店{Guid.NewGuid():N}"[..12];
        await Platform.A_vendor(shop, "house.wall-paint", "330381002");

        // the supervisor gives the vendor a user
        var supervisor = await Tab("supervisor", "/vendors");
        await supervisor.Page.Locator("#q").FillAsync(shop);
        await supervisor.Page.Keyboard.PressAsync("Enter");
        await supervisor.Page.GetByRole(AriaRole.Link, new() { Name = shop }).ClickAsync();
        var name = $"shop-{Guid.NewGuid():N}"[..14];
        await supervisor.Page.Locator("#tab-access").ClickAsync();
        await supervisor.Page.Locator("#username").FillAsync(name);
        await supervisor.Page.Locator("#add-user").ClickAsync();
        var password = await supervisor.Page.Locator(".secret code").Nth(1).InnerTextAsync();
        await supervisor.Page.Locator("#tab-overview").ClickAsync();

        var vendor = await Open((name, password), "/", phone: true);
        await vendor.Text("目前没有派单").WaitForAsync();

        // the call: keyboard alone, from an empty form to an offered order
        // an operator who has no other callback in hand
        var username = $"story-{Guid.NewGuid():N}"[..14];
        var made = await Platform.As("admin").Post("/api/staff", new { username, name = "故事接线员", role = "operator" });
        made.Code.ShouldBe(201, made.ToString());
        var desk = await OpenFirst((username, made.Text("password")));
        var keys = desk.Page.Keyboard;
        await keys.PressAsync("Alt+n");
        await desk.Page.WaitForFunctionAsync("document.activeElement?.id === 'phone'");
        await keys.TypeAsync("14500000077");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("演示市民");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("刷墙");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("yuhai");
        await desk.Page.Locator(".mud-popover-open .mud-list-item").First.WaitForAsync();
        await keys.PressAsync("Tab");
        await keys.TypeAsync("玉海楼旁");
        var offer = desk.Page.Locator(".match", new() { HasText = shop });
        await offer.WaitForAsync();
        for (var tries = 0; tries < 20 && await offer.GetAttributeAsync("aria-pressed") != "true"; tries++)
            await keys.PressAsync("Alt+ArrowDown");
        await keys.PressAsync("Control+Enter");
        var number = await desk.Page.Locator(".last strong").InnerTextAsync();
        number.ShouldStartWith("RA-");

        // the vendor's phone shows it by itself
        var card = vendor.Page.Locator(".card", new() { HasText = number });
        await card.WaitForAsync();
        (await card.InnerTextAsync()).ShouldNotContain("玉海楼旁"); // not before it is accepted
        await card.GetByRole(AriaRole.Button, new() { Name = "接单" }).ClickAsync();
        (await card.GetByRole(AriaRole.Link).GetAttributeAsync("href")).ShouldBe("tel:14500000077");
        await card.GetByRole(AriaRole.Button, new() { Name = "已联系市民" }).ClickAsync();
        await card.GetByLabel("报价（元）").FillAsync("180");
        await card.GetByRole(AriaRole.Button, new() { Name = "报价", Exact = true }).ClickAsync();

        // the desk sees the quote by itself and records the citizen's answer
        await keys.PressAsync("Alt+3");
        var onBoard = desk.Page.Locator(".column .card", new() { HasText = shop });
        await onBoard.GetByRole(AriaRole.Button, new() { Name = "同意报价", Exact = true }).ClickAsync();

        await card.GetByRole(AriaRole.Button, new() { Name = "已到场" }).ClickAsync();
        await card.GetByText("已谈妥 ¥180").WaitForAsync();
        await card.GetByText("填写做了什么后才能完工").WaitForAsync();
        await card.GetByLabel("做了什么").FillAsync("刷好一面墙");
        await card.GetByLabel("实收（元）").FillAsync("200");
        await card.GetByRole(AriaRole.Button, new() { Name = "完工" }).ClickAsync();
        await vendor.Text("和市民谈妥的是 ¥180，实收 ¥200，多 ¥20").WaitForAsync(); // more than was agreed is asked again
        await vendor.Button("返回").ClickAsync();
        await card.GetByLabel("实收（元）").FillAsync("180");
        await card.GetByRole(AriaRole.Button, new() { Name = "完工" }).ClickAsync();
        await card.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await vendor.Text("接下来热线会回访市民").WaitForAsync();

        // the callback, and what the vendor reads of it
        await keys.PressAsync("Alt+4");
        await desk.Page.Locator(".queue-item", new() { HasText = shop }).ClickAsync();
        await desk.Page.Locator("#complete").WaitForAsync();
        foreach (var (group, value) in ((string, int)[])[("satisfaction", 4), ("resolved", 0), ("punctual", 0), ("price", 0)])
            await desk.Page.Locator($"input[name={group}]").Nth(value).CheckAsync();
        await desk.Page.Locator("#comment").FillAsync("墙刷得很平");
        await Wait.Until(() => desk.Page.EvaluateAsync<bool>("Object.keys(sessionStorage).some(key => key.startsWith('hotline.callback.')"
            + " && JSON.parse(sessionStorage[key]).comment === '墙刷得很平')"), "the answers kept");
        await desk.Page.ReloadAsync(); // what the citizen said is asked once
        await Assertions.Expect(desk.Page.Locator("#comment")).ToHaveValueAsync("墙刷得很平");
        await Assertions.Expect(desk.Page.Locator("input[name=satisfaction]").Nth(4)).ToBeCheckedAsync();
        await keys.PressAsync("Control+Enter");
        await vendor.Page.Locator("#tab-feedback").ClickAsync();
        await vendor.Text("墙刷得很平").WaitForAsync();

        // the scorecard says why, and the timeline tells it in order
        await supervisor.Text("1 次回访共 5 分").WaitForAsync();
        await keys.PressAsync("Alt+2");
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = number }).ClickAsync();
        await desk.Page.Locator(".timeline li", new() { HasText = "回访完成" }).WaitForAsync();
        var told = await desk.Page.Locator(".timeline .what").AllInnerTextsAsync();
        string[] course = ["登记工单", "派单给", "企业接单", "企业已联系市民", "报价 180", "市民同意报价", "师傅已到场", "完工", "安排回访", "回访完成"];
        told.Count.ShouldBe(course.Length);
        for (var i = 0; i < course.Length; i++) told[i].ShouldStartWith(course[i]);
    }

    [Fact]
    public async Task An_applicant_is_admitted_found_suspended_and_gone_from_the_matches()
    {
        var shop = $"申请测试店{Guid.NewGuid():N}"[..12];
        var supervisor = await Tab("supervisor", "/vendors");
        await supervisor.Page.Locator("#apply").ClickAsync();
        await supervisor.Page.Locator("#v-name").FillAsync(shop);
        await supervisor.Page.Locator("#save-vendor").ClickAsync();
        // each faulty field says so
        await supervisor.Page.Locator(".mud-dialog .mud-input-helper-text.mud-input-error").First.WaitForAsync();
        await supervisor.Page.Locator("#v-phone").FillAsync("0577-65000001");
        var line = supervisor.Page.Locator(".price-line");
        await line.GetByLabel("服务类别").FillAsync("木工");
        // not what the list showed before
        await supervisor.Page.Locator(".mud-popover-open .mud-list-item", new() { HasText = "木工家具维修" }).First.ClickAsync();
        await line.GetByLabel("最低价").FillAsync("100");
        await line.GetByLabel("最高价").FillAsync("200");
        await supervisor.Page.Locator("#save-vendor").ClickAsync();
        await supervisor.Page.Locator("#approve").ClickAsync();
        await supervisor.Page.Locator("#sanction").WaitForAsync();
        var id = supervisor.Page.Url.Split('/')[^1];
        async Task<bool> Matches() => (await Platform.Operator
            .Get($"/api/vendors/match?category=house.carpentry&area=330381005&limit=50")).Items.Any(i => i["vendorId"]!.ToString() == id);
        await Wait.Until(Matches, "a match");

        await supervisor.Page.Locator("#sanction").ClickAsync();
        await supervisor.Page.Locator("input[name=kind]").Nth(1).CheckAsync();
        await supervisor.Text("企业立即从匹配结果中消失").WaitForAsync(); // the confirmation says what will happen
        await supervisor.Page.Locator("#sanction-reason").FillAsync("多次迟到");
        await supervisor.Page.Locator("#impose").ClickAsync();
        await supervisor.Page.Locator(".panel-head .status", new() { HasText = "暂停派单" }).WaitForAsync();
        await Wait.Until(async () => !await Matches(), "gone");
    }
}
