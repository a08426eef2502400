using Microsoft.Playwright;

namespace Hotline.EndToEnd.Tests.Browser;

/// <summary>The page of those who run the platform.</summary>
public sealed class OperationsTests(Platform platform, Chromium chromium) : BrowserTest(platform, chromium)
{
    private const string Queue = "intake-request-progress";

    [Fact]
    public async Task A_poisoned_queue_is_looked_at_and_sent_back_by_a_click_once_its_cause_is_mended()
    {
        var request = await Platform.Operator.Post("/api/intake/requests", EndToEnd.Tests.Platform.Request("开锁"));
        var vendor = await Platform.A_vendor($"错误队列店{Guid.NewGuid():N}"[..12], "locks.open-lock");
        await Platform.Sql("intake", $"alter table timeline add constraint poison check (request_id <> '{request.Id}') not valid");
        try
        {
            await Wait.Until(async () =>
                (await Platform.Operator.Post("/api/dispatch/orders", new { requestId = request.Id, vendorId = vendor })).Code == 201,
                "an offer");
            var desk = await Tab("ops", "/operations");
            var row = desk.Page.Locator("tr", new() { HasText = Queue });
            await row.GetByRole(AriaRole.Button).ClickAsync(new() { Timeout = 60_000 });
            await Assertions.Expect(desk.Page.Locator("#errors-title")).ToBeFocusedAsync();
            var message = desk.Page.Locator("section[aria-labelledby=errors-title] tbody tr", new() { HasText = request.Id.ToString() });
            await message.WaitForAsync();
            (await message.InnerTextAsync()).ShouldContain("OrderOffered");
            await desk.Clean("a failed message");

            await Platform.Sql("intake", "alter table timeline drop constraint poison");
            await message.GetByRole(AriaRole.Button).ClickAsync();
            await desk.Page.Locator(".mud-dialog-actions button").Last.ClickAsync();
            await desk.Text("没有错误消息了").WaitForAsync();
            await Assertions.Expect(desk.Page.Locator("#errors-title")).ToBeFocusedAsync();
            await Wait.Until(async () => (await Platform.Operator.Get($"/api/intake/requests/{request.Id}/timeline")).Items
                .Any(entry => entry["kind"]!.ToString() == "orderOffered"), "the offer in the timeline after all");
            // it is noted, with who did it
            await desk.Page.Locator("section[aria-labelledby=redrives-title] tbody tr", new() { HasText = Queue }).First.WaitForAsync();
            await desk.Page.Locator("section[aria-labelledby=errors-title] button").Last.ClickAsync();
            await Assertions.Expect(desk.Page.Locator("#queues-title")).ToBeFocusedAsync();
        }
        finally
        {
            await Platform.Sql("intake", "alter table timeline drop constraint if exists poison");
        }
    }

    [Fact]
    public async Task A_fault_between_the_books_is_found_by_a_click_and_leads_to_its_request()
    {
        const string Runs = "/api/ops/reconciliation";
        var request = await Platform.Operator.Post("/api/intake/requests", EndToEnd.Tests.Platform.Request("开锁"));
        Task<int> Say(bool cancelled) => Platform.Sql("dispatch",
            $"update requests set cancelled = {cancelled} where request_id = '{request.Id}'");
        await Wait.Until(async () => await Say(true) == 1, "dispatch to know it");
        try
        {
            var desk = await Tab("ops", "/operations");
            var begin = desk.Page.Locator("#recon-begin");
            // another test's may be under way
            await Wait.Until(async () => (await Platform.As("ops").Get(Runs)).Body["last"]?["state"]?.ToString() != "running",
                "nobody at it", TimeSpan.FromMinutes(2));
            await desk.Page.ReloadAsync();
            await begin.Locator("xpath=self::*[not(@aria-disabled)]").FocusAsync();
            await desk.Page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(begin).ToHaveAttributeAsync("aria-disabled", "true");
            await Assertions.Expect(begin).ToBeFocusedAsync();
            await Assertions.Expect(desk.Page.Locator("#recon-said")).ToContainTextAsync("正在");
            await desk.Clean("while it runs");
            var link = desk.Page.Locator(".recon-findings a", new() { HasText = request.Text("number") });
            await link.WaitForAsync(new() { Timeout = 120_000 });
            (await link.GetAttributeAsync("href")).ShouldBe($"requests/{request.Id}");
            (await link.Locator("xpath=ancestor::tr").InnerTextAsync()).ShouldContain("受理未取消，派单已取消");
            await Assertions.Expect(desk.Page.Locator("#recon-said")).ToContainTextAsync("处差异");
            await Assertions.Expect(begin).ToBeFocusedAsync();
            await desk.Clean("what differs");
        }
        finally
        {
            await Say(false);
        }
    }

    [Fact]
    public async Task A_services_day_is_a_line_and_a_table_in_both_languages_and_themes()
    {
        var desk = await Tab("ops", "/operations");
        foreach (var (language, dark) in (IEnumerable<(string, string)>)[("zh-CN", "0"), ("zh-CN", "1"), ("en", "0"), ("en", "1")])
        {
            await desk.Page.EvaluateAsync(
                $"localStorage.setItem('hotline.language', '{language}'); localStorage.setItem('hotline.dark', '{dark}')");
            await desk.Page.ReloadAsync();
            await desk.Page.Locator(".spark polyline").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
            await desk.Page.Locator("details summary").ClickAsync();
            await desk.Page.Locator("details tbody tr").First.WaitForAsync();
            await desk.Clean($"{language} {dark}");
        }
        await desk.Page.EvaluateAsync("localStorage.removeItem('hotline.language'); localStorage.removeItem('hotline.dark')");
    }
}
