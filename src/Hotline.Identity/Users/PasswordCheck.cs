using Hotline.Identity.Audit;
using Microsoft.AspNetCore.Identity;
using SignInResult = Microsoft.AspNetCore.Identity.SignInResult;

namespace Hotline.Identity.Users;

/// <summary>Checks a name and a password so that neither the answer nor the time it takes tells which accounts there are or are locked
/// (OWASP ASVS 4.0, 2.2.1 and 3.2: no user enumeration): where there is nothing to compare with, a password of nobody's is compared.
/// A lock keeps passwords from being tried; who is signed in stays so.</summary>
public sealed class PasswordCheck(SignInManager<User> signIn, UserManager<User> users, IPasswordHasher<User> hasher, AccountChanges changes)
{
    private static readonly User Nobody = new();
    private static string? _nobodysPassword;

    // a comparison takes a processor for a twentieth of a second: all of them never compare at once, whoever is signed in needs them too
    private static readonly SemaphoreSlim Comparing = new(Math.Max(1, Environment.ProcessorCount / 2));

    public async Task<SignInResult> SignIn(string name, string password)
    {
        var user = await users.FindByNameAsync(name.Trim()); // pasted with a blank
        var comparable = user is { MayWork: true } && !await users.IsLockedOutAsync(user);
        await Comparing.WaitAsync();
        SignInResult result;
        try
        {
            if (!comparable)
            {
                hasher.VerifyHashedPassword(Nobody, _nobodysPassword ??= hasher.HashPassword(Nobody, Passwords.New()), password);
                return SignInResult.Failed;
            }
            result = await signIn.PasswordSignInAsync(user!, password, isPersistent: false, lockoutOnFailure: true);
        }
        finally
        {
            Comparing.Release();
        }
        if (!result.Succeeded && !result.RequiresTwoFactor) await NoteFailure(user!, result.IsLockedOut);
        return result;
    }

    /// <summary>A code of the second step was wrong, or the password was.</summary>
    public Task NoteFailure(User user, bool locked) =>
        changes.Note(new("-", "-", "", null), locked ? AuditActions.Locked : AuditActions.SignInFailed, user.Id.ToString(), user.UserName);
}
