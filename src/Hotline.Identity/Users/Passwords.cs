using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace Hotline.Identity.Users;

/// <summary>Passwords that are given out: random, and easy to read out on the phone.</summary>
public static class Passwords
{
    /// <summary>Some 68 random bits: 8 small letters, 4 capitals, 4 digits, without those that look alike.</summary>
    public static string New() =>
        $"{RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz", 8)}-"
            + $"{RandomNumberGenerator.GetString("ABCDEFGHJKMNPQRSTUVWXYZ", 4)}-{RandomNumberGenerator.GetString("23456789", 4)}";

    /// <summary>The user gets a new password; a lock is lifted. What ends the sessions begun with the old one is <see
    /// cref="AccountChanges.End"/>.</summary>
    public static async Task<IdentityResult> Reset(this UserManager<User> users, User user, string password)
    {
        var result = await users.ResetPasswordAsync(user, await users.GeneratePasswordResetTokenAsync(user), password);
        return result.Succeeded ? await users.SetLockoutEndDateAsync(user, null) : result;
    }

    /// <summary>The person chose a password: it is no temporary one.</summary>
    public static async Task Choose(this UserManager<User> users, User user, string password)
    {
        user.MustChangePassword = false;
        AccountChanges.Must(await users.Reset(user, password));
    }
}
