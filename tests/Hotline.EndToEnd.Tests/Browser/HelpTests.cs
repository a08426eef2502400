using Microsoft.Playwright;

namespace Hotline.EndToEnd.Tests.Browser;

/// <summary>What the console explains of itself, by keyboard alone.</summary>
public sealed class HelpTests(Platform platform, Chromium chromium) : BrowserTest(platform, chromium)
{
    [Fact]
    public async Task The_question_mark_says_what_the_page_is_for_and_leads_to_the_rules()
    {
        var desk = await Tab("supervisor", "/vendors");
        await Help(desk);
        await desk.Page.GetByRole(AriaRole.Dialog).GetByText("管理加盟企业").WaitForAsync();
        await desk.Page.Locator("#help-rules").FocusAsync();
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.Page.WaitForURLAsync("**/help");
        await desk.Page.GetByRole(AriaRole.Heading, new() { Name = "报价" }).WaitForAsync();
        await desk.Text("过 30 分钟再打").WaitForAsync();
        (await desk.Page.Locator("main").InnerTextAsync()).ShouldNotMatch("[a-z]{4}");
        await desk.Button("English").ClickAsync();
        await desk.Page.GetByRole(AriaRole.Heading, new() { Name = "Scores and sanctions" }).WaitForAsync();
        await desk.Text("called again after 30 minutes").WaitForAsync();
    }

    [Fact]
    public async Task The_keys_of_the_page_come_first_then_those_of_every_page_as_they_lie_on_the_keyboard()
    {
        var desk = await Tab("operator", "/workbench");
        await Help(desk);
        var dialog = desk.Page.GetByRole(AriaRole.Dialog);
        (await dialog.Locator("h3").AllInnerTextsAsync()).ShouldBe(["本页的快捷键", "各页通用的快捷键"]);
        (await dialog.Locator("dl.keys").First.Locator("kbd").AllInnerTextsAsync())
            .ShouldBe(["Ctrl+Enter", "Ctrl+Shift+Enter", "Alt+Up", "Alt+Down", "Alt+K", "Alt+N", "Alt+P", "Alt+Z"]);
        (await dialog.Locator("dl.keys").Last.Locator("kbd").AllInnerTextsAsync())
            .ShouldBe(["Ctrl+K", "?", "Alt+1", "Alt+2", "Alt+3", "Alt+4", "Alt+6", "Alt+B", "Alt+C"]);
    }

    [Theory]
    [InlineData("operator", "#phone", "#keyword", ".matches", "#offer")]
    [InlineData("ops", "main table.list", "#queues-title", "#trend-title", "#redrives-title")]
    [InlineData("admin", "#add-staff", "#import-staff", ".rail-link[href=systems]", ".rail-link[href=audit]")]
    public async Task The_tour_is_offered_once_shows_what_is_there_and_can_be_had_again(string role, params string[] shown)
    {
        var desk = await Open(Platform.User(role), "/");
        await desk.Page.Locator("#tour-offer").WaitForAsync();
        (await desk.Page.Locator("#tour-offer :focus").CountAsync()).ShouldBe(0, "it is in nobody's way");
        await desk.Page.Locator("#tour-begin").FocusAsync();
        await desk.Page.Keyboard.PressAsync("Enter");
        foreach (var what in shown)
        {
            await Assertions.Expect(desk.Page.Locator(what).First).ToHaveAttributeAsync("data-pointed", "");
            await Assertions.Expect(desk.Page.Locator("[data-pointed]")).ToHaveCountAsync(1);
            await Assertions.Expect(desk.Page.Locator("#tour-next")).ToBeFocusedAsync();
            if (what == shown[^1]) break;
            await desk.Page.Keyboard.PressAsync(what == shown[0] ? "ArrowRight" : "Enter");
        }
        await desk.Page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(desk.Page.Locator(shown[^2]).First).ToHaveAttributeAsync("data-pointed", "");
        await desk.Page.Locator("h1").First.FocusAsync(); // from anywhere
        await desk.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(desk.Page.Locator("#tour, #tour-offer, [data-pointed]")).ToHaveCountAsync(0);
        await Assertions.Expect(desk.Page.Locator(role == "operator" ? "#phone" : "#main")).ToBeFocusedAsync();

        await desk.Page.ReloadAsync();
        await desk.Page.Locator("main h1").First.WaitForAsync();
        (await desk.Page.Locator("#tour-offer").CountAsync()).ShouldBe(0, "once");
        await desk.Page.Keyboard.PressAsync("Control+k");
        await desk.Page.Keyboard.TypeAsync("导览");
        await desk.Page.GetByRole(AriaRole.Option, new() { Name = "两分钟导览" }).WaitForAsync();
        await desk.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(desk.Page.Locator("#tour-next")).ToBeFocusedAsync();
        await desk.Page.Keyboard.PressAsync("Escape");
        await desk.Page.Locator("h1").First.FocusAsync();
        await Help(desk);
        await desk.Page.Locator("#help-tour").FocusAsync();
        await desk.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(desk.Page.Locator("#tour-next")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task On_a_phone_search_and_help_are_in_the_bar_and_nothing_is_cut_off()
    {
        var desk = await Open(Platform.User("supervisor"), "/workbench", phone: true);
        await desk.Button("English").ClickAsync(); // the longer words
        await desk.Page.Locator("#find").ClickAsync();
        await Assertions.Expect(desk.Page.Locator("#palette")).ToBeFocusedAsync();
        await desk.Page.Keyboard.PressAsync("Escape");
        await desk.Page.Locator("#help").ClickAsync();
        await desk.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        const string Inside = "b => b.getBoundingClientRect().right <= innerWidth";
        (await desk.Page.EvaluateAsync<bool>($"[...document.querySelectorAll('.bar button, .bar a')].every({Inside})")).ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_wants_no_tour_is_not_asked_again()
    {
        var desk = await Open(Platform.User("operator"), "/overview");
        await desk.Page.Locator("#tour-never").FocusAsync();
        await desk.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(desk.Page.Locator("#tour-offer")).ToHaveCountAsync(0);
        await desk.Page.ReloadAsync();
        await desk.Page.Locator("main h1").First.WaitForAsync();
        (await desk.Page.Locator("#tour-offer").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Help_rules_and_tour_have_no_barrier_in_both_languages_and_themes()
    {
        var desk = await Open(Platform.User("operator"), "/overview");
        foreach (var (language, dark) in (IEnumerable<(string, string)>)[("zh-CN", "0"), ("zh-CN", "1"), ("en", "0"), ("en", "1")])
        {
            await desk.Page.EvaluateAsync(
                $"localStorage.setItem('hotline.language', '{language}'); localStorage.setItem('hotline.dark', '{dark}')");
            await desk.Page.GotoAsync("/overview");
            await desk.Page.Locator("#tour-offer").WaitForAsync();
            await Help(desk);
            await desk.Clean($"help {language} {dark}");
            await desk.Page.Keyboard.PressAsync("Escape");
            await desk.Page.GotoAsync("/help");
            await desk.Clean($"rules {language} {dark}");
            await desk.Page.Locator("#tour-begin").ClickAsync();
            await desk.Page.Locator("#phone[data-pointed]").WaitForAsync();
            await desk.Clean($"tour {language} {dark}");
        }
    }

    private static async Task Help(Desk desk)
    {
        await desk.Page.Locator("main h1").First.FocusAsync();
        await desk.Page.Keyboard.PressAsync("?");
        await desk.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
    }
}
