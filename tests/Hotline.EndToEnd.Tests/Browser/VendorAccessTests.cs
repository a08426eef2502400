using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Hotline.EndToEnd.Tests.Browser;

public sealed class VendorAccessTests(Platform platform, Chromium chromium) : BrowserTest(platform, chromium)
{
    [Fact]
    public async Task The_page_of_a_vendor_without_a_credential_fetches_nothing_that_is_not_there()
    {
        var vendor = await Platform.A_vendor($"无凭证店{Guid.NewGuid().ToString("N")[..6]}", "house.carpentry");
        var desk = await Tab("supervisor", "/vendors");
        var failed = new ConcurrentQueue<string>();
        desk.Page.Response += (_, answer) => { if (answer.Status >= 400) failed.Enqueue($"{answer.Status} {answer.Url}"); };
        await desk.Page.GotoAsync($"/vendors/{vendor}?tab=access");
        await desk.Text("尚无系统凭证").WaitForAsync();
        failed.ShouldBeEmpty();

        await desk.Page.Locator("#issue").ClickAsync();
        await desk.Text($"vendor-{vendor:N}").WaitForAsync();
        await Assertions.Expect(desk.Page.Locator("#new-secret")).ToBeFocusedAsync();
        (await Platform.Supervisor.Get($"/api/vendors/{vendor}/users")).Text("clientId").ShouldBe($"vendor-{vendor:N}");
        await desk.Page.Locator("#username").FillAsync($"shop-{vendor:N}"[..14]);
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.Page.Locator(".secret", new() { HasText = $"shop-{vendor:N}"[..14] }).WaitForAsync();
        await Assertions.Expect(desk.Page.Locator("#new-secret")).ToBeFocusedAsync();
    }
}
