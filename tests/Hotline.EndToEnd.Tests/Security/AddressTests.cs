using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Hotline.EndToEnd.Tests.Security;

/// <summary>How the platform reads addresses, and which ones it writes.</summary>
public sealed class AddressTests(Platform platform)
{
    private static readonly string Public = $"http://localhost:{Platform.Port}";

    private static readonly string Authorize = "/connect/authorize?client_id=hotline-gateway&response_type=code&scope=openid"
        + $"&redirect_uri={Uri.EscapeDataString($"{Public}/signin-oidc")}&code_challenge={new string('x', 43)}&code_challenge_method=S256";

    // as they stand in the query: decoded once before anybody looks
    private static readonly string[] Elsewhere =
    [
        "/%09/evil.example", "/%5Cevil.example", "//evil.example", "/%0a/evil.example", "/%0d%0aX-Evil:1",
        "/%00/evil.example", "/%2509/evil.example", "/%255Cevil.example", "/%25255cevil.example", "/%252F%252Fevil.example", "/docs%0a",
        "https://evil.example", "%5C%5Cevil.example", "javascript:alert(1)", "/%7F/x", "/a/%5C..//evil", "%20//evil.example", "",
    ];

    private static readonly (string Asked, string Raw)[] Here =
    [
        ("/requests%3Fq=疏通", "/requests?q=%E7%96%8F%E9%80%9A"), ("/requests%3Fq%3D%E7%96%8F%26x%3D1", "/requests?q=%E7%96%8F&x=1"),
        ("/requests%3Fq%3D50%2525", "/requests?q=50%25"), ("/docs", "/docs"), ("/vendors%3Fq%3Da%2520b%23c", "/vendors?q=a%20b#c"),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_signing_in_the_Location_header_is_a_path_of_this_site()
    {
        using var browser = new PlainBrowser();
        await browser.SignIn(platform.User("ops"));
        foreach (var elsewhere in Elsewhere) (await Led(browser, elsewhere)).ShouldBe("/", elsewhere);
        foreach (var (asked, raw) in Here) (await Led(browser, asked)).ShouldBe(raw, asked);
    }

    [Theory]
    [InlineData("/requests?q=疏通", "/requests?q=%E7%96%8F%E9%80%9A")]
    [InlineData("//evil.example", "/")]
    public async Task The_sign_in_page_leads_on_within_this_site(string returnUrl, string raw)
    {
        using var browser = new PlainBrowser();
        var page = await browser.Http.GetAsync($"/account/login?ReturnUrl={Uri.EscapeDataString(returnUrl)}", Stop);
        await browser.SignIn(page, platform.User("ops"));
        browser.Locations.ShouldContain(raw);
        browser.Locations.ShouldAllBe(l => l.StartsWith('/') && !l.StartsWith("//", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/\t/evil.example")]
    [InlineData("/a\nb")]
    public async Task The_sign_in_page_refuses_control_characters(string returnUrl)
    {
        var answer = await RawHttp.Send("GET", $"/account/login?ReturnUrl={Uri.EscapeDataString(returnUrl)}");
        (answer.Code, answer.Location).ShouldBe((400, null));
    }

    // than any name may be (255 characters, RFC 1035)
    private const string Long = "00000000-0000-0000-0000-000000000000", Longer = Long + Long + Long + Long + Long + Long + Long + Long;

    [Theory]
    [InlineData("Host: evil.example")]
    [InlineData("Host: localhost.evil.example")]
    [InlineData("Host: localhost@evil.example")]
    [InlineData("Host: 127.0.0.1.evil.example:80")]
    [InlineData("Host: ")]
    [InlineData("Host: 93.184.216.34")]
    [InlineData("X-Forwarded-Host: evil.example")]
    [InlineData("X-Forwarded-Host: ____________________________________________________________________________________")]
    [InlineData("Host: ____________________________________________________________________________________")]
    [InlineData("X-Forwarded-Host: xn--a")]
    [InlineData("X-Forwarded-Host: localhost, xn--\u00ff")]
    [InlineData("X-Forwarded-Host: " + Longer)]
    [InlineData("Host: " + Longer)]
    [InlineData("X-Forwarded-Host: a..b")]
    public async Task A_host_that_is_not_ours_is_refused(string header)
    {
        foreach (var path in (string[])[Authorize, "/session/login", "/.well-known/openid-configuration", "/api/catalog/areas", "/"])
        {
            var answer = await RawHttp.Send("GET", path, [header, "Accept: text/html"]);
            answer.Code.ShouldBe(400, path);
            answer.ToString().ShouldNotContain("evil");
            if (answer.Body.Length == 0) continue; // what is no host at all is no HTTP, and refused before our code sees it
            answer.Problem()["errors"]!["Host"]!.ToJsonString().ShouldContain(Public);
        }
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:9")]
    [InlineData("[::1]:8080")]
    [InlineData("LOCALHOST:1")]
    public async Task Addresses_that_we_write_are_the_public_one_whatever_the_host(string host)
    {
        var answer = await RawHttp.Send("GET", Authorize, [$"Host: {host}"]);
        answer.Code.ShouldBe(302);
        new Uri(new Uri(Public), answer.Location).GetLeftPart(UriPartial.Path).ShouldBe($"{Public}/account/login");
        var document = await RawHttp.Send("GET", "/.well-known/openid-configuration", [$"Host: {host}"]);
        var addresses = document.Json().AsObject().Where(k => k.Key.Split('_')[^1] is "issuer" or "endpoint" or "uri")
            .Select(k => k.Value!.ToString()).ToArray();
        addresses.Length.ShouldBeGreaterThan(3);
        addresses.ShouldAllBe(a => a.StartsWith($"{Public}/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Behind_a_proxy_that_speaks_https_the_sign_in_still_goes_to_the_public_address()
    {
        var answer = await RawHttp.Send("GET", "/session/login", ["X-Forwarded-Proto: https"]);
        answer.Location!.ShouldStartWith($"{Public}/connect/authorize?");
        answer.Location!.ShouldContain($"redirect_uri={Uri.EscapeDataString($"{Public}/signin-oidc")}");
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public async Task At_an_address_of_this_machine_a_person_signs_in_as_at_its_name(string host)
    {
        var answer = await RawHttp.Send("GET", "/session/login?returnUrl=%2Frequests", [$"Host: {host}:{Platform.Port}"]);
        answer.Code.ShouldBe(302);
        answer.Location.ShouldBe($"{Public}/session/login?returnUrl=%2Frequests");
        using var browser = new PlainBrowser();
        var page = await browser.Http.GetAsync(answer.Location, Stop);
        await browser.SignIn(page, platform.User("ops"));
        browser.Locations[^1].ShouldBe("/requests");
        (await browser.Http.GetFromJsonAsync<JsonNode>("/session/me", Stop))!["role"]!.ToString().ShouldBe("ops");
    }

    [Theory]
    [InlineData("/api%2Fintake/requests")]
    [InlineData("//api/catalog/areas")]
    [InlineData("/api//catalog/areas")]
    [InlineData("/api%2Fcatalog/areas")]
    [InlineData("/api%2fcatalog%2fareas")]
    [InlineData("/api%5Ccatalog/areas")]
    [InlineData("/api\\catalog\\areas")]
    [InlineData("/api%252Fcatalog/areas")]
    [InlineData("/api./catalog/areas")]
    [InlineData("/api;v=1/catalog/areas")]
    [InlineData("/api%20/catalog/areas")]
    [InlineData("/%20api/catalog/areas")]
    [InlineData("/.api/catalog/areas")]
    [InlineData("/api/%2e%2e%2fapi/catalog/areas")]
    [InlineData("/api/nowhere")]
    [InlineData("/API/nowhere")]
    [InlineData("/api")]
    [InlineData("/api/")]
    [InlineData("/connect%2Ftoken")]
    [InlineData("//connect/token")]
    [InlineData("/connect/nowhere")]
    [InlineData("/session//me")]
    [InlineData("/session/nowhere")]
    [InlineData("/session%2Flogin")]
    [InlineData("/api%0a/catalog/areas")]
    public async Task A_path_that_is_nobodys_is_a_problem_and_never_the_console(string path)
    {
        var answer = await RawHttp.Send("GET", path, [await Operator(), "Accept: application/json"]);
        answer.Code.ShouldBe(404, answer.ToString());
        answer.Problem()["code"]!.ToString().ShouldBe("not-found");
    }

    [Theory]
    [InlineData("/%61pi/catalog/areas")]
    [InlineData("/API/catalog/areas")]
    [InlineData("/nowhere/../api/catalog/areas")]
    [InlineData("/./api/catalog/areas")]
    public async Task Other_spellings_of_a_path_are_that_path(string path)
    {
        var answer = await RawHttp.Send("GET", path, [await Operator()]);
        answer.Code.ShouldBe(200);
        answer.Headers["content-type"].Single().ShouldStartWith("application/json");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/requests")]
    [InlineData("/vendors/019abcde-0000-7000-8000-000000000000")]
    [InlineData("/apiary")]
    [InlineData("/api/../requests")]
    public async Task The_consoles_paths_are_its_page(string path)
    {
        var answer = await RawHttp.Send("GET", path);
        (answer.Code, answer.Headers["content-type"].Single()).ShouldBe((200, "text/html"));
    }

    [Theory]
    [InlineData("X-Name: 张三")]
    [InlineData("User-Agent: 热线 1.0")]
    [InlineData("Cookie: name=张三; other=1")]
    [InlineData("Idempotency-Key: 钥匙")]
    [InlineData("If-Match: \"版本\"")]
    [InlineData("Accept-Language: 中文")]
    [InlineData("Accept: 文本/任意")]
    [InlineData("traceparent: 踪迹")]
    [InlineData("tracestate: 键=值")]
    [InlineData("baggage: 键=值")]
    [InlineData("Referer: http://localhost/疏通?q=é")]
    [InlineData("X-Forwarded-For: 地址")]
    [InlineData("X-Control: a\u0001b\u007f")]
    [InlineData("X-Emoji: 😀")]
    public async Task A_header_that_is_not_ASCII_is_no_fault_of_the_platform(string header)
    {
        foreach (var encoding in (Encoding[])[Encoding.UTF8, Encoding.Latin1, Encoding.Unicode])
        {
            // as UTF-8, as Latin-1 (é alone is no UTF-8), and with half a character
            var line = encoding == Encoding.Unicode ? Encoding.Latin1.GetString([.. Encoding.UTF8.GetBytes(header), 0xE7, 0x96]) : header;
            foreach (var target in (string[])["/api/catalog/areas", "/.well-known/openid-configuration", "/account/login", "/session/me"])
            {
                var answer = await Unhurried(target, [await Operator(), line], encoding == Encoding.Unicode ? Encoding.Latin1 : encoding);
                answer.Code.ShouldBeLessThan(500, $"{target} {line} {answer}");
            }
        }
        (await platform.Operator.Get("/api/catalog/areas")).Code.ShouldBe(200);
    }

    [Theory]
    [InlineData(1, 40_000)]
    [InlineData(1, 29_000)]
    [InlineData(95, 10)]
    public async Task More_headers_than_a_service_takes_are_refused_by_the_gateway(int count, int length)
    {
        string[] headers = [await Operator(), .. Enumerable.Range(0, count).Select(i => $"X-{i}: {new string('a', length)}")];
        var answer = await RawHttp.Send("GET", "/api/catalog/areas", headers);
        answer.Code.ShouldBe(length == 29_000 ? 200 : 431);
    }

    [Fact]
    public async Task This_is_no_proxy_to_elsewhere()
    {
        foreach (var target in (string[])["localhost:80", "evil.example:443", "/api/catalog/areas"])
            (await RawHttp.Send("CONNECT", target, [await Operator()])).Code.ShouldBeInRange(400, 405, target);
    }

    [Fact]
    public async Task An_authorization_that_cannot_be_sent_back_is_a_problem()
    {
        var stranger = Authorize.Replace("client_id=hotline-gateway", "client_id=nobody", StringComparison.Ordinal);
        var answer = await Unhurried(stranger, ["Accept: application/json"], Encoding.UTF8);
        answer.Code.ShouldBe(400);
        answer.Problem()["traceId"]!.ToString().Length.ShouldBe(32);
    }

    private async Task<string> Operator() => $"Authorization: Bearer {await platform.TokenOf(platform.Credential("operator"))}";

    /// <summary>Where a browser that is signed in at identity is led in the end.</summary>
    private static async Task<string> Led(PlainBrowser browser, string returnUrl)
    {
        var before = browser.Locations.Count;
        await browser.Http.GetAsync($"/session/login?returnUrl={returnUrl}", Stop);
        var callback = browser.Locations.FindIndex(before, l => l.Contains("/signin-oidc", StringComparison.Ordinal));
        callback.ShouldBeGreaterThan(0, returnUrl);
        return browser.Locations[callback + 1];
    }

    // one address may ask for sign-in pages ten times a second
    private static Task<RawAnswer> Unhurried(string target, string[] headers, Encoding encoding) => Wait.For(async () =>
    {
        var answer = await RawHttp.Send("GET", target, headers, encoding: encoding);
        return answer.Code == 429 ? null : answer;
    }, "room to sign in");
}
