using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Hotline.EndToEnd.Tests.Browser;

/// <summary>What holds for the console whatever one does with it.</summary>
public sealed class ConsoleTests(Platform platform, Chromium chromium) : BrowserTest(platform, chromium)
{
    [Fact]
    public async Task A_half_filled_form_survives_a_reload_and_a_restart_of_servers_under_the_page()
    {
        var desk = await Tab("operator", "/workbench");
        await desk.Page.Locator("#phone").FillAsync("14500000088");
        await desk.Page.Locator("#keyword").FillAsync("开锁");
        await desk.Page.Locator("#address").FillAsync("虹桥路口");
        await desk.Page.ReloadAsync();
        await Filled(desk, "#address", "虹桥路口");

        var lost = desk.Page.Locator(".live.off").WaitForAsync(); // before: the page may be connected again when the command is done
        await Platform.Control("restart", "services:gateway", "services:vendor-registry");
        await lost;
        await Filled(desk, "#address", "虹桥路口");
        await desk.Page.Locator(".live.on").WaitForAsync(); // by itself

        // and the page works on: vendors appear, what changed meanwhile too
        await desk.Page.Locator("#area").FillAsync("anyang");
        await desk.Page.Keyboard.PressAsync("Tab");
        await desk.Page.Locator(".match").First.WaitForAsync();
        await Filled(desk, "#phone", "14500000088");
    }

    [Fact]
    public async Task Past_requests_appear_as_a_known_number_is_typed()
    {
        var phone = $"145{Random.Shared.Next(10_000_000, 99_999_999)}";
        var past = await Platform.Operator.Post("/api/intake/requests", EndToEnd.Tests.Platform.Request("开锁", phone));
        var desk = await Tab("operator", "/workbench");
        await desk.Page.Locator("#phone").PressSequentiallyAsync(phone);
        await desk.Page.Locator(".history", new() { HasText = past.Text("number")[^6..] }).WaitForAsync();
        await desk.Button("沿用地址").ClickAsync();
        await Filled(desk, "#address", "瑞安广场东边三楼");
    }

    [Fact]
    public async Task A_list_shows_a_new_request_of_another_desk_by_itself()
    {
        var desk = await Tab("operator", "/requests");
        await desk.Page.Locator(".live.on").WaitForAsync();
        var request = await Platform.Operator.Post("/api/intake/requests", EndToEnd.Tests.Platform.Request("开锁"));
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = request.Text("number") }).WaitForAsync();
    }

    [Fact]
    public async Task A_session_that_ends_keeps_what_was_typed_and_goes_on_after_signing_in_elsewhere()
    {
        var desk = await Open(Platform.User("operator"), "/workbench");
        await desk.Page.Locator("#phone").FillAsync("14500000099");
        await desk.Page.Locator("#description").FillAsync("写到一半");
        await desk.Context.ClearCookiesAsync();
        await desk.Page.Locator("#keyword").FillAsync("开锁");
        await desk.Page.Locator("#area").FillAsync("anyang");
        await desk.Page.Keyboard.PressAsync("Tab");
        await desk.Page.GetByRole(AriaRole.Alertdialog).WaitForAsync();
        var signIn = await desk.Context.RunAndWaitForPageAsync(() => desk.Page.Locator("#expired-link").ClickAsync());
        await Desk.SignIn(signIn, Platform.User("operator"));
        await desk.Page.GetByRole(AriaRole.Alertdialog).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await Filled(desk, "#description", "写到一半");
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_leaves_nothing_typed_behind()
    {
        var desk = await Open(Platform.User("operator"), "/workbench");
        await desk.Page.Locator("#phone").FillAsync("14500000066");
        await desk.Button("退出").ClickAsync();
        await desk.Text("已退出登录").WaitForAsync();
        (await desk.Page.EvaluateAsync<int>("sessionStorage.length")).ShouldBe(0);
        (await desk.Page.EvaluateAsync<int>("fetch('/api/intake/requests').then(r => r.status)")).ShouldBe(401);
        await desk.Page.GotoAsync("/workbench");
        await desk.Page.Locator("#username").WaitForAsync();
    }

    [Theory]
    [InlineData("ops", "/workbench")]
    [InlineData("operator", "/vendors")]
    [InlineData("supervisor", "/vendor")]
    public async Task A_page_that_a_role_does_not_have_says_so(string role, string path)
    {
        var desk = await Tab(role, path);
        await desk.Text("没有权限").WaitForAsync();
    }

    [Fact]
    public async Task The_switch_makes_everything_English()
    {
        var desk = await Open(Platform.User("operator"), "/workbench");
        await desk.Button("English").ClickAsync();
        await desk.Text("Take the call").WaitForAsync();
        await desk.Page.Locator("#keyword").FillAsync("lock");
        await desk.Page.Locator("#area").FillAsync("anyang");
        await desk.Page.Keyboard.PressAsync("Tab");
        await desk.Page.Locator(".match .reasons").First.WaitForAsync();
        (await desk.Page.Locator(".match .reasons").First.InnerTextAsync()).ShouldContain("serves");
        (await desk.Page.GetAttributeAsync("html", "lang")).ShouldBe("en");
        await desk.Page.Locator("#meaning-0").ClickAsync(); // the word may mean several services
        await desk.Page.Locator("#offer").ClickAsync();
        await desk.Page.Locator(".mud-input-error").First.WaitForAsync(); // the API's faults, in English
        string.Join(' ', await desk.Page.Locator(".mud-input-error").AllInnerTextsAsync()).ShouldNotMatch("请|不能");
    }

    [Fact]
    public async Task The_question_mark_lists_the_shortcuts()
    {
        var desk = await Tab("operator", "/overview");
        await desk.Page.Locator("h1").FocusAsync();
        await desk.Page.Keyboard.PressAsync("?");
        await desk.Page.GetByRole(AriaRole.Dialog).GetByText("Alt+1").WaitForAsync();
        await desk.Page.Keyboard.PressAsync("Escape");
        await desk.Page.Keyboard.PressAsync("Alt+4");
        await desk.Page.WaitForURLAsync("**/callbacks");
    }

    [Fact]
    public async Task An_error_is_shown_with_its_trace_id()
    {
        var desk = await Tab("operator", "/requests");
        await desk.Page.GotoAsync($"/requests/{Guid.NewGuid()}");
        (await desk.Page.Locator(".fault code").InnerTextAsync()).Length.ShouldBe(32);
    }

    [Fact]
    public async Task Two_step_verification_is_found_in_the_bar_and_has_no_serious_barrier()
    {
        var desk = await Tab("supervisor", "/overview");
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "两步验证" }).ClickAsync();
        await desk.Page.Locator(".qr svg").WaitForAsync();
        (await desk.Barriers()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_vendors_page_and_the_sign_in_page_have_no_serious_barrier()
    {
        var id = await Platform.A_vendor($"无障碍测试店{Guid.NewGuid():N}"[..12], "house.wall-paint", "330381003");
        var user = await Platform.Supervisor.Post($"/api/vendors/{id}/users", new { username = $"axe-{Guid.NewGuid():N}"[..12] });
        var request = await Platform.Operator.Post("/api/intake/requests", EndToEnd.Tests.Platform.Request("刷墙", area: "330381003"));
        (await Platform.Operator.Post("/api/dispatch/orders", new { requestId = request.Id, vendorId = id })).Code.ShouldBe(201);
        var phone = await Open(phone: true);
        await phone.Page.GotoAsync("/");
        await phone.Page.Locator("#username").WaitForAsync();
        (await phone.Barriers()).ShouldBeEmpty();
        await Desk.SignIn(phone.Page, (user.Text("username"), user.Text("password")));
        await phone.Page.Locator(".card.fresh").WaitForAsync();
        (await phone.Barriers()).ShouldBeEmpty();
        await phone.Button("接单").ClickAsync();
        await phone.Button("已联系市民").WaitForAsync();
        (await phone.Barriers()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_first_load_is_under_3_MB_over_the_wire_and_what_carries_a_hash_is_kept_for_ever()
    {
        var desk = await Open();
        var wire = await desk.Context.NewCDPSessionAsync(desk.Page);
        await wire.SendAsync("Network.enable");
        var bytes = new ConcurrentBag<double>();
        // answers of the API, of which more or fewer are there when the page is, are not the console
        var answers = new ConcurrentDictionary<string, byte>();
        wire.Event("Network.requestWillBeSent").OnEvent += (_, e) =>
        {
            if (e!.Value.GetProperty("request").GetProperty("url").GetString()!.Contains("/api/", StringComparison.Ordinal))
                answers.TryAdd(e.Value.GetProperty("requestId").GetString()!, 0);
        };
        wire.Event("Network.loadingFinished").OnEvent += (_, e) =>
        {
            if (!answers.ContainsKey(e!.Value.GetProperty("requestId").GetString()!))
                bytes.Add(e.Value.GetProperty("encodedDataLength").GetDouble());
        };
        var uncompressed = new ConcurrentBag<string>();
        desk.Context.Response += (_, r) =>
        {
            if (!r.Url.Contains("/_framework/", StringComparison.Ordinal)) return;
            if (r.Headers.GetValueOrDefault("content-encoding") is not ("br" or "gzip")) uncompressed.Add(r.Url);
            if (r.Url.EndsWith(".wasm", StringComparison.Ordinal)) r.Headers["cache-control"].ShouldContain("immutable");
        };
        await desk.Page.GotoAsync("/");
        await desk.Page.Locator("#username").WaitForAsync();
        bytes.Clear(); // Identity's page; from here on it is the console
        await Desk.SignIn(desk.Page, Platform.User("operator"));
        await desk.Page.Locator("#phone").WaitForAsync();
        uncompressed.ShouldBeEmpty();
        bytes.Sum().ShouldBeInRange(500_000, 3_000_000);
    }

    private static async Task Filled(Desk desk, string field, string value) =>
        await Wait.Until(async () => await desk.Page.Locator(field).InputValueAsync() == value, $"{field} = {value}");
}
