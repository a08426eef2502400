using System.Globalization;
using Microsoft.Playwright;

namespace Hotline.EndToEnd.Tests.Browser;

/// <summary>One is told where one is, comes back to where one was, and can take back what was a slip of the finger.</summary>
public sealed class WaysTests(Platform platform, Chromium chromium) : BrowserTest(platform, chromium)
{
    private Task<Answer> A_request(string area) =>
        new Lifecycle(Platform.Operator).Register(EndToEnd.Tests.Platform.Request("刷墙", area: area));

    [Fact]
    public async Task Every_page_has_a_title_of_its_own_in_the_language_chosen()
    {
        var request = await A_request("330381002");
        var desk = await Open(Platform.User("supervisor"), "/workbench");
        var titles = new List<string>();
        foreach (var link in await desk.Page.Locator(".rail-link").AllAsync())
        {
            var before = await desk.Page.TitleAsync();
            var here = desk.Page.Url.EndsWith($"/{await link.GetAttributeAsync("href")}", StringComparison.Ordinal);
            await link.ClickAsync();
            await Wait.Until(async () => here || await desk.Page.TitleAsync() != before, "another title");
            titles.Add(await desk.Page.TitleAsync());
            // a display on a wall has no rail
            if (!await desk.Page.Locator(".rail-link").First.IsVisibleAsync()) await desk.Page.GoBackAsync();
        }
        titles.Count.ShouldBeGreaterThan(6);
        titles.ShouldBeUnique();
        titles.ShouldAllBe(title => title.EndsWith(" · 12345"));

        await desk.Page.GotoAsync($"/requests/{request.Id}");
        await Assertions.Expect(desk.Page).ToHaveTitleAsync($"{request.Text("number")} · 12345");
        await desk.Page.GotoAsync("/callbacks");
        await Assertions.Expect(desk.Page).ToHaveTitleAsync("回访 · 12345");
        await desk.Button("English").ClickAsync();
        await Assertions.Expect(desk.Page).ToHaveTitleAsync("Follow-ups · 12345");
    }

    [Fact]
    public async Task Back_from_a_request_leads_to_where_one_was_in_the_list()
    {
        var area = Platform.An_area();
        for (var i = 0; i < 25; i++) await A_request(area);
        var desk = await Open(Platform.User("operator"), $"/requests?areaCode={area}");
        await desk.Page.SetViewportSizeAsync(1280, 400);
        var rows = desk.Page.Locator("table.list tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(25);
        await desk.Page.EvaluateAsync("scrollTo(0, 300)");
        await Wait.Until(async () => await Scrolled(desk) == 300, "scrolled");
        var fifteenth = await rows.Nth(14).Locator("td.number a").InnerTextAsync();
        await rows.Nth(14).Locator("td.number a").ClickAsync();
        await desk.Page.GetByRole(AriaRole.Heading, new() { Name = fifteenth }).WaitForAsync();
        await desk.Page.GoBackAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(25);
        await Wait.Until(async () => Math.Abs(await Scrolled(desk) - 300) <= 2, "where one was");
    }

    [Fact]
    public async Task A_call_that_was_wiped_by_a_slip_comes_back_as_it_was()
    {
        var desk = await Open(Platform.User("operator"), "/workbench");
        (string Field, string Text)[] typed = [("#phone", "14500000555"), ("#name", "周先生"), ("#address", "解放路 9 号"), ("#keyword", "开锁")];
        foreach (var (field, text) in typed) await desk.Page.Locator(field).FillAsync(text);
        await desk.Page.Locator("#description").FillAsync("门反锁了");
        await desk.Page.Keyboard.PressAsync("Alt+n");
        foreach (var (field, _) in typed) await Assertions.Expect(desk.Page.Locator(field)).ToHaveValueAsync("");
        await desk.Text("已清空这通来电").WaitForAsync();
        await desk.Page.Keyboard.PressAsync("Alt+z");
        foreach (var (field, text) in typed) await Assertions.Expect(desk.Page.Locator(field)).ToHaveValueAsync(text);
        await Assertions.Expect(desk.Page.Locator("#description")).ToHaveValueAsync("门反锁了");

        // the way back is closed by the first character of the next call, and by going elsewhere
        var undo = desk.Page.Locator(".mud-snackbar");
        await Assertions.Expect(undo).ToHaveCountAsync(0);
        await desk.Page.Keyboard.PressAsync("Alt+n");
        await undo.WaitForAsync();
        await desk.Page.Keyboard.TypeAsync("1");
        await Assertions.Expect(undo).ToHaveCountAsync(0);
        await desk.Page.Keyboard.PressAsync("Alt+n");
        await undo.WaitForAsync();
        await desk.Page.Keyboard.PressAsync("Alt+2");
        await Assertions.Expect(undo).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_word_of_several_meanings_asks_which_before_anybody_is_sent()
    {
        var desk = await Open(Platform.User("operator"), "/workbench");
        var sent = 0;
        desk.Page.Request += (_, request) => { if (request.Method == "POST") sent++; };
        await desk.Page.Locator("#phone").FillAsync("14500000556");
        await desk.Page.Locator("#area").FillAsync("anyang");
        await desk.Page.Locator(".mud-popover-open .mud-list-item").First.WaitForAsync();
        await desk.Page.Keyboard.PressAsync("Tab");
        await desk.Page.Locator("#keyword").FillAsync("空调");
        await desk.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "可能是几种服务" }).WaitForAsync();
        await desk.Page.Locator(".match").First.WaitForAsync();
        await Assertions.Expect(desk.Page.Locator("#offer")).ToContainTextAsync("先选是哪种服务");
        await desk.Page.Keyboard.PressAsync("Control+Enter");
        await Wait.Until(() => desk.Page.EvaluateAsync<bool>("document.activeElement.id === 'meaning-0'"), "asked");
        sent.ShouldBe(0);
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "可能是几种服务" })
            .WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await Assertions.Expect(desk.Page.Locator("#address")).ToBeFocusedAsync(); // what is still to be asked
        await desk.Page.Keyboard.TypeAsync("解放路 9 号");
        await Assertions.Expect(desk.Page.Locator("#offer")).ToContainTextAsync("登记并派给");
        await desk.Page.Keyboard.PressAsync("Control+Enter");
        await desk.Page.Locator(".last").WaitForAsync();
        sent.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task From_the_area_one_comes_to_the_address_past_other_meanings_of_a_word_that_is_clear()
    {
        var desk = await Open(Platform.User("operator"), "/workbench");
        await desk.Page.Locator("#keyword").FillAsync("疏通");
        await desk.Page.Locator("#area").FillAsync("anyang");
        await desk.Page.Locator(".mud-popover-open .mud-list-item").First.WaitForAsync();
        await desk.Page.Keyboard.PressAsync("Enter");
        var other = desk.Page.Locator("#meaning-0");
        await other.WaitForAsync();
        await desk.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(desk.Page.Locator("#address")).ToBeFocusedAsync();
        await other.ClickAsync();
        await Assertions.Expect(desk.Page.Locator("#phone")).ToBeFocusedAsync(); // nothing is in it yet
    }

    [Fact]
    public async Task Nothing_is_missing_before_it_is_asked_for_and_what_is_is_said_once_in_the_operators_words()
    {
        var desk = await Open(Platform.User("operator"), "/workbench");
        var faults = desk.Page.Locator(".mud-input-error");
        await desk.Page.Locator("#phone").FocusAsync();
        for (var i = 0; i < 6; i++) await desk.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(faults).ToHaveCountAsync(0);

        await desk.Page.Locator("#register").ClickAsync();
        await faults.First.WaitForAsync();
        await Wait.Until(() => desk.Page.EvaluateAsync<bool>("document.activeElement.id === 'phone'"), "the focus at the first fault");
        var said = await desk.Page.Locator("p.mud-input-error, .mud-input-helper-text.mud-input-error").AllInnerTextsAsync();
        said.ShouldNotBeEmpty();
        var page = await desk.Page.Locator("main").InnerTextAsync();
        page.ShouldNotMatch("'[a-zA-Z.]+'|[0-9a-f]{32}|/api/");
        await Assertions.Expect(desk.Page.Locator(".mud-snackbar")).ToHaveCountAsync(0);

        await desk.Page.Locator("#phone").FillAsync("14500000557");
        await desk.Page.Locator("#keyword").FillAsync("开锁");
        await desk.Page.Locator("#area").FillAsync("anyang");
        await desk.Page.Locator(".mud-popover-open .mud-list-item").First.WaitForAsync();
        await desk.Page.Keyboard.PressAsync("Tab");
        await desk.Page.Locator("#address").FillAsync("解放路 9 号");
        await desk.Page.Locator("#register").ClickAsync();
        await desk.Page.Locator(".last").WaitForAsync();
        await Assertions.Expect(desk.Page.Locator("#phone")).ToHaveValueAsync("");
        await Assertions.Expect(faults).ToHaveCountAsync(0);
    }

    private static async Task<int> Scrolled(Desk desk) =>
        Convert.ToInt32(await desk.Page.EvaluateAsync<double>("scrollY"), CultureInfo.InvariantCulture);
}
