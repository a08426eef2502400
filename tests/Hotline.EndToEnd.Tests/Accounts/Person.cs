using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Hotline.EndToEnd.Tests.Security;

namespace Hotline.EndToEnd.Tests.Accounts;

/// <summary>Somebody of the hotline with an account of their own: signed in in a browser, and with the tokens that the gateway
/// keeps for such a session.</summary>
public sealed class Person : IDisposable
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private readonly Platform _platform;

    private Person(Platform platform, Guid id, string username, string role) =>
        (_platform, Id, Username, Role) = (platform, id, username, role);

    public Guid Id { get; }
    public string Username { get; }
    public string Role { get; }
    public string Password { get; set; } = "";
    public PlainBrowser Browser { get; private set; } = new();

    public (string Name, string Password) Account => (Username, Password);

    /// <summary>An account that an admin makes, whose owner has signed in and chosen a password.</summary>
    public static async Task<Person> New(Platform platform, string role = "operator", string? name = null, string? staffNumber = null)
    {
        var username = $"{role}-{Guid.NewGuid():N}"[..20];
        var made = await platform.As("admin").Post("/api/staff", new { username, name = name ?? "测试人员", staffNumber, role });
        made.Code.ShouldBe(201, made.ToString());
        var person = new Person(platform, made.Id, username, role) { Password = made.Text("password") };
        await person.SignInFirst();
        return person;
    }

    /// <summary>With the temporary password: the next page asks for one's own.</summary>
    public async Task SignInFirst()
    {
        var asked = await Browser.SignIn(Account);
        asked.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/account/password");
        var chosen = $"spill quartz lantern {Guid.NewGuid():N}"[..36];
        (await Browser.Fill(asked, ("New", chosen), ("Again", chosen))).RequestMessage!.RequestUri!.AbsolutePath.ShouldStartWith("/docs");
        Password = chosen;
    }

    /// <summary>Signs in anew, in another browser.</summary>
    public async Task<PlainBrowser> Elsewhere()
    {
        var browser = new PlainBrowser();
        (await browser.SignIn(Account)).RequestMessage!.RequestUri!.AbsolutePath.ShouldStartWith("/docs");
        return browser;
    }

    public async Task<HttpStatusCode> AtTheGateway() => (await Browser.Http.GetAsync("/session/me", Stop)).StatusCode;

    /// <summary>The tokens of a session of this browser, as the gateway gets them.</summary>
    public async Task<(string Access, string Refresh)> Tokens()
    {
        var verifier = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        var challenge = System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var back = $"{Browser.Http.BaseAddress}signin-oidc";
        var code = await Browser.Code("/connect/authorize?client_id=hotline-gateway&response_type=code"
            + $"&scope=openid%20profile%20offline_access&code_challenge={challenge}&code_challenge_method=S256"
            + $"&redirect_uri={Uri.EscapeDataString(back)}", back);
        using var answer = await Ask(("grant_type", "authorization_code"), ("code", code), ("redirect_uri", back),
            ("code_verifier", verifier));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Stop));
        return await Read(answer);
    }

    public async Task<HttpResponseMessage> Renew(string refresh) => await Ask(("grant_type", "refresh_token"), ("refresh_token", refresh));

    public static async Task<(string Access, string Refresh)> Read(HttpResponseMessage answer)
    {
        var body = (await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))!;
        return (body["access_token"]!.ToString(), body["refresh_token"]!.ToString());
    }

    public void Dispose() => Browser.Dispose();

    private async Task<HttpResponseMessage> Ask(params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(
            [.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), new("client_id", "hotline-gateway"),
                new("client_secret", _platform.Setting("Gateway__ClientSecret"))]);
        return await _platform.Http.PostAsync("/connect/token", form, Stop);
    }
}
