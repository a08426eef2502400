using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hotline.EndToEnd.Tests.Security;

namespace Hotline.EndToEnd.Tests.Accounts;

/// <summary>What ends an account or a session holds everywhere within two seconds; what strangers do to it ends nothing.</summary>
public sealed class EndingTests(Platform platform)
{
    /// <summary>What the README promises, with room for a machine that is busy with tests.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(4);

    // one address of each service that any person of the desk may read, past the gateway
    private static readonly (string Service, string Path)[] Doors =
    [
        ("intake", "/api/intake/settings"), ("vendor-registry", "/api/catalog/areas"), ("dispatch", "/api/dispatch/orders?limit=1"),
        ("follow-up", "/api/follow-ups?limit=1"), ("identity", "/api/staff/me"),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Endings => ["deactivated", "deleted", "demoted", "given a new password", "signed out everywhere"];

    [Theory, MemberData(nameof(Endings))]
    public async Task Whoever_is_ended_is_out_at_every_service_and_on_every_open_stream(string ending)
    {
        using var person = await Person.New(platform, "supervisor");
        var (access, refresh) = await person.Tokens();
        using var stream = await OpenStream(person);
        (await Refusing(access)).ShouldBeEmpty();
        (await person.AtTheGateway()).ShouldBe(HttpStatusCode.OK);

        (await End(person, ending)).ShouldBeInRange(200, 204);
        await Wait.Until(async () => (await Refusing(access)).Length == Doors.Length
            && await person.AtTheGateway() == HttpStatusCode.Unauthorized, $"{ending}: out everywhere", Soon);
        await Ends(stream);
        using var renewed = await person.Renew(refresh);
        renewed.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        // the sign-in cookie alone leads to no new session
        await person.Browser.Http.GetAsync("/session/login?returnUrl=/docs", Stop);
        (await person.AtTheGateway()).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_session_that_is_in_no_list_ends_with_all_of_them()
    {
        using var person = await Person.New(platform);
        var (access, _) = await person.Tokens();
        await platform.Sql("identity", $"delete from sessions where user_id = '{person.Id}'");
        (await Refusing(access)).ShouldBeEmpty();
        (await End(person, "signed out everywhere")).ShouldBe(204);
        await Wait.Until(async () => (await Refusing(access)).Length == Doors.Length
            && await person.AtTheGateway() == HttpStatusCode.Unauthorized, "out everywhere", Soon);
    }

    [Fact]
    public async Task It_holds_with_the_broker_down_and_after_a_service_was_killed()
    {
        using var person = await Person.New(platform);
        var (access, _) = await person.Tokens();
        (await Refusing(access)).ShouldBeEmpty();
        await platform.Control("stop", "servers:rabbitmq");
        try
        {
            (await End(person, "deactivated")).ShouldBe(200);
            await Wait.Until(async () => (await Refusing(access)).Length == Doors.Length, "out everywhere with the broker down", Soon);
            await platform.Control("signal", "KILL", "services:intake");
            await Wait.Until(async () => await Ask("intake", "/alive", null) == 200, "intake is back", TimeSpan.FromSeconds(60));
            // never 200: as long as it does not know, it takes nobody
            for (var i = 0; i < 20; i++) (await Ask("intake", Doors[0].Path, access)).ShouldBeOneOf(401, 503, 0);
            await Wait.Until(async () => await Ask("intake", Doors[0].Path, access) == 401, "refused after the restart",
                TimeSpan.FromSeconds(20));
        }
        finally
        {
            await platform.Control("start", "servers:rabbitmq");
        }
        // connected to the broker again, each of them: whoever is not hears of nothing new
        foreach (var service in Doors.Select(d => d.Service).Append("evaluation").Append("gateway"))
        {
            var address = service == "gateway" ? platform.Http.BaseAddress! : platform.Service(service);
            var health = new Uri(address, "/health");
            await Wait.Until(async () => await (await platform.Http.GetAsync(health, Stop)).Content.ReadAsStringAsync(Stop) == "Healthy",
                $"{service} is healthy again", TimeSpan.FromSeconds(90));
        }
    }

    [Fact]
    public async Task Signing_out_ends_a_copy_of_the_cookie_and_its_tokens()
    {
        using var person = await Person.New(platform);
        var (access, _) = await person.Tokens();
        using var copy = new PlainBrowser { Session = person.Browser.Session };
        (await copy.Http.GetAsync("/session/me", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var logout = new HttpRequestMessage(HttpMethod.Post, "/session/logout");
        logout.Headers.Add("X-CSRF", "1");
        await person.Browser.Http.SendAsync(logout, Stop);
        await Wait.Until(async () => (await copy.Http.GetAsync("/session/me", Stop)).StatusCode == HttpStatusCode.Unauthorized,
            "the copy is out", Soon);
        await Wait.Until(async () => (await Refusing(access)).Length == Doors.Length, "its tokens are void", Soon);
    }

    [Fact]
    public async Task Wrong_passwords_from_anywhere_end_nobody_who_is_in()
    {
        using var person = await Person.New(platform);
        var (access, refresh) = await person.Tokens();
        using var stranger = new PlainBrowser();
        for (var i = 0; i < 6; i++) await stranger.SignIn((person.Username, $"wrong-password-{i}"));
        (await stranger.SignIn(person.Account)).RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/account/login",
            "the account is locked for passwords");
        using var renewed = await person.Renew(refresh);
        renewed.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await person.AtTheGateway()).ShouldBe(HttpStatusCode.OK);
        (await Refusing(access)).ShouldBeEmpty();
        (await platform.As("admin").Get($"/api/staff/{person.Id}")).Body["locked"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task A_renewal_whose_answer_was_lost_is_asked_again_whenever_that_is()
    {
        using var person = await Person.New(platform);
        var (_, refresh) = await person.Tokens();
        using var lost = await person.Renew(refresh);
        lost.StatusCode.ShouldBe(HttpStatusCode.OK);
        // as if it had been a minute ago
        await platform.Sql("identity",
            """update "OpenIddictTokens" set redemption_date = redemption_date - interval '1 minute', """
            + """creation_date = creation_date - interval '1 minute' """);
        using var again = await person.Renew(refresh);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var next = await person.Renew((await Person.Read(lost)).Refresh);
        next.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_password_of_ones_own_signs_out_everywhere_else()
    {
        using var person = await Person.New(platform);
        using var elsewhere = await person.Elsewhere();
        person.Browser.Http.DefaultRequestHeaders.Add("X-CSRF", "1");
        (await Change(person, "not the password", "a fine new passphrase 7")).ShouldBe((400, "current"));
        (await Change(person, "", "a fine new passphrase 7")).ShouldBe((400, "current"));
        (await Change(person, person.Password, person.Password)).ShouldBe((400, "new"), "it is the current one");
        (await Change(person, person.Password, "password1234")).ShouldBe((400, "new"));
        (await Change(person, person.Password, "short")).ShouldBe((400, "new"));
        (await Change(person, person.Password, "a fine new passphrase 7")).ShouldBe((204, ""));
        await Wait.Until(async () => (await elsewhere.Http.GetAsync("/session/me", Stop)).StatusCode == HttpStatusCode.Unauthorized,
            "out elsewhere", Soon);
        await elsewhere.Http.GetAsync("/session/login?returnUrl=/docs", Stop);
        (await elsewhere.Http.GetAsync("/session/me", Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized,
            "an old cookie gives no new session");
        (await person.AtTheGateway()).ShouldBe(HttpStatusCode.OK, "here it goes on");
        person.Password = "a fine new passphrase 7";
        using var anew = await person.Elsewhere();
        (await anew.Http.GetAsync("/session/me", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_removed_vendor_is_out_at_every_service_and_on_its_open_streams()
    {
        var id = await platform.A_vendor("除名测试店", "house.carpentry");
        var issued = await platform.Supervisor.Post($"/api/vendors/{id}/credentials");
        var credential = (issued.Text("clientId"), issued.Text("clientSecret"));
        var vendor = platform.As(credential);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/live");
        request.Headers.Authorization = new("Bearer", await platform.TokenOf(credential));
        using var stream = await platform.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        foreach (var path in (string[])["/api/vendor/me", "/api/vendor/feedback", "/api/vendor/orders"])
            (await vendor.Get(path)).Code.ShouldBe(200, path);
        (await platform.Supervisor.Post("/api/evaluation/sanctions",
            new { vendorId = id, kind = "termination", reason = "严重违规" })).Code.ShouldBe(201);
        foreach (var path in (string[])["/api/vendor/me", "/api/vendor/feedback", "/api/vendor/orders"])
            await Wait.Until(async () => await vendor.Get(path) is { Code: 403 } refused && refused.Text("code") == "vendor.terminated",
                path, Soon);
        await Ends(stream);
    }

    private async Task<int> End(Person person, string ending)
    {
        var (admin, path) = (platform.As("admin"), $"/api/staff/{person.Id}");
        return (ending switch
        {
            "deactivated" => await admin.Patch(path, new { active = false }),
            "deleted" => await admin.Delete(path),
            "demoted" => await admin.Patch(path, new { role = "ops" }),
            "given a new password" => await admin.Post($"{path}/password"),
            _ => await admin.Delete($"{path}/sessions"),
        }).Code;
    }

    private static async Task<(int, string)> Change(Person person, string current, string chosen)
    {
        using var answer = await person.Browser.Http.PostAsJsonAsync("/api/staff/me/password", new { current, @new = chosen }, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        return ((int)answer.StatusCode, text is ['{', ..] ? JsonNode.Parse(text)!["errors"]!.AsObject().Single().Key : "");
    }

    private static async Task<HttpResponseMessage> OpenStream(Person person)
    {
        var stream = await person.Browser.Http.SendAsync(new(HttpMethod.Get, "/api/live"), HttpCompletionOption.ResponseHeadersRead, Stop);
        stream.StatusCode.ShouldBe(HttpStatusCode.OK);
        return stream;
    }

    private static async Task Ends(HttpResponseMessage stream)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(Soon * 2);
        await using var body = await stream.Content.ReadAsStreamAsync(limit.Token);
        var buffer = new byte[4096];
        try { while (await body.ReadAsync(buffer, limit.Token) > 0) { } }
        catch (HttpIOException) { } // cut in the middle of a chunked answer: ended all the same
    }

    private async Task<string[]> Refusing(string token)
    {
        var refusing = new List<string>();
        foreach (var (service, path) in Doors) if (await Ask(service, path, token) == 401) refusing.Add(service);
        return [.. refusing];
    }

    private async Task<int> Ask(string service, string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(platform.Service(service), path));
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        try
        {
            using var answer = await platform.Http.SendAsync(request, Stop);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0; // it does not listen yet
        }
    }
}
