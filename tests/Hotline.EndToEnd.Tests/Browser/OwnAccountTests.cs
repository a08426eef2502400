using Microsoft.Playwright;

namespace Hotline.EndToEnd.Tests.Browser;

/// <summary>One's own account in the console: for the desk, and for a vendor's people on a phone.</summary>
[Collection("Admins")] // one of them ends the sessions of all admins for a moment
public sealed class OwnAccountTests(Platform platform, Chromium chromium) : BrowserTest(platform, chromium)
{
    [Fact]
    public async Task A_vendors_person_changes_the_password_on_a_phone_and_other_sessions_end()
    {
        var vendor = await Platform.A_vendor($"账号测试店{Guid.NewGuid():N}"[..12], "house.wall-paint", "330381004");
        var user = await Platform.Supervisor.Post($"/api/vendors/{vendor}/users", new { username = $"shop-{Guid.NewGuid():N}"[..20] });
        var given = user.Text("password");
        var phone = await Open((user.Text("username"), given), "/", phone: true);
        var elsewhere = await Open((user.Text("username"), given), "/", phone: true);

        await phone.Page.GetByRole(AriaRole.Link, new() { Name = "我的账号" }).Last.ClickAsync();
        await phone.Page.Locator(".sessions li").Nth(1).WaitForAsync();
        var (wide, screen) = (await Width(phone, "scrollWidth"), await Width(phone, "clientWidth"));
        wide.ShouldBeLessThanOrEqualTo(screen);
        (await phone.Findings()).ShouldBeEmpty();
        async Task Change(string current, string chosen, string again)
        {
            await phone.Page.Locator("#current-password").FillAsync(current);
            await phone.Page.Locator("#new-password").FillAsync(chosen);
            await phone.Page.Locator("#again-password").FillAsync(again);
            await phone.Page.Locator("#change-password").ClickAsync();
        }
        await Change(given, "another lantern orchard", "another lantern orchart");
        await phone.Text("两次输入的新密码不一致").WaitForAsync();
        await Change("not the one I have", "another lantern orchard", "another lantern orchard");
        await phone.Page.Locator("#current-password-error").WaitForAsync();
        await Change(given, "password1234", "password1234");
        await phone.Page.Locator("#new-password-error").WaitForAsync();
        await Change(given, "another lantern orchard", "another lantern orchard");
        await phone.Text("密码已修改").WaitForAsync();
        await Assertions.Expect(phone.Page.Locator("form [aria-invalid=true]")).ToHaveCountAsync(0);
        await Assertions.Expect(phone.Page.Locator(".sessions li")).ToHaveCountAsync(1);
        await Wait.Until(async () => await elsewhere.Status("/api/vendor/me") == 401, "the other one over");
        (await phone.Status("/api/vendor/me")).ShouldBe(200);
    }

    [Theory]
    [InlineData("operator")]
    [InlineData("supervisor")]
    [InlineData("ops")]
    [InlineData("admin")]
    public async Task Everybody_gets_to_the_own_account_by_the_name_in_the_bar(string role)
    {
        var desk = await Tab(role, "/");
        await desk.Page.Locator(".who").ClickAsync();
        await desk.Page.Locator(".sessions li .status", new() { HasText = "本机" }).WaitForAsync();
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "设置" }).ClickAsync();
        await desk.Page.Locator(".qr svg").WaitForAsync();
    }

    private static Task<int> Width(Desk desk, string kind) => desk.Page.EvaluateAsync<int>($"document.documentElement.{kind}");
}
