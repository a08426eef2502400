using Microsoft.AspNetCore.Identity;
using SignInResult = Microsoft.AspNetCore.Identity.SignInResult;

namespace Hotline.Identity.Users;

/// <summary>Checks a name and a password so that neither the answer nor the time it takes tells which accounts there are or are locked
/// (OWASP ASVS 4.0, 2.2.1 and 3.2: no user enumeration): where there is nothing to compare with, a password of nobody's is compared.</summary>
public sealed class PasswordCheck(SignInManager<User> signIn, UserManager<User> users, IPasswordHasher<User> hasher)
{
    private static readonly User Nobody = new();
    private static string? _nobodysPassword;

    public async Task<SignInResult> SignIn(string name, string password)
    {
        var user = await users.FindByNameAsync(name);
        if (user is not null && !await users.IsLockedOutAsync(user)) return await signIn.PasswordSignInAsync(user, password, isPersistent: false, lockoutOnFailure: true);
        hasher.VerifyHashedPassword(Nobody, _nobodysPassword ??= hasher.HashPassword(Nobody, Passwords.New()), password);
        return SignInResult.Failed;
    }
}
