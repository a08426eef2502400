using Microsoft.Playwright;

namespace Hotline.EndToEnd.Tests.Browser;

/// <summary>One page says all of a request, and puts right what was taken down wrongly.</summary>
public sealed class RequestPageTests(Platform platform, Chromium chromium) : BrowserTest(platform, chromium)
{
    private const string Area = "330381005";

    private async Task<Answer> A_request(string phone, string address = "虹桥路 1 号")
    {
        var answer = await Platform.Operator.Post("/api/intake/requests", new
        {
            dialledNumber = "12345",
            caller = new { name = "林女士", phone },
            areaCode = Area,
            address,
            categoryCode = "house.wall-paint",
            description = "客厅的墙掉皮",
        });
        answer.Code.ShouldBe(201, answer.ToString());
        return answer;
    }

    // dispatch hears of request and vendor a moment later
    private Task<string> An_offer(Answer request, Guid vendor) => Wait.For(
        async () => await Platform.Operator.Post("/api/dispatch/orders", new { requestId = request.Id, vendorId = vendor })
            is { Code: 201 } offered ? offered.Text("id") : null, "an offer");

    [Fact]
    public async Task Prices_warranty_and_the_callbacks_answers_stand_as_fields_and_the_page_prints_a_work_order()
    {
        var shop = $"价格店{Guid.NewGuid():N}"[..10];
        var id = await Platform.A_vendor(shop, "house.wall-paint", Area);
        var (vendor, request) = (await Platform.Vendor(id), await A_request("14500009001"));
        var order = await An_offer(request, id);
        async Task Act(string action, object? body = null) =>
            (await vendor.Post($"/api/vendor/orders/{order}/{action}", body)).Code.ShouldBe(200, action);
        await Act("accept");
        await Act("contact");
        await Act("quote", new { amount = 100 });
        await Act("quote", new { amount = 120 });
        (await Platform.Operator.Post($"/api/dispatch/orders/{order}/quote/accept", new { amount = 120 })).Code.ShouldBe(200);
        await Act("arrive");
        await Act("complete", new { finalAmount = 90, summary = "补好一面墙", warrantyDays = 30 });
        var callback = await Wait.For(async () => (await Platform.Operator.Get($"/api/follow-ups?requestId={request.Id}&status=open")).Items
            is [var only] ? only["id"]!.ToString() : null, "the callback");
        (await Platform.Operator.Post($"/api/follow-ups/{callback}/claim")).Code.ShouldBe(200);
        (await Platform.Operator.Post($"/api/follow-ups/{callback}/complete",
            new { satisfaction = 4, resolved = true, punctual = false, priceAsQuoted = true, comment = "干净利落" })).Code.ShouldBe(200);

        var desk = await Tab("supervisor", $"/requests/{request.Id}");
        var prices = desk.Page.Locator(".prices li");
        await Assertions.Expect(prices).ToHaveTextAsync(["报价 ¥100", "谈妥 ¥120多 ¥20", "实收 ¥90少 ¥30"]);
        await desk.Page.Locator(".service a[href='tel:057765000000']").WaitForAsync();
        await desk.Page.Locator(".service", new() { HasText = "30 天，至 " }).WaitForAsync();
        var said = desk.Page.Locator(".callback");
        foreach (var field in (string[])["4 分", "问题解决了吗？", "是", "企业守时吗？", "否", "干净利落"])
            await Assertions.Expect(said).ToContainTextAsync(field);

        // how long ago, and to the second at a look
        var time = desk.Page.Locator(".timeline time").First;
        await Assertions.Expect(time).ToContainTextAsync("刚刚");
        (await time.GetAttributeAsync("title"))!.Length.ShouldBe("2026-11-26 12:00:00".Length);
        (await desk.Findings()).ShouldBeEmpty();
        await desk.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await desk.Page.ReloadAsync();
        await desk.Page.Locator(".service a[href^='tel:']").WaitForAsync();
        await desk.Clean("in the dark, links within text");

        // tabs are in the address
        await desk.Page.Locator("#tab-access").ClickAsync();
        await desk.Page.WaitForURLAsync("**?tab=access");
        await desk.Page.GetByRole(AriaRole.Region, new() { Name = "个人信息查看记录" }).WaitForAsync();
        await desk.Page.GoBackAsync();
        await desk.Page.Locator(".timeline").WaitForAsync();

        await desk.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(desk.Page.Locator(".signatures")).ToBeVisibleAsync();
        foreach (var hidden in (string[])[".rail", ".timeline", "#print", ".mud-appbar"])
            await Assertions.Expect(desk.Page.Locator(hidden).First).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_wrong_address_is_put_right_and_the_vendor_is_shown_it_notes_stay_at_the_desk_and_related_requests_are_named()
    {
        var shop = $"更正店{Guid.NewGuid():N}"[..10];
        var id = await Platform.A_vendor(shop, "house.wall-paint", Area);
        var phone = $"145{Random.Shared.Next(10_000_000, 99_999_999)}";
        var (before, request) = (await A_request(phone), await A_request(phone, "虹桥南路 9 号"));
        var vendor = await Platform.Vendor(id);
        var order = await An_offer(request, id);
        (await vendor.Post($"/api/vendor/orders/{order}/accept")).Code.ShouldBe(200);

        var desk = await Tab("operator", $"/requests/{request.Id}");
        await desk.Page.Locator("#correct").ClickAsync();
        await desk.Page.Locator("#c-address").FillAsync("");
        await desk.Page.Locator("#correct-save").ClickAsync();
        await desk.Page.Locator(".mud-dialog .mud-input-error").First.WaitForAsync(); // each at its field
        await Assertions.Expect(desk.Page.Locator("#c-address")).ToBeFocusedAsync();
        (await desk.Findings()).ShouldBeEmpty();
        await desk.Page.Locator("#c-address").FillAsync("虹桥北路 9 号");
        await desk.Page.Locator("#c-reason").FillAsync("听错了");
        await desk.Page.Keyboard.PressAsync("Control+Enter");
        await desk.Page.Locator("#address", new() { HasText = "虹桥北路 9 号" }).WaitForAsync();
        await desk.Page.Locator(".timeline .what", new() { HasText = "更正地址：听错了" }).WaitForAsync();
        await Wait.Until(async () =>
            (await vendor.Get($"/api/vendor/orders/{order}")).Body["citizen"]!["address"]!.ToString() == "虹桥北路 9 号", "the vendor sees it");

        await desk.Page.Locator("#tab-notes").ClickAsync();
        await desk.Page.Locator("#note").FillAsync("下午三点后在家 @sup");
        await desk.Page.Locator(".chip", new() { HasText = "supervisor" }).ClickAsync();
        await Assertions.Expect(desk.Page.Locator("#note")).ToBeFocusedAsync();
        await desk.Page.Keyboard.PressAsync("Control+Enter");
        await desk.Page.Locator(".notes li", new() { HasText = "下午三点后在家" }).WaitForAsync();
        (await desk.Findings()).ShouldBeEmpty();

        var supervisor = await Tab("supervisor", "/requests");
        await supervisor.Page.Locator("#bell").ClickAsync();
        await supervisor.Page.Locator(".told", new() { HasText = request.Text("number") }).GetByText("备注里提到了您").WaitForAsync();

        await desk.Page.Locator("#tab-related").ClickAsync();
        var related = desk.Page.Locator(".related li", new() { HasText = before.Text("number") });
        await related.GetByText("同一电话").WaitForAsync();
        (await desk.Findings()).ShouldBeEmpty();
        await related.GetByRole(AriaRole.Link).ClickAsync();
        await desk.Page.GetByRole(AriaRole.Heading, new() { Name = before.Text("number") }).WaitForAsync();
        await Assertions.Expect(desk.Page.Locator("#address")).ToContainTextAsync("虹桥路 1 号");
    }
}
