using Microsoft.AspNetCore.Identity;

namespace Hotline.Identity.Users;

/// <summary>The verb two-factor-off: for somebody who lost both the device and the recovery codes. Whoever runs it has made sure of the person.</summary>
public static class TwoFactorOff
{
    /// <exception cref="InvalidOperationException">No such user, or none named.</exception>
    public static async Task Run(IServiceProvider services, string[] names)
    {
        if (names.Length == 0) throw new InvalidOperationException("Name the users whose two-step verification is to be turned off");
        var users = services.GetRequiredService<UserManager<User>>();
        foreach (var name in names)
        {
            var user = await users.FindByNameAsync(name) ?? throw new InvalidOperationException($"There is no user {name}");
            await users.SetTwoFactorEnabledAsync(user, false);
            await users.ResetAuthenticatorKeyAsync(user);
            Console.WriteLine($"two-step verification of {name} is off");
        }
    }
}
