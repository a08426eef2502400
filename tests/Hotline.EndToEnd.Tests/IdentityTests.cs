using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hotline.EndToEnd.Tests.Security;

namespace Hotline.EndToEnd.Tests;

public sealed partial class IdentityTests(Platform platform)
{
    [Fact]
    public async Task A_wrong_secret_gets_no_token()
    {
        using var answer = await platform.TokenRequest((platform.Credential("operator").Id, "wrong"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["error"]!.ToString()
            .ShouldBe("invalid_client");
    }

    [Fact]
    public async Task A_vendors_credential_is_rotated_revoked_and_refused_after_termination()
    {
        var id = await platform.A_vendor("凭证测试店", "house.carpentry");
        async Task<(string, string)> Issue()
        {
            var issued = await platform.Supervisor.Post($"/api/vendors/{id}/credentials");
            return (issued.Text("clientId"), issued.Text("clientSecret"));
        }
        var first = await Issue();
        (await platform.TokenRequest(first)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var second = await Issue();
        (await platform.TokenRequest(first)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var vendor = platform.As(second);
        (await vendor.Get("/api/vendor/me")).Text("name").ShouldBe("凭证测试店");
        (await vendor.Get("/api/intake/requests")).Code.ShouldBe(403);
        (await platform.Supervisor.Delete($"/api/vendors/{id}/credentials")).Code.ShouldBe(204);
        (await platform.TokenRequest(second)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var third = await Issue();
        (await platform.TokenRequest(third)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await platform.Supervisor.Post("/api/evaluation/sanctions",
            new { vendorId = id, kind = "termination", reason = "严重违规" })).Code.ShouldBe(201);
        await Wait.Until(async () => (await platform.TokenRequest(third)).StatusCode == HttpStatusCode.BadRequest,
            "no token after termination");
        await Wait.Until(async () => (await vendor.Get("/api/vendor/orders")).Text("code") == "vendor.terminated",
            "every service has heard of it");
        (await platform.Supervisor.Post($"/api/vendors/{id}/credentials")).Code.ShouldBe(409);
    }

    [Fact]
    public async Task Only_supervisors_issue_credentials_and_only_to_vendors_that_are_there()
    {
        var id = await platform.A_vendor("权限测试店", "house.carpentry");
        (await platform.Operator.Post($"/api/vendors/{id}/credentials")).Code.ShouldBe(403);
        (await platform.Anonymous.Post($"/api/vendors/{id}/credentials")).Code.ShouldBe(401);
        (await platform.Supervisor.Post($"/api/vendors/{Guid.NewGuid()}/credentials")).Code.ShouldBe(404);
    }

    [Fact]
    public async Task A_person_signs_in_with_a_cookie_and_no_token_and_changes_need_the_forgery_header()
    {
        using var person = new PlainBrowser();
        var browser = person.Http;
        (await browser.GetAsync("/session/me", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var (name, password) = platform.User("operator");
        (await person.SignIn((name, "wrong-password-1"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var home = await person.SignIn((name, password));
        home.RequestMessage!.RequestUri!.AbsolutePath.ShouldStartWith("/docs");

        var me = (await browser.GetFromJsonAsync<JsonNode>("/session/me", TestContext.Current.CancellationToken))!;
        (me["name"]!.ToString(), me["role"]!.ToString()).ShouldBe(("operator", "operator"));
        (await browser.GetAsync("/api/intake/requests?limit=1", TestContext.Current.CancellationToken)).StatusCode
            .ShouldBe(HttpStatusCode.OK);
        (await browser.GetAsync("/api/evaluation/vendors", TestContext.Current.CancellationToken)).StatusCode
            .ShouldBe(HttpStatusCode.Forbidden);

        var forged = await browser.PostAsJsonAsync("/api/intake/requests", Platform.Request("开锁"), TestContext.Current.CancellationToken);
        forged.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await forged.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["code"]!.ToString()
            .ShouldBe("session.csrf");
        browser.DefaultRequestHeaders.Add("X-CSRF", "1");
        (await browser.PostAsJsonAsync("/api/intake/requests", Platform.Request("开锁"), TestContext.Current.CancellationToken)).StatusCode
            .ShouldBe(HttpStatusCode.Created);

        await browser.PostAsync("/session/logout", null, TestContext.Current.CancellationToken);
        (await browser.GetAsync("/session/me", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task After_five_wrong_passwords_the_right_one_is_refused_with_the_same_words()
    {
        using var person = new PlainBrowser();
        var browser = person.Http;
        // a user of its own: the others are needed by other tests
        var id = await platform.A_vendor("锁定测试店", "house.carpentry");
        var user = await platform.Supervisor.Post($"/api/vendors/{id}/users", new { username = $"lock-{Guid.NewGuid():N}"[..12] });
        var (name, password) = (user.Text("username"), user.Text("password"));
        string? words = null;
        for (var attempt = 0; attempt < 5; attempt++) words = Fault(await person.SignIn((name, $"wrong-password-{attempt}")));
        Fault(await person.SignIn((name, password))).ShouldBe(words);
        Fault(await person.SignIn(("nobody-at-all", password))).ShouldBe(words);
    }

    private static string Fault(HttpResponseMessage page) =>
        FaultText().Match(page.Content.ReadAsStringAsync().GetAwaiter().GetResult()) is { Success: true } match
            ? match.Groups[1].Value : throw new ShouldAssertException("signed in");

    [GeneratedRegex("role=\"alert\">([^<]+)<")]
    private static partial Regex FaultText();
}
