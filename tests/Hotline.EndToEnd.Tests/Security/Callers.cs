using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hotline.EndToEnd.Tests.Security;

/// <summary>Everybody who may knock at the door, with the token that each would show.</summary>
public sealed class Callers(Platform platform)
{
    private readonly Dictionary<string, string?> _tokens = [];

    /// <summary>In the order of the approved table; those who may change something come last.</summary>
    public static readonly string[] All = ["none", "expired", "wrong-audience", "wrong-signature", "ops", "cti", "admin", "operator",
        "supervisor", "suspended-vendor", "another-vendor", "vendor"];

    /// <summary>A vendor with an order of its own that it has not answered, for each call of <see cref="OfferedOrder"/>.</summary>
    public Guid VendorId { get; private set; }

    /// <summary>Accepted before the vendor was suspended.</summary>
    public Guid OrderOfSuspended { get; private set; }

    public string? Token(string caller) => _tokens[caller];

    public async Task Begin()
    {
        foreach (var role in (string[])["ops", "cti", "admin", "operator", "supervisor"])
            _tokens[role] = await platform.TokenOf(platform.Credential(role));
        VendorId = await platform.A_vendor("权限测试店甲", "drains.unclog-drain");
        _tokens["vendor"] = await VendorToken(VendorId);
        _tokens["another-vendor"] = await VendorToken(await platform.A_vendor("权限测试店乙", "drains.unclog-drain"));
        var suspended = await platform.A_vendor("权限测试店丙", "drains.unclog-drain");
        _tokens["suspended-vendor"] = await VendorToken(suspended);
        OrderOfSuspended = await OfferedOrder(suspended);
        (await With(_tokens["suspended-vendor"]).Post($"/api/vendor/orders/{OrderOfSuspended}/accept")).Code.ShouldBe(200);
        (await platform.Supervisor.Post("/api/evaluation/sanctions",
            new { vendorId = suspended, kind = "suspension", reason = "权限测试" })).Code.ShouldBe(201);
        await Wait.Until(async () => (await platform.Supervisor.Get($"/api/vendors/{suspended}")).Text("standing") == "suspended",
            "the suspension");
        await Wait.Until(async () => (await platform.Operator.Post("/api/dispatch/orders",
            new { requestId = (await Registered()), vendorId = suspended })).Code == 409, "the suspension in dispatch");

        _tokens["none"] = null;
        using var key = X509Certificate2.CreateFromPemFile(Path.Combine(platform.State, "keys", "signing.pem"));
        using var stranger = RSA.Create(2048);
        var real = _tokens["supervisor"]!;
        // the forger's hand is good enough: a token signed anew with the platform's own key is taken
        (await With(Forged(real, key.GetRSAPrivateKey()!, _ => { })).Get("/api/vendors?limit=1")).Code.ShouldBe(200);
        _tokens["expired"] = Forged(real, key.GetRSAPrivateKey()!,
            claims => claims["exp"] = DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeSeconds());
        _tokens["wrong-audience"] = Forged(real, key.GetRSAPrivateKey()!, claims => claims["aud"] = "another-api");
        _tokens["wrong-signature"] = Forged(real, stranger, _ => { });
    }

    /// <summary>A new order, offered to the vendor.</summary>
    public async Task<Guid> OfferedOrder(Guid vendor)
    {
        var request = await Registered();
        var offered = await Wait.For(async () => await platform.Operator.Post("/api/dispatch/orders",
            new { requestId = request, vendorId = vendor }) is { Code: 201 } answer ? answer : null, "an offer");
        return offered.Id;
    }

    public Client With(string? token) => new(platform.Http, () => Task.FromResult(token));

    private async Task<Guid> Registered() => (await platform.Operator.Post("/api/intake/requests", Platform.Request("疏通"))).Id;

    private async Task<string> VendorToken(Guid id)
    {
        var issued = await Wait.For(async () => await platform.Supervisor.Post($"/api/vendors/{id}/credentials") is { Code: 201 } answer
            ? answer : null, "a credential");
        return await platform.TokenOf((issued.Text("clientId"), issued.Text("clientSecret")));
    }

    private static string Forged(string real, RSA key, Action<JsonNode> change)
    {
        var parts = real.Split('.');
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
        change(claims);
        var text = $"{parts[0]}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{text}.{Base64Url.EncodeToString(
            key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }
}
