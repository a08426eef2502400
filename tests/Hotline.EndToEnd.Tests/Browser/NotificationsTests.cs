using Microsoft.Playwright;

namespace Hotline.EndToEnd.Tests.Browser;

/// <summary>An operator who registered a request, or follows it, hears what became of it without asking.</summary>
public sealed class NotificationsTests(Platform platform, Chromium chromium) : BrowserTest(platform, chromium)
{
    private string? _area;

    private string Area => _area ??= Platform.An_area();

    [Fact]
    public async Task A_rejected_urgent_request_is_told_at_once_on_the_page_in_the_bell_and_at_the_workbench()
    {
        var (shop, second) = (Name("拒单店"), Name("接手店"));
        var vendor = await Platform.Vendor(await Platform.A_vendor(shop, "house.wall-paint", Area));
        await Platform.A_vendor(second, "house.wall-paint", Area);
        var desk = await Tab("operator", "/workbench");
        var unread = await Unread(desk);
        var number = await Registered(desk, shop);
        var order = await Offered(vendor, number);
        (await vendor.Post($"/api/vendor/orders/{order}/reject", new { reason = "师傅都在外面" })).Code.ShouldBe(200);

        // the message stays until it is closed, the bell counts it, the workbench says so
        var toast = desk.Page.Locator(".mud-snackbar.mud-alert-filled-error", new() { HasText = number });
        await Assertions.Expect(toast).ToContainTextAsync($"{shop} 拒单");
        await Wait.Until(async () => await Unread(desk) == unread + 1, "counted");
        await Assertions.Expect(desk.Page.Locator(".last")).ToContainTextAsync("已拒单");
        await Assertions.Expect(desk.Page.Locator(".last .mud-success-text")).ToHaveCountAsync(0);

        // the panel is reached and left with the keyboard
        await desk.Page.Keyboard.PressAsync("Alt+b");
        await Focused(desk, "notices-title");
        (await desk.Findings()).ShouldBeEmpty();
        await desk.Page.Keyboard.PressAsync("Escape");
        await Focused(desk, "bell");
        await desk.Page.Locator("#notices").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        // offered again from the workbench it is done, and nothing has to be read
        await desk.Page.Locator("#offer-again").ClickAsync();
        await desk.Page.Locator(".mud-dialog .match", new() { HasText = shop }).GetByText("已拒单").WaitForAsync();
        await desk.Page.Locator(".mud-dialog .match", new() { HasText = second }).ClickAsync();
        await desk.Page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(desk.Page.Locator(".last")).ToContainTextAsync("待接单");
        await Wait.Until(async () => await Unread(desk) == unread, "done");
        await toast.WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    [Fact]
    public async Task Whoever_follows_a_request_is_led_to_it_and_has_read_it_then()
    {
        var shop = Name("报价店");
        var id = await Platform.A_vendor(shop, "house.wall-paint", Area);
        var vendor = await Platform.Vendor(id);
        var request = await Platform.Operator.Post("/api/intake/requests", EndToEnd.Tests.Platform.Request("刷墙", area: Area));
        var supervisor = await Tab("supervisor", $"/requests/{request.Id}", dark: true);
        await supervisor.Button("关注").ClickAsync();
        await supervisor.Button("已关注").WaitForAsync();
        var unread = await Unread(supervisor);
        await supervisor.Page.Locator(".rail-link[href=overview]").ClickAsync();

        var order = (await Platform.Operator.Post("/api/dispatch/orders", new { requestId = request.Id, vendorId = id })).Id;
        foreach (var (action, body) in ((string, object?)[])[("accept", null), ("contact", null), ("quote", new { amount = 180 })])
            (await vendor.Post($"/api/vendor/orders/{order}/{action}", body)).Code.ShouldBe(200, action);
        await supervisor.Page.Locator(".mud-snackbar", new() { HasText = request.Text("number") }).GetByText("报价 180 元").WaitForAsync();
        await Wait.Until(async () => await Unread(supervisor) == unread + 1, "counted");

        await supervisor.Page.Locator("#bell").ClickAsync();
        (await supervisor.Findings()).ShouldBeEmpty();
        await Focused(supervisor, "notices-title");
        await supervisor.Page.Keyboard.PressAsync("ArrowDown");
        var told = supervisor.Page.Locator(".told:focus", new() { HasText = request.Text("number") });
        for (var tries = 0; tries < 20 && await told.CountAsync() == 0; tries++)
            await supervisor.Page.Keyboard.PressAsync("ArrowDown");
        await supervisor.Page.Keyboard.PressAsync("Enter");
        await supervisor.Page.WaitForURLAsync($"**/requests/{request.Id}");
        await Wait.Until(async () => await Unread(supervisor) == unread, "read");
    }

    [Fact]
    public async Task Following_ends_and_all_is_read_at_once()
    {
        var (id, request) = (await Platform.A_vendor(Name("过期店"), "house.wall-paint", Area),
            await Platform.Operator.Post("/api/intake/requests", EndToEnd.Tests.Platform.Request("刷墙", area: Area)));
        var desk = await Tab("supervisor", $"/requests/{request.Id}");
        await desk.Button("关注").ClickAsync();
        await desk.Button("已关注").WaitForAsync();
        var order = await Platform.Operator.Post("/api/dispatch/orders",
            new { requestId = request.Id, vendorId = id, answerWithinSeconds = 5 });
        order.Code.ShouldBe(201, order.ToString());
        await Assertions.Expect(desk.Page.Locator("#bell .badge")).ToBeVisibleAsync(new() { Timeout = 30_000 }); // the offer runs out first
        await desk.Page.Locator("#bell").ClickAsync();
        await desk.Page.Locator(".told.unread", new() { HasText = "超时未接单" }).First.WaitForAsync();
        await desk.Button("全部已读").ClickAsync();
        await Assertions.Expect(desk.Page.Locator("#bell .badge")).ToHaveCountAsync(0);
        await desk.Page.Keyboard.PressAsync("Escape");
        await desk.Button("已关注").ClickAsync();
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "关注", Exact = true }).WaitForAsync();
    }

    // from an empty form to an offer, urgent
    private async Task<string> Registered(Desk desk, string shop)
    {
        await desk.Page.Locator("#phone").FillAsync("14500000061");
        await desk.Page.Locator("#keyword").FillAsync("刷墙");
        await desk.Page.Locator("#area").FillAsync(Area[^3..]);
        await desk.Page.Locator(".mud-popover-open .mud-list-item").First.WaitForAsync();
        await desk.Page.Keyboard.PressAsync("Tab");
        await desk.Page.Locator("#address").FillAsync("玉海楼旁");
        await desk.Page.GetByLabel("紧急").CheckAsync();
        await desk.Page.Locator(".match", new() { HasText = shop }).ClickAsync();
        await desk.Page.Keyboard.PressAsync("Control+Enter");
        return await desk.Page.Locator(".last strong").InnerTextAsync();
    }

    private static async Task<string> Offered(Client vendor, string number) => await Wait.For(async () =>
        (await vendor.Get("/api/vendor/orders?status=offered")).Items.FirstOrDefault(o => o["requestNumber"]!.ToString() == number)
            ?["id"]!.ToString(), "the offer");

    private static async Task<int> Unread(Desk desk) =>
        int.Parse(string.Concat((await desk.Page.Locator("#bell").GetAttributeAsync("aria-label"))!.Where(char.IsAsciiDigit)));

    private static Task Focused(Desk desk, string id) => desk.Page.WaitForFunctionAsync($"() => document.activeElement?.id === '{id}'");

    private static string Name(string what) => $"{what}{Guid.NewGuid():N}"[..10];
}
