using Microsoft.AspNetCore.Identity;
using Npgsql;
using OtpNet;

namespace Hotline.Identity.Users;

/// <summary>Time-based codes (RFC 6238) of which each works once: section 5.2 forbids taking a code again, and ASP.NET Core Identity's own
/// provider does. The half minute
/// of the last code is kept with the account; one statement compares and sets it, so that of two tries at once one is good.</summary>
public sealed class TotpProvider(NpgsqlDataSource database, TimeProvider clock) : AuthenticatorTokenProvider<User>
{
    /// <inheritdoc/>
    public override async Task<bool> ValidateAsync(string purpose, string token, UserManager<User> manager, User user)
    {
        if (token is not { Length: 6 } || !token.All(char.IsAsciiDigit)
            || await manager.GetAuthenticatorKeyAsync(user) is not { Length: > 0 } key) return false;
        var totp = new Totp(Base32Encoding.ToBytes(key)); // SHA-1, 30 s and 6 digits, as authenticator apps do it
        // one step to either side: clocks differ
        return totp.VerifyTotp(clock.GetUtcNow().UtcDateTime, token, out var step, new VerificationWindow(1, 1))
            && await Uses(user.Id, step);
    }

    private async Task<bool> Uses(Guid user, long step)
    {
        await using var command = database.CreateCommand("""
            update "AspNetUsers" set last_totp_step = @step where id = @user and (last_totp_step is null or last_totp_step < @step)
            """);
        command.Parameters.AddWithValue("step", step);
        command.Parameters.AddWithValue("user", user);
        return await command.ExecuteNonQueryAsync() == 1;
    }
}
