using System.Text.Json;
using Hotline.Identity.Users;
using Hotline.Wire.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Hotline.Identity.Clients;

/// <summary>The verb provision: the gateway's client, and the first clients and users with fresh random credentials in a file that only
/// its owner can read. While the file is there and fits the database nothing changes; without it everybody gets new credentials.</summary>
public static class Provision
{
    public const string GatewayClient = "hotline-gateway";

    private static readonly string[] ClientRoles = [Roles.Operator, Roles.Supervisor, Roles.Cti, Roles.Ops, Roles.Admin];
    private static readonly string[] UserRoles = [Roles.Operator, Roles.Supervisor, Roles.Ops, Roles.Admin];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private sealed record UserCredentials(string Username, string Password, string Role);

    private sealed record Credentials(string Gateway, Dictionary<string, ClientCredentials> Clients, IReadOnlyList<UserCredentials> Users);

    public static async Task Run(IServiceProvider services)
    {
        KeyRing.MakeFirstKey(services);
        var options = services.GetRequiredService<IOptions<IdentityOptions>>().Value;
        var clients = services.GetRequiredService<ClientRegistry>();
        await PutGateway(clients, options);

        if (options.CredentialsFile is not { Length: > 0 } path)
        {
            Console.WriteLine("no Identity:CredentialsFile set: clients and users are left as they are");
            return;
        }
        var known = File.Exists(path) ? JsonSerializer.Deserialize<Credentials>(await File.ReadAllTextAsync(path), Json) : null;
        var changes = services.GetRequiredService<AccountChanges>();
        var now = await changes.Run(() => Complete(services, known ?? new(options.PublicUrl, [], []), changes), default);
        now = now with { Gateway = options.PublicUrl };
        if (known is null || JsonSerializer.Serialize(known, Json) != JsonSerializer.Serialize(now, Json)) await Write(path, now);
    }

    // whoever the file does not name, or the database does not know, gets new credentials: a file may outlive its database,
    // and a release may bring a role
    private static async Task<Credentials> Complete(IServiceProvider services, Credentials known, AccountChanges changes)
    {
        var clients = services.GetRequiredService<ClientRegistry>();
        var users = services.GetRequiredService<UserManager<User>>();
        var (systems, people) = (new Dictionary<string, ClientCredentials>(), new List<UserCredentials>());
        foreach (var role in ClientRoles)
        {
            if (known.Clients.TryGetValue(role, out var client) && await clients.Exists(client.ClientId, default))
            {
                systems[role] = client;
                continue;
            }
            if (await clients.Exists(ClientIdOf(role), default)) await changes.End(ClientIdOf(role));
            systems[role] = await clients.Issue(ClientIdOf(role), role, role, null, default);
        }
        foreach (var role in UserRoles)
        {
            var user = known.Users.FirstOrDefault(u => u.Role == role);
            people.Add(user is not null && await users.FindByNameAsync(user.Username) is not null
                ? user : await PutUser(users, role, changes));
        }
        return known with { Clients = systems, Users = people };
    }

    /// <summary>Client id of a system that this verb makes.</summary>
    public static string ClientIdOf(string role) => $"hotline-{role}";

    /// <summary>Whether this verb makes the system, and would make it again.</summary>
    public static bool Makes(string clientId) => ClientRoles.Any(role => ClientIdOf(role) == clientId);

    private static Task PutGateway(ClientRegistry clients, IdentityOptions options)
    {
        var url = new Uri(options.PublicUrl);
        return clients.Put(new()
        {
            ClientId = GatewayClient,
            ClientSecret = options.GatewaySecret is { Length: >= 32 } secret
                ? secret : throw new InvalidOperationException("Set Identity__GatewaySecret to at least 32 random characters"),
            ClientType = ClientTypes.Confidential,
            ConsentType = ConsentTypes.Implicit,
            DisplayName = "Hotline",
            RedirectUris = { new(url, "/signin-oidc") },
            PostLogoutRedirectUris = { new(url, "/signout-callback-oidc") },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.EndSession,
                    Permissions.Endpoints.Revocation,
                Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken, Permissions.ResponseTypes.Code,
                Permissions.Scopes.Profile,
            },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
        }, default);
    }

    private static async Task<UserCredentials> PutUser(UserManager<User> users, string role, AccountChanges changes)
    {
        var password = Passwords.New();
        if (await users.FindByNameAsync(role) is { } user)
        {
            AccountChanges.Must(await users.Reset(user, password));
            await changes.End(user.Id.ToString());
        }
        else
        {
            AccountChanges.Must(await users.CreateAsync(new()
            { UserName = role, DisplayName = role, Role = role, CreatedAt = TimeProvider.System.GetUtcNow() }, password));
        }
        return new(role, password, role);
    }

    private static async Task Write(string path, Credentials credentials)
    {
        // owner only from the first byte on, and whole or not at all
        var temporary = path + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var file = new FileStream(temporary, options)) await JsonSerializer.SerializeAsync(file, credentials, Json);
        File.Move(temporary, path, overwrite: true);
    }
}
