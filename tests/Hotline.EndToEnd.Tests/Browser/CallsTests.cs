using System.Globalization;
using Microsoft.Playwright;

namespace Hotline.EndToEnd.Tests.Browser;

/// <summary>What a telephone system tells of its calls is seen at the desk, and missed callers are called back.</summary>
public sealed class CallsTests(Platform platform, Chromium chromium) : BrowserTest(platform, chromium)
{
    private int _told;

    [Fact]
    public async Task A_call_is_seen_as_it_rings_and_ends_and_it_is_noted_what_it_was()
    {
        var (call, phone) = (A_call(), A_phone());
        var desk = await Tab("operator", $"/calls?phone={phone}");
        await desk.Text("没有符合条件的通话").WaitForAsync();

        // seen without asking, masked
        await Tells(Event(call, "rang", 20, phone), Event(call, "queued", 19));
        var row = desk.Page.Locator("table.list tbody tr");
        await Assertions.Expect(row).ToContainTextAsync("排队");
        await Assertions.Expect(row).ToContainTextAsync("81890");
        (await row.InnerTextAsync()).ShouldNotContain(phone);
        await Tells(Event(call, "offered", 15, seat: "8801"), Event(call, "answered", 12, seat: "8801"));
        await Assertions.Expect(row).ToContainTextAsync("通话中");
        await desk.Clean("calls");
        foreach (var width in (int[])[390, 1024, 1280]) await Fits(desk, width, "calls");

        // opened it is shown in full, and once it ends it is noted what it was
        await row.Locator("a").FocusAsync();
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.Page.Locator($"h1 a[href='tel:{phone}']").WaitForAsync();
        await Assertions.Expect(desk.Page.Locator(".call table.list")).ToContainTextAsync("8801");
        await Tells(Event(call, "ended", 2));
        await Assertions.Expect(desk.Page.Locator(".panel-head")).ToContainTextAsync("已接听");
        await Assertions.Expect(desk.Page.Locator("#close-call")).ToHaveCountAsync(0);
        await desk.Page.Locator("#dispose-note").FillAsync("问路");
        await desk.Clean("a call");
        foreach (var width in (int[])[390, 1024, 1280]) await Fits(desk, width, "call");
        await desk.Page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(desk.Page.Locator(".facts")).ToContainTextAsync("仅咨询");
        await Assertions.Expect(desk.Page.Locator(".facts")).ToContainTextAsync("问路");
    }

    [Fact]
    public async Task A_call_is_linked_to_the_callers_request_and_one_without_an_end_is_closed_by_hand()
    {
        var (call, phone) = (A_call(), A_phone());
        var request = await Platform.Operator.Post("/api/intake/requests", EndToEnd.Tests.Platform.Request("开锁", phone));
        request.Code.ShouldBe(201, request.ToString());
        await Tells(Event(call, "rang", 30, phone), Event(call, "queued", 30), Event(call, "answered", 20, seat: "8802"));
        var desk = await Tab("operator", $"/calls/{await IdOf(phone)}", dark: true);
        await desk.Page.Locator(".call-requests li", new() { HasText = request.Text("number") }).GetByRole(AriaRole.Button).ClickAsync();
        await desk.Page.Locator(".call-requests").GetByText("已关联").WaitForAsync();
        await Assertions.Expect(desk.Page.Locator("#dispose-form")).ToHaveCountAsync(0);
        await Wait.Until(async () => await desk.Page.EvaluateAsync<bool>("() => document.activeElement !== document.body"), "the focus");

        await desk.Page.Locator("#close-call").ClickAsync();
        await desk.Page.Locator("#reason").FillAsync("电话系统重启，没有挂断消息");
        await desk.Clean("closing a call");
        await desk.Page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(desk.Page.Locator(".panel-head")).ToContainTextAsync("失联");
        await Assertions.Expect(desk.Page.Locator(".facts")).ToContainTextAsync("电话系统重启");
        await Assertions.Expect(desk.Page.Locator("#close-call")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_missed_caller_is_claimed_called_back_and_out_of_the_list()
    {
        var (call, phone) = (A_call(), A_phone());
        var desk = await Tab("operator", "/calls");
        await desk.Page.Locator("#tab-missed").ClickAsync();
        await desk.Page.WaitForURLAsync("**/calls?view=missed");
        await desk.Page.Locator("#missed-title").WaitForAsync(new() { State = WaitForSelectorState.Attached });

        await Tells(Event(call, "rang", 40, phone), Event(call, "queued", 39), Event(call, "ended", 1));
        var row = desk.Page.Locator("table.list tbody tr", new() { HasText = phone[^4..] });
        await row.WaitForAsync();
        (await row.InnerTextAsync()).ShouldNotContain(phone);
        await row.GetByRole(AriaRole.Button).FocusAsync();
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.Page.Locator($".missed-number a[href='tel:{phone}']").WaitForAsync();
        await Assertions.Expect(desk.Page.Locator("#missed-current-title")).ToBeFocusedAsync();
        await Assertions.Expect(row).ToHaveCountAsync(0);
        await desk.Clean("a missed call claimed");
        foreach (var width in (int[])[390, 1024, 1280]) await Fits(desk, width, "missed");

        // who was called away goes on later
        await desk.Page.ReloadAsync();
        await desk.Page.Locator(".views a", new() { HasText = "已认领" }).ClickAsync();
        await row.GetByRole(AriaRole.Button).ClickAsync();
        await desk.Page.Locator("#missed-answered").ClickAsync();
        await Assertions.Expect(desk.Page.Locator(".missed-current")).ToHaveCountAsync(0);
        await Assertions.Expect(desk.Page.Locator("#missed-title")).ToBeFocusedAsync();
        await desk.Page.Locator(".views a", new() { HasText = "已回电" }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("已接通");
    }

    [Fact]
    public async Task The_wall_shows_who_waits_as_it_changes_and_no_caller()
    {
        var (call, phone) = (A_call(), A_phone());
        var desk = await Open(Platform.User("supervisor"), "/wall");
        var waiting = desk.Page.Locator("#wall-waiting");
        await waiting.WaitForAsync();
        await Assertions.Expect(desk.Page.Locator(".rail")).ToBeHiddenAsync();
        await Assertions.Expect(desk.Page.Locator(".bar")).ToBeHiddenAsync();
        var before = int.Parse(await waiting.InnerTextAsync(), CultureInfo.InvariantCulture);
        await Tells(Event(call, "rang", 30, phone, to: "12345"), Event(call, "queued", 30, to: "12345"));
        await Assertions.Expect(waiting).ToHaveTextAsync($"{before + 1}");
        await Assertions.Expect(desk.Page.Locator("#wall-longest")).ToContainTextAsync(":");
        (await desk.Page.Locator(".wall").InnerTextAsync()).ShouldNotContain(phone[^4..]);
        await Tells(Event(call, "ended", 0));
        await Assertions.Expect(waiting).ToHaveTextAsync($"{before}");

        foreach (var (width, height) in ((int, int)[])[(1920, 1080), (1280, 720)])
        {
            await desk.Page.SetViewportSizeAsync(width, height);
            const string Size = "() => parseFloat(getComputedStyle(document.querySelector('.wall dd')).fontSize)";
            (await desk.Page.EvaluateAsync<double>(Size)).ShouldBeGreaterThan(height * 0.08);
            (await desk.Page.EvaluateAsync<double>("() => document.documentElement.scrollHeight")).ShouldBe(height, 1);
        }
    }

    [Theory]
    [InlineData("zh-CN", true)]
    [InlineData("en", false)]
    public async Task No_page_of_calls_has_a_finding_or_is_wider_than_the_screen(string language, bool dark)
    {
        await Tells(Event(A_call(), "rang", 30, A_phone()));
        var desk = await Open(Platform.User("supervisor"), "/account-settings");
        await desk.Page.EvaluateAsync($"localStorage.setItem('hotline.language', '{language}')");
        await desk.Page.EvaluateAsync($"localStorage.setItem('hotline.dark', '{(dark ? 1 : 0)}')");
        foreach (var (name, path) in ((string, string)[])[("calls", "/calls"), ("missed", "/calls?view=missed"), ("seats", "/seats"),
            ("wall", "/wall")])
        {
            await desk.Page.GotoAsync(path);
            foreach (var width in (int[])[390, 1024, 1280, 1920])
            {
                await Fits(desk, width, $"{name}-{language}", width * 9 / 16);
                await desk.Clean($"{path} {width}");
            }
        }
    }

    [Fact]
    public async Task A_supervisor_sees_a_seat_change_and_sets_its_state_with_a_reason()
    {
        var extension = $"{Random.Shared.Next(10_000, 99_999)}";
        var seats = Platform.Operator;
        (await seats.Put("/api/seats/me", new { extension })).Code.ShouldBe(200);
        try
        {
            var desk = await Tab("supervisor", "/seats");
            var row = desk.Page.Locator("tbody tr", new() { HasText = extension });
            await row.WaitForAsync();
            (await seats.Post("/api/seats/me/state", new { state = "busy", reason = "午餐" })).Code.ShouldBe(200);
            await Assertions.Expect(row).ToContainTextAsync("示忙");
            await Assertions.Expect(row).ToContainTextAsync("午餐");
            await desk.Clean("seats");

            await row.GetByRole(AriaRole.Button).First.ClickAsync();
            await desk.Page.Locator("#reason").FillAsync("午餐时间已过");
            await desk.Clean("a seat set");
            await desk.Page.Keyboard.PressAsync("Control+Enter");
            await Assertions.Expect(row.Locator(".status")).ToHaveTextAsync("示闲");
            (await seats.Get("/api/seats/me")).Text("state").ShouldBe("ready");
            foreach (var width in (int[])[390, 1024, 1280]) await Fits(desk, width, "seats");
        }
        finally
        {
            await seats.Delete("/api/seats/me");
        }
    }

    private static async Task Fits(Desk desk, int width, string name, int height = 800)
    {
        await desk.Page.SetViewportSizeAsync(width, Math.Max(height, 600));
        await desk.Page.Locator("main h1").First.WaitForAsync();
        await desk.Settled();
        (await desk.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue($"{name} {width}");
        if (Environment.GetEnvironmentVariable("CALLS_SHOTS") is { } shots)
            await desk.Page.ScreenshotAsync(new() { Path = $"{shots}/{name}-{width}.png", FullPage = true });
    }

    private static string A_call() => $"call-{Guid.NewGuid():N}";

    private static string A_phone() => $"145{Random.Shared.Next(10_000_000, 99_999_999)}";

    private async Task<string> IdOf(string phone) =>
        (await Platform.Operator.Get($"/api/calls?phone={phone}")).Items.ShouldHaveSingleItem()["id"]!.ToString();

    private object Event(string call, string type, double ago, string? from = null, string to = "81890", string? seat = null) => new
    {
        eventId = $"{call}-{++_told}",
        at = DateTimeOffset.UtcNow.AddSeconds(-ago).ToString("O"),
        pbx = "pbx-1",
        linkedId = call,
        callId = call,
        type,
        from,
        to,
        seat,
    };

    private async Task Tells(params object[] events)
    {
        var answer = await Platform.As("cti").Post("/api/calls/events", events);
        answer.Code.ShouldBe(200, answer.ToString());
        answer.Body["refused"]!.AsArray().ShouldBeEmpty();
    }
}
