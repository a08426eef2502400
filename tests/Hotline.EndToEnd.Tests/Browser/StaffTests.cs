using System.Net;
using Microsoft.Playwright;

namespace Hotline.EndToEnd.Tests.Browser;

/// <summary>People and their accounts, as an admin, a supervisor and everybody for themselves handle them in the console.</summary>
[Collection("Admins")] // one of them ends the sessions of all admins for a moment
public sealed class StaffTests(Platform platform, Chromium chromium) : BrowserTest(platform, chromium)
{
    [Fact]
    public async Task An_admin_makes_an_operator_who_replaces_the_temporary_password_and_works()
    {
        var (username, number) = (Fresh("op"), Guid.NewGuid().ToString("N")[..8]);
        var admin = await Tab("admin", "/staff");
        await admin.Page.Locator("#add-staff").ClickAsync();
        await admin.Page.Locator("#s-username").FillAsync("admin");
        await admin.Page.Keyboard.PressAsync("Enter");
        await admin.Page.Locator("#s-name-error").WaitForAsync(); // the fault stands at its field, which has the focus
        await Assertions.Expect(admin.Page.Locator("#s-name")).ToBeFocusedAsync();
        await Gone(admin, ".fault"); // and is not said twice
        await admin.Page.Locator("#s-name").FillAsync("钱小满");
        await admin.Page.Locator("#s-number").FillAsync(number);
        await admin.Page.Keyboard.PressAsync("Control+Enter");
        await admin.Page.Locator("#s-username-error").WaitForAsync(); // somebody else's
        await Assertions.Expect(admin.Page.Locator("#s-username")).ToBeFocusedAsync();
        await admin.Page.Locator("#s-username").FillAsync(username);
        await admin.Page.Keyboard.PressAsync("Escape"); // what was typed stays
        await admin.Page.Mouse.ClickAsync(5, 400);
        await admin.Page.Locator("#s-number").PressAsync("Control+Enter");
        var temporary = await admin.Page.Locator(".mud-dialog .secret code").Nth(1).InnerTextAsync();
        await admin.Page.Keyboard.PressAsync("Escape"); // shown once: not closed by chance
        await admin.Button("我已记下").ClickAsync();
        await Gone(admin, ".mud-dialog");

        var desk = await OpenFirst((username, temporary));
        await desk.Page.WaitForURLAsync("**/workbench");
        var who = await desk.Page.Locator(".who").InnerTextAsync();
        (who.Contains("钱小满", StringComparison.Ordinal), who.Contains(number, StringComparison.Ordinal)).ShouldBe((true, true), who);
        await desk.Page.Locator("#keyword").FillAsync("开锁");
        await desk.Page.Locator("#area").FillAsync("anyang");
        await desk.Page.Keyboard.PressAsync("Tab");
        await desk.Page.Locator(".match").First.WaitForAsync();

        await Find(admin, username);
        await admin.Page.Locator(".sessions li").WaitForAsync(); // where the operator is signed in now
        (await admin.Page.Locator(".notice").CountAsync()).ShouldBe(0, "the temporary password is replaced");
    }

    [Fact]
    public async Task A_session_that_a_supervisor_ends_is_over_at_once_and_what_was_typed_stays()
    {
        var (id, username) = await A_member("operator");
        var desk = await OpenFirst((username, (await Platform.As("admin").Post($"/api/staff/{id}/password")).Text("password")));
        await desk.Page.Locator("#phone").FillAsync("14500000033");

        var supervisor = await Tab("supervisor", $"/staff/{id}");
        await supervisor.Page.Locator("#end-sessions").ClickAsync();
        await Assertions.Expect(supervisor.Page.Locator("#ask-back")).ToBeFocusedAsync();
        await supervisor.Page.Locator(".mud-dialog-actions button").Last.ClickAsync();
        await supervisor.Text("目前没有登录").WaitForAsync();
        await Assertions.Expect(supervisor.Page.Locator("#sessions-title")).ToBeFocusedAsync();

        // nobody touches the page: its stream ends, and it says so
        await desk.Page.GetByRole(AriaRole.Alertdialog).WaitForAsync(new() { Timeout = 8000 });
        (await desk.Page.Locator("#phone").InputValueAsync()).ShouldBe("14500000033");
    }

    [Fact]
    public async Task A_supervisor_manages_operators_and_only_sees_the_others()
    {
        var (other, _) = await A_member("supervisor");
        var supervisor = await Tab("supervisor", $"/staff/{other}");
        await supervisor.Text("只能查看").WaitForAsync();
        foreach (var what in (string[])["#edit-staff", "#new-password", "#delete-staff", "#end-sessions", ".sessions"])
            (await supervisor.Page.Locator(what).CountAsync()).ShouldBe(0, what);
        (await supervisor.Status($"/api/staff/{other}", "DELETE")).ShouldBe(403);

        var (id, username) = await A_member("operator");
        await supervisor.Page.GotoAsync($"/staff/{id}");
        await supervisor.Page.Locator("#edit-staff").ClickAsync();
        await supervisor.Page.Locator("#s-name").FillAsync("改名甲");
        await supervisor.Page.Locator(".mud-dialog .mud-input-control.mud-select").ClickAsync();
        await supervisor.Page.Locator(".mud-popover-open .mud-list-item").First.WaitForAsync();
        (await supervisor.Page.Locator(".mud-popover-open .mud-list-item").AllInnerTextsAsync()).ShouldBe(["接线员"]);
        await supervisor.Page.Locator(".mud-popover-open .mud-list-item").First.ClickAsync();
        await supervisor.Page.Locator(".mud-switch input").ClickAsync();
        await supervisor.Text("保存后该账号立即退出所有设备").WaitForAsync();
        await supervisor.Page.Locator("#save-staff").ClickAsync();
        await supervisor.Text("的修改已保存").WaitForAsync();
        await supervisor.Page.Locator(".panel-head .status", new() { HasText = "停用" }).WaitForAsync();
        (await supervisor.Page.Locator("h1").InnerTextAsync()).ShouldBe("改名甲");

        await supervisor.Page.Locator("#delete-staff").ClickAsync();
        await supervisor.Text("已办事项保留姓名").WaitForAsync();
        await supervisor.Page.Locator(".mud-dialog-actions button").Last.ClickAsync();
        await supervisor.Page.WaitForURLAsync("**/staff");
        await Find(supervisor, username);
        await supervisor.Text("账号已删除").WaitForAsync();
    }

    [Fact]
    public async Task A_list_with_a_faulty_line_makes_nobody_and_corrected_makes_all_with_their_passwords_as_a_file()
    {
        var (one, two) = ("-" + Fresh("csv"), Fresh("csv"));
        var admin = await Tab("admin", "/staff");
        await admin.Page.Locator("#import-staff").ClickAsync();
        var file = System.Text.Encoding.UTF8.GetBytes($"username,name,staffNumber,role\n{one},甲,,operator\n{two},乙,,chief\n");
        var payload = new FilePayload { Name = "staff.csv", MimeType = "text/csv", Buffer = file };
        await admin.Page.Locator("#import-file").SetInputFilesAsync(payload);
        var text = admin.Page.Locator("#import-text");
        await Wait.Until(async () => (await text.InputValueAsync()).Contains("chief", StringComparison.Ordinal), "the file read");
        await admin.Page.Locator("#do-import").ClickAsync();
        await admin.Text("没有导入任何内容").WaitForAsync();
        var report = (await admin.Page.Locator(".mud-dialog tbody tr").AllInnerTextsAsync()).ShouldHaveSingleItem().Split('\t');
        (report[0], report[1], report[3]).ShouldBe(("3", "role", $"{two},乙,,chief"));
        (await Platform.As("admin").Get($"/api/staff?q={one}")).Items.ShouldBeEmpty();

        // as it comes out of a spreadsheet program
        await text.FillAsync($"username\tname\tstaffNumber\trole\n{one}\t甲, 新\t\toperator\n{two}\t乙\t\tops");
        await admin.Page.Locator("#do-import").ClickAsync();
        await admin.Page.Locator("#download-passwords").WaitForAsync();
        (await admin.Page.Locator("#import-title").InnerTextAsync()).ShouldBe("已创建 2 个账号");
        var passwords = await admin.Page.Locator(".mud-dialog tbody code").AllInnerTextsAsync();
        var download = await admin.Page.RunAndWaitForDownloadAsync(() => admin.Page.Locator("#download-passwords").ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        lines[1].ShouldBe($"'{one},\"甲, 新\",,接线员,{passwords[0]}"); // no cell that a spreadsheet program would run
        lines[2].ShouldBe($"{two},乙,,运维,{passwords[1]}");
        await admin.Page.Locator("#import-noted").ClickAsync();
        await Gone(admin, ".mud-dialog");
    }

    [Fact]
    public async Task A_systems_secret_is_shown_once_and_what_was_done_is_told()
    {
        var name = Fresh("短信平台");
        var admin = await Tab("admin", "/systems");
        await admin.Page.Locator("#add-system").ClickAsync();
        await admin.Page.Locator("#system-name").FillAsync(name);
        await admin.Page.Locator("#save-system").ClickAsync();
        var secret = admin.Page.Locator(".secret code");
        var credential = (await secret.Nth(0).InnerTextAsync(), await secret.Nth(1).InnerTextAsync());
        using (var token = await Platform.TokenRequest(credential)) token.StatusCode.ShouldBe(HttpStatusCode.OK);
        await admin.Button("我已记下").ClickAsync();
        await Gone(admin, ".secret");

        await admin.Button($"更换密钥 {name}").ClickAsync();
        await admin.Page.Locator("#ask-do").ClickAsync();
        await admin.Page.Locator(".secret").WaitForAsync();

        await admin.Button($"删除 {name}").ClickAsync();
        await admin.Text("立即不能接入").WaitForAsync();
        await admin.Page.Locator(".mud-dialog-actions button").Last.ClickAsync();
        await Gone(admin, $"tr:has-text('{name}')");
        await Gone(admin, ".secret"); // it opens nothing any more
        using (var token = await Platform.TokenRequest(credential)) token.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        await admin.Page.Locator(".rail-link[href=audit]").ClickAsync();
        await admin.Page.Locator("#f-target").FillAsync(name);
        await admin.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(admin.Page.Locator("tbody tr")).ToHaveCountAsync(3);
        var rows = await admin.Page.Locator("tbody tr").AllInnerTextsAsync();
        rows[0].ShouldContain("删除系统");
        rows[1].ShouldContain("更换系统密钥");
        rows[2].ShouldContain("添加系统");
        rows[2].ShouldContain("角色 话务系统");
    }

    [Fact]
    public async Task An_admin_has_people_and_systems_and_no_orders_and_an_operator_has_no_people()
    {
        var admin = await Tab("admin", "/");
        await admin.Page.WaitForURLAsync("**/staff");
        (await admin.Page.Locator(".rail-link").EvaluateAllAsync<string[]>("links => links.map(l => l.getAttribute('href'))"))
            .ShouldBe(["staff", "systems", "audit", "account-settings"]);
        await admin.Page.GotoAsync("/orders");
        await admin.Text("没有权限").WaitForAsync();
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "回到首页" }).ClickAsync();
        await admin.Page.WaitForURLAsync("**/staff");
        var barred = await Tab("operator", "/staff");
        await barred.Text("请联系班长").WaitForAsync();
        await barred.Page.GotoAsync("/systems");
        await barred.Text("请联系管理员").WaitForAsync();
    }

    [Fact]
    public async Task A_search_is_in_the_address_and_there_again_after_going_back_and_a_row_is_short_on_a_phone()
    {
        var (_, username) = await A_member("operator");
        var admin = await Tab("admin", $"/staff?q={username}");
        await Assertions.Expect(admin.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await admin.Page.SetViewportSizeAsync(390, 844);
        (await admin.Page.Locator("tbody tr").BoundingBoxAsync())!.Height.ShouldBeLessThan(80);
        await admin.Page.Locator("tbody a").ClickAsync();
        await admin.Page.Locator("#member-title").WaitForAsync();
        await admin.Page.GoBackAsync();
        await Assertions.Expect(admin.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        (await admin.Page.Locator("#q").InputValueAsync()).ShouldBe(username);
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task No_page_and_no_dialog_for_people_has_a_finding_in_light_and_dark(string language)
    {
        var (id, username) = await A_member("operator");
        var admin = await Open(Platform.User("admin"), "/staff");
        await admin.Page.EvaluateAsync($"localStorage.setItem('hotline.language', '{language}')");
        foreach (var dark in (string[])["0", "1"])
        {
            await admin.Page.EvaluateAsync($"localStorage.setItem('hotline.dark', '{dark}')");
            await admin.Page.GotoAsync("/staff");
            await admin.Clean("staff");
            await admin.Page.Locator("#add-staff").ClickAsync();
            await admin.Page.Locator("#s-username").WaitForAsync();
            await admin.Clean("a new person");
            await admin.Page.Locator("#save-staff").ClickAsync();
            await admin.Page.Locator("#s-username-error").WaitForAsync();
            await admin.Clean("a new person with faults");
            await admin.Page.Keyboard.PressAsync("Escape");
            await Gone(admin, ".mud-dialog");
            await admin.Page.Locator("#import-staff").ClickAsync();
            await admin.Page.Locator("#import-text").FillAsync($"username,name,staffNumber,role\n{username},,,operator");
            await admin.Page.Locator("#do-import").ClickAsync();
            await admin.Page.Locator("#faults-title").WaitForAsync();
            await admin.Clean("an import with faults");
            await admin.Page.GotoAsync($"/staff/{id}");
            await admin.Page.Locator("#new-password").ClickAsync();
            await admin.Page.Locator(".mud-dialog-actions button").Last.WaitForAsync();
            await admin.Clean("the question before a new password");
            await admin.Page.Locator(".mud-dialog-actions button").Last.ClickAsync();
            await admin.Page.Locator(".secret").WaitForAsync();
            await admin.Clean("a person with a new password");
            await admin.Page.Locator("#edit-staff").ClickAsync();
            await admin.Page.Locator(".mud-switch input").ClickAsync();
            await admin.Clean("a change");
            foreach (var page in (string[])["systems", "audit", "account-settings"])
            {
                await admin.Page.GotoAsync($"/{page}");
                await admin.Page.Locator("main h1").WaitForAsync();
                await admin.Clean(page);
            }
        }
    }

    private static Task Gone(Desk desk, string what) => Assertions.Expect(desk.Page.Locator(what)).ToHaveCountAsync(0);

    private static async Task Find(Desk desk, string username)
    {
        if (!desk.Page.Url.EndsWith("/staff", StringComparison.Ordinal)) await desk.Page.Locator(".rail-link[href=staff]").ClickAsync();
        await desk.Page.Locator("#q").FillAsync(username);
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.Page.WaitForURLAsync(url => url.EndsWith($"/staff?q={username}", StringComparison.Ordinal));
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = username }).ClickAsync();
        await desk.Page.WaitForURLAsync("**/staff/*");
        await Assertions.Expect(desk.Page.Locator("#member-title")).ToBeFocusedAsync();
    }

    private async Task<(Guid Id, string Username)> A_member(string role)
    {
        var username = Fresh(role[..3]);
        var made = await Platform.As("admin").Post("/api/staff", new { username, name = "测试人员", role });
        made.Code.ShouldBe(201, made.ToString());
        return (made.Id, username);
    }

    private static string Fresh(string what) => $"{what}-{Guid.NewGuid():N}"[..20];
}
