using System.Security.Cryptography;
using Hotline.ServiceDefaults;
using Microsoft.IdentityModel.Tokens;

namespace Hotline.Services.Tests;

public sealed class TokenTests
{
    private static TokenValidationParameters Trusting(params SecurityKey[] keys) =>
        new() { ValidIssuer = Tokens.Issuer, ValidAudience = Auth.Audience, IssuerSigningKeys = keys, ClockSkew = TimeSpan.Zero };

    [Fact]
    public async Task A_good_token_is_checked_once_and_each_other_token_by_itself()
    {
        using var tokens = new TokenMemory();
        var good = Tokens.For(Roles.Operator);
        (await tokens.ValidateTokenAsync(good, Trusting())).IsValid.ShouldBeFalse();
        (await tokens.ValidateTokenAsync(good, Trusting(Tokens.Key))).IsValid.ShouldBeTrue();
        (await tokens.ValidateTokenAsync(good, Trusting())).IsValid.ShouldBeTrue("it was checked a moment ago");
        (await tokens.ValidateTokenAsync(Tokens.For(Roles.Operator, subject: "another"), Trusting())).IsValid.ShouldBeFalse();
        (await tokens.ValidateTokenAsync(good[..^4] + "AAAA", Trusting(Tokens.Key))).IsValid.ShouldBeFalse("its signature is another");
    }

    [Fact]
    public async Task A_remembered_token_runs_out_like_any()
    {
        using var tokens = new TokenMemory();
        var brief = Tokens.For(Roles.Operator, validFor: TimeSpan.FromSeconds(2));
        (await tokens.ValidateTokenAsync(brief, Trusting(Tokens.Key))).IsValid.ShouldBeTrue();
        await Wait.Until(async () => !(await tokens.ValidateTokenAsync(brief, Trusting(Tokens.Key))).IsValid,
            "refused once it has run out");
    }

    [Fact]
    public async Task A_forged_token_is_never_remembered()
    {
        using var tokens = new TokenMemory();
        using var rsa = RSA.Create(2048);
        var forged = Tokens.For(Roles.Supervisor, key: new RsaSecurityKey(rsa) { KeyId = "test" });
        for (var i = 0; i < 2; i++) (await tokens.ValidateTokenAsync(forged, Trusting(Tokens.Key))).IsValid.ShouldBeFalse();
    }
}
