using Microsoft.Playwright;

namespace Hotline.EndToEnd.Tests.Browser;

/// <summary>Pages and dialogs of the desk: nothing that axe-core finds, a focus that is in the dialog while it is open and on something
/// after.</summary>
public sealed class BarrierTests(Platform platform, Chromium chromium) : BrowserTest(platform, chromium)
{
    private sealed record Played(string Shop, Guid Vendor, Answer Waiting, Answer Quoted);

    private readonly List<string> _found = [];

    // each language and each theme; what is wrong is so in a language or in a theme
    [Theory]
    [InlineData("zh-CN", true)]
    [InlineData("en", false)]
    public async Task No_page_and_no_dialog_of_the_desk_has_a_finding(string language, bool dark)
    {
        var played = await Play();
        var desk = await Open(Platform.User("supervisor"), "/account-settings");
        await desk.Page.EvaluateAsync($"localStorage.setItem('hotline.language', '{language}')");
        await desk.Page.EvaluateAsync($"localStorage.setItem('hotline.dark', '{(dark ? 1 : 0)}')");

        await Page(desk, "workbench", "#phone");
        await desk.Page.Locator("#phone").FillAsync("14500000077");
        await desk.Page.Locator("#keyword").FillAsync("刷墙");
        await desk.Page.Locator("#area").FillAsync("安阳");
        await desk.Page.Keyboard.PressAsync("Tab");
        await desk.Page.Locator(".match").First.WaitForAsync();
        await Clean(desk, "a half-taken call");
        await desk.Page.Locator("#offer").ClickAsync();
        await desk.Page.Locator(".mud-input-error").First.WaitForAsync();
        await Clean(desk, "a call with faults");
        await Dialog(desk, "the palette", () => desk.Page.Keyboard.PressAsync("Control+k"), "#palette");
        await Dialog(desk, "the shortcuts", () => Key(desk, "?"), ".mud-dialog");
        await desk.Page.Keyboard.PressAsync("Alt+b");
        await desk.Page.Locator("#notices").WaitForAsync();
        await Clean(desk, "the notifications");
        await desk.Page.Keyboard.PressAsync("Escape");

        await Page(desk, "requests", "table.list tbody tr");
        await desk.Page.Locator("#columns").ClickAsync();
        await desk.Page.Locator("#columns-box").WaitForAsync();
        await Clean(desk, "the columns");
        await desk.Page.Locator("#pick-all").ClickAsync();
        await Dialog(desk, "several cancelled", () => desk.Page.Locator("#bulk-cancel").ClickAsync(), ".mud-dialog");
        await Dialog(desk, "several offered", () => desk.Page.Locator("#bulk-offer").ClickAsync(), ".mud-dialog");

        await Page(desk, $"requests/{played.Quoted.Id}", "#request-title");
        await Dialog(desk, "a correction", () => desk.Page.Locator("#correct").ClickAsync(), "#correct-form");
        await Dialog(desk, "a request cancelled", () => desk.Page.Locator("#print ~ .mud-button-root").First.ClickAsync(), "#ask-form");
        await Page(desk, $"requests/{played.Waiting.Id}", "#offer");
        await Dialog(desk, "an offer", () => desk.Page.Locator("#offer").ClickAsync(), "#offer-form");

        await Page(desk, "orders?area=330381002", ".card");
        var card = desk.Page.Locator(".card", new() { HasText = played.Shop });
        await Dialog(desk, "a quote declined", () => card.Locator("button.quiet").First.ClickAsync(), "#ask-form");
        await Dialog(desk, "an order cancelled", () => card.Locator("button.quiet").Last.ClickAsync(), "#ask-form");
        await Page(desk, "callbacks", "main h1");

        await Page(desk, "vendors", "table.list tbody tr");
        await Dialog(desk, "an applicant", () => desk.Page.Locator("#apply").ClickAsync(), "#vendor-form");
        await Dialog(desk, "an import", () => desk.Page.Locator("#import-vendors").ClickAsync(), "#import-text");
        await Page(desk, $"vendors/{played.Vendor}", "#vendor-title");
        await Dialog(desk, "a sanction", () => desk.Page.Locator("#sanction").ClickAsync(), "#sanction-form");
        await Dialog(desk, "a contract", () => desk.Page.Locator("#renew").ClickAsync(), "#contract-form");

        await Page(desk, "looks", "table.list tbody tr");
        await Page(desk, "staff", "table.list tbody tr");
        await Page(desk, "account-settings", "#password-title");
        await Page(desk, "nowhere", "main h1");
        _found.ShouldBeEmpty();
    }

    // a request that waits, and one whose price waits for an answer
    private async Task<Played> Play()
    {
        var shop = $"读屏店{Guid.NewGuid():N}"[..10];
        var vendor = await Platform.A_vendor(shop, "house.wall-paint", "330381002");
        var life = new Lifecycle(Platform.Operator);
        var (waiting, quoted) = (await Registered(), await Registered());
        var order = await life.Offer(quoted.Id, vendor, await Platform.Vendor(vendor));
        await order.Propose(120);
        return new(shop, vendor, waiting, quoted);

        Task<Answer> Registered() => life.Register(EndToEnd.Tests.Platform.Request("刷墙", area: "330381002"));
    }

    private async Task Page(Desk desk, string path, string there)
    {
        await desk.Page.GotoAsync($"/{path}");
        await desk.Page.Locator(there).First.WaitForAsync();
        await Clean(desk, path);
    }

    // opened, looked at and left with the keyboard
    private async Task Dialog(Desk desk, string what, Func<Task> open, string there)
    {
        await open();
        await desk.Page.Locator(there).First.WaitForAsync();
        await Wait.Until(() => desk.Page.EvaluateAsync<bool>(
            "document.querySelector('[role=dialog]').contains(document.activeElement)"), $"the focus in {what}");
        await Clean(desk, what);
        await desk.Page.Keyboard.PressAsync("Escape");
        await desk.Page.Locator(there).First.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await Wait.Until(() => desk.Page.EvaluateAsync<bool>("document.activeElement !== document.body"),
            $"the focus on something after {what}");
    }

    private static async Task Key(Desk desk, string key)
    {
        await desk.Page.Locator("main h1").First.FocusAsync();
        await desk.Page.Keyboard.PressAsync(key);
    }

    private async Task Clean(Desk desk, string where)
    {
        await desk.Settled();
        _found.AddRange((await desk.Findings()).Select(finding => $"{where}: {finding}"));
    }
}
