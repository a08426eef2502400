using System.Security.Cryptography;
using Hotline.ServiceDefaults;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hotline.Testing;

/// <summary>Access tokens as Identity would issue them, signed with a key that services under test trust.</summary>
public static class Tokens
{
    public const string Issuer = "http://localhost:8080/";

    public static readonly RsaSecurityKey Key = new(RSA.Create(2048)) { KeyId = "test" };

    public static string For(string role, Guid? vendor = null, string? subject = null, string audience = Auth.Audience,
        TimeSpan? validFor = null, SecurityKey? key = null, params (string Name, object Value)[] more)
    {
        var claims = new Dictionary<string, object> { ["sub"] = subject ?? $"test-{role}", ["name"] = subject ?? role, ["role"] = role };
        if (vendor is { } id) claims[Auth.VendorClaim] = id.ToString();
        foreach (var (name, value) in more) claims[name] = value;
        var now = DateTime.UtcNow;
        var expires = now + (validFor ?? TimeSpan.FromHours(1));
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = audience,
            Claims = claims,
            NotBefore = expires < now ? expires.AddMinutes(-5) : now,
            IssuedAt = now,
            Expires = expires,
            TokenType = "at+jwt",
            SigningCredentials = new(key ?? Key, SecurityAlgorithms.RsaSha256),
        });
    }
}
