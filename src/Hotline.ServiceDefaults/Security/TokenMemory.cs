using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hotline.ServiceDefaults;

/// <summary>Checks a token's signature and claims the first time and remembers for a minute, at most until it runs out, that it was good:
/// clients send the same token with every request. So a signing key that Identity withdraws is good for a minute longer.
/// A token that is not good is remembered nowhere.</summary>
public sealed class TokenMemory : JsonWebTokenHandler, IDisposable
{
    private const int Most = 10_000;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private readonly MemoryCache _good = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <inheritdoc/>
    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        if (_good.TryGetValue(token, out TokenValidationResult? known)) return known!;
        var result = await base.ValidateTokenAsync(token, validationParameters);
        if (result.IsValid && result.SecurityToken.ValidTo - DateTime.UtcNow is { Ticks: > 0 } left)
            _good.Set(token, result, new MemoryCacheEntryOptions
            { Size = 1, AbsoluteExpirationRelativeToNow = left < Longest ? left : Longest });
        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => _good.Dispose();
}
