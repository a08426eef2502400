using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Hotline.EndToEnd.Tests.Security;

/// <summary>Attacks on signing in.</summary>
public sealed partial class SignInTests(Platform platform)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cookies_are_out_of_reach_of_scripts_and_other_sites_and_of_plain_http_where_the_browser_speaks_https()
    {
        using var browser = new PlainBrowser();
        await browser.SignIn(platform.User("operator"));
        // in parts: it is long
        var session = browser.SetCookies.Where(c => c.StartsWith("hotline.session", StringComparison.Ordinal)).ToArray();
        session.ShouldNotBeEmpty();
        foreach (var part in session)
        {
            foreach (var flag in (string[])["httponly", "samesite=lax", "path=/"]) part.ToLowerInvariant().ShouldContain(flag);
        }
        foreach (var cookie in browser.SetCookies.Where(c => c.StartsWith("hotline.", StringComparison.Ordinal)))
            cookie.ToLowerInvariant().ShouldContain("httponly", customMessage: cookie);

        using var secure = new PlainBrowser();
        secure.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        await secure.Http.GetAsync("/session/login", Stop);
        secure.SetCookies.ShouldNotBeEmpty();
        foreach (var cookie in secure.SetCookies) cookie.ToLowerInvariant().ShouldContain("secure", customMessage: cookie);
    }

    [Fact]
    public async Task A_session_planted_before_signing_in_is_not_the_one_that_is_signed_in()
    {
        using var thief = new PlainBrowser();
        await thief.SignIn(platform.User("operator"));
        var planted = thief.Session;

        using var victim = new PlainBrowser();
        victim.Session = new() { ["hotline.session"] = "planted-by-somebody-else" };
        (await victim.Http.GetAsync("/session/me", Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await victim.SignIn(platform.User("ops"));
        victim.Session.Values.ShouldNotContain("planted-by-somebody-else");

        // even a real session of the thief's is replaced by signing in, and stays the thief's
        using var other = new PlainBrowser();
        other.Session = planted;
        await other.SignIn(platform.User("ops"));
        other.Session.ShouldNotBe(planted);
        (await other.Http.GetFromJsonAsync<JsonNode>("/session/me", Stop))!["role"]!.ToString().ShouldBe("ops");
        (await thief.Http.GetFromJsonAsync<JsonNode>("/session/me", Stop))!["role"]!.ToString().ShouldBe("operator");
    }

    [Fact]
    public async Task A_copy_of_a_session_cannot_be_renewed_once_its_owner_signed_out()
    {
        using var owner = new PlainBrowser();
        await owner.SignIn(platform.User("operator"));
        owner.Http.DefaultRequestHeaders.Add("X-CSRF", "1");
        (await owner.Http.PostAsync("/session/logout", null, Stop)).EnsureSuccessStatusCode();
        (await owner.Http.GetAsync("/session/me", Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        // the sign-in page asks for the password again: Identity's own session is over too
        (await (await owner.Http.GetAsync("/session/login", Stop)).Content.ReadAsStringAsync(Stop)).ShouldContain("password");
    }

    [Theory]
    [InlineData("//evil.example/x")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/%5cevil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("")]
    public async Task Wherever_one_is_told_to_go_after_signing_in_it_is_here(string returnUrl)
    {
        using var browser = new PlainBrowser();
        var end = await browser.SignIn(platform.User("ops"), returnUrl);
        end.RequestMessage!.RequestUri!.Authority.ShouldBe($"localhost:{Platform.Port}");
        var direct = await browser.Http.GetAsync($"/account/login?ReturnUrl={Uri.EscapeDataString(returnUrl)}", Stop);
        direct.RequestMessage!.RequestUri!.Authority.ShouldBe($"localhost:{Platform.Port}");
    }

    [Fact]
    public async Task Nothing_but_its_form_is_on_the_page_of_signing_in()
    {
        using var browser = new PlainBrowser();
        var page = await browser.Http.GetStringAsync("/account/login", Stop);
        page.TrimStart().ShouldStartWith("<!DOCTYPE html>");
    }

    [Fact]
    public async Task Codes_and_tokens_go_to_the_gateways_own_address_only()
    {
        using var browser = new PlainBrowser();
        var answer = await browser.Http.GetAsync("/connect/authorize?client_id=hotline-gateway&response_type=code&scope=openid"
            + $"&redirect_uri={Uri.EscapeDataString("https://evil.example/cb")}&code_challenge=x&code_challenge_method=S256", Stop);
        answer.RequestMessage!.RequestUri!.Authority.ShouldBe($"localhost:{Platform.Port}");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Signing_in_with_a_time_based_code_takes_the_code_and_a_recovery_code_works_once()
    {
        // an account of its own: the others are needed by other tests
        var vendor = await platform.A_vendor("两步验证测试店", "house.carpentry");
        var user = await platform.Supervisor.Post($"/api/vendors/{vendor}/users", new { username = $"totp-{Guid.NewGuid():N}"[..14] });
        var account = (user.Text("username"), user.Text("password"));
        using var browser = new PlainBrowser();
        await browser.SignIn(account);
        (await browser.Http.GetAsync("/session/me", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var before = new PlainBrowser();
        await before.SignIn(account);

        var page = await browser.Text("/account/two-factor");
        page.ShouldContain("<svg");
        var key = Totp.KeyOn(page);
        (await browser.Submit("/account/two-factor", ("Code", "000000"), "On")).ShouldContain("验证码不正确");
        var used = Totp.Code(key);
        var on = await browser.Submit("/account/two-factor", ("Code", used), "On");
        on.ShouldContain("两步验证已开启");
        var recovery = RecoveryCode().Matches(on).Select(m => m.Groups[1].Value).ToArray();
        recovery.Length.ShouldBe(10);

        (await browser.Http.GetAsync("/session/me", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK, "who turned it on stays");
        await Wait.Until(async () => (await before.Http.GetAsync("/session/me", Stop)).StatusCode == HttpStatusCode.Unauthorized,
            "who was in with the password alone is out");
        // the code that turned it on is used; the next half minute's is good already, as clocks differ
        foreach (var code in (Func<string>[])[() => Totp.Code(key, 1), () => recovery[0]])
        {
            using var next = new PlainBrowser();
            var asked = await next.SignIn(account);
            asked.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/account/code");
            (await next.Http.GetAsync("/session/me", Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized,
                "the password alone does not do");
            (await next.Submit(asked, ("Code", used))).ShouldContain("验证码不正确");
            await next.Submit(asked, ("Code", code()));
            (await next.Http.GetAsync("/session/me", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        using var again = new PlainBrowser();
        (await again.Submit(await again.SignIn(account), ("Code", recovery[0]))).ShouldContain("验证码不正确");

        // the page of the second step is nothing without the first
        using var stranger = new PlainBrowser();
        (await stranger.Http.GetAsync("/account/code", Stop)).RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/account/login");
        (await stranger.Http.GetAsync("/account/two-factor", Stop)).RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/account/login");

        // lost device and codes: the ops team turns it off
        (await Platform.Deploy("two-factor-off", "--state", platform.State, account.Item1)).Output.ShouldContain("is off");
        (await Platform.Deploy("two-factor-off", "--state", platform.State, "nobody-at-all")).Output
            .ShouldContain("There is no user nobody-at-all");
        using var after = new PlainBrowser();
        await after.SignIn(account);
        (await after.Http.GetAsync("/session/me", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Wrong_codes_count_where_the_second_step_is_turned_off_as_they_do_at_the_door()
    {
        var vendor = await platform.A_vendor("两步关闭测试店", "house.carpentry");
        var user = await platform.Supervisor.Post($"/api/vendors/{vendor}/users", new { username = $"off-{Guid.NewGuid():N}"[..14] });
        using var browser = new PlainBrowser();
        await browser.SignIn((user.Text("username"), user.Text("password")));
        var key = Totp.KeyOn(await browser.Text("/account/two-factor"));
        (await browser.Submit("/account/two-factor", ("Code", Totp.Code(key)), "On")).ShouldContain("两步验证已开启");
        for (var i = 0; i < 5; i++) (await browser.Submit("/account/two-factor", ("Code", "000000"), "Off")).ShouldContain("验证码不正确");
        (await browser.Submit("/account/two-factor", ("Code", Totp.Code(key, 1)), "Off")).ShouldContain("错误次数过多");
        (await browser.Http.GetAsync("/session/me", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK, "a lock ends nobody who is in");
    }

    [Fact]
    public async Task Blanks_around_a_user_name_do_not_matter()
    {
        var (name, password) = platform.User("ops");
        using var browser = new PlainBrowser();
        (await browser.SignIn(($"  {name} ", password))).RequestMessage!.RequestUri!.AbsolutePath.ShouldStartWith("/docs");
    }

    [GeneratedRegex("<li>([A-Z0-9-]+)</li>")]
    private static partial Regex RecoveryCode();
}
