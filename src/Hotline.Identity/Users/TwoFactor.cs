using Hotline.Identity.Audit;
using Microsoft.AspNetCore.Identity;

namespace Hotline.Identity.Users;

/// <summary>Two-step verification of an account.</summary>
public static class TwoFactor
{
    private static readonly Caller Ops = new("ops", "ops", Roles.Ops, null);

    /// <summary>A code as it was meant: apps show it in groups.</summary>
    public static string Clean(string? code) => (code ?? "").Replace(" ", "");

    /// <summary>The password alone does from now on.</summary>
    public static async Task TurnTwoFactorOff(this UserManager<User> users, User user)
    {
        AccountChanges.Must(await users.SetTwoFactorEnabledAsync(user, false));
        AccountChanges.Must(await users.ResetAuthenticatorKeyAsync(user)); // the old device knows the old key
    }

    /// <summary>The verb two-factor-off: for somebody who lost both the device and the recovery codes.
    /// Whoever runs it has made sure of the person.</summary>
    /// <exception cref="InvalidOperationException">No such user, or none named.</exception>
    public static async Task TurnOff(IServiceProvider services, string[] names)
    {
        if (names.Length == 0) throw new InvalidOperationException("Name the users whose two-step verification is to be turned off");
        var users = services.GetRequiredService<UserManager<User>>();
        var changes = services.GetRequiredService<AccountChanges>();
        foreach (var name in names)
        {
            await changes.Run(async () =>
            {
                var user = await users.FindByNameAsync(name) ?? throw new InvalidOperationException($"There is no user {name}");
                await users.TurnTwoFactorOff(user);
                await changes.End(user.Id.ToString());
                await changes.Note(Ops, AuditActions.TwoFactorOff, user.Id.ToString(), user.UserName);
                return true;
            }, default);
            Console.WriteLine($"two-step verification of {name} is off");
        }
    }
}
