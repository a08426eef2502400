using System.Text.Json;
using Hotline.Identity.Users;
using Hotline.ServiceDefaults;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Hotline.Identity.Clients;

/// <summary>The verb provision: the gateway's client, and the first clients and users with fresh random credentials in a file that only its owner can read.
/// While the file is there and fits the database nothing changes; without it everybody gets new credentials.</summary>
public static class Provision
{
    public const string GatewayClient = "hotline-gateway";

    private static readonly string[] ClientRoles = [Roles.Operator, Roles.Supervisor, Roles.Cti, Roles.Ops];
    private static readonly string[] UserRoles = [Roles.Operator, Roles.Supervisor, Roles.Ops];

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
        if (File.Exists(path) && JsonSerializer.Deserialize<Credentials>(await File.ReadAllTextAsync(path), Json) is { } known && await AllThere(services, known))
        {
            if (known.Gateway != options.PublicUrl) await Write(path, known with { Gateway = options.PublicUrl });
            return;
        }
        var credentials = new Credentials(options.PublicUrl, [], []);
        foreach (var role in ClientRoles) credentials.Clients[role] = await clients.Issue($"hotline-{role}", role, role, null, default);
        var users = new List<UserCredentials>();
        foreach (var role in UserRoles) users.Add(await PutUser(services.GetRequiredService<UserManager<User>>(), role));
        await Write(path, credentials with { Users = users });
    }

    // a file that outlived its database names clients that are gone
    private static async Task<bool> AllThere(IServiceProvider services, Credentials known)
    {
        var clients = services.GetRequiredService<ClientRegistry>();
        var users = services.GetRequiredService<UserManager<User>>();
        foreach (var role in ClientRoles) if (!known.Clients.TryGetValue(role, out var client) || !await clients.Exists(client.ClientId, default)) return false;
        foreach (var role in UserRoles) if (await users.FindByNameAsync(role) is null) return false;
        return true;
    }

    private static Task PutGateway(ClientRegistry clients, IdentityOptions options)
    {
        var url = new Uri(options.PublicUrl);
        return clients.Put(new()
        {
            ClientId = GatewayClient,
            ClientSecret = options.GatewaySecret is { Length: >= 32 } secret ? secret : throw new InvalidOperationException("Set Identity__GatewaySecret to at least 32 random characters"),
            ClientType = ClientTypes.Confidential,
            ConsentType = ConsentTypes.Implicit,
            DisplayName = "Hotline",
            RedirectUris = { new(url, "/signin-oidc") },
            PostLogoutRedirectUris = { new(url, "/signout-callback-oidc") },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.EndSession, Permissions.Endpoints.Revocation,
                Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken, Permissions.ResponseTypes.Code, Permissions.Scopes.Profile,
            },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
        }, default);
    }

    private static async Task<UserCredentials> PutUser(UserManager<User> users, string role)
    {
        var password = Passwords.New();
        var user = await users.FindByNameAsync(role);
        IdentityResult result;
        if (user is null)
        {
            user = new() { UserName = role, DisplayName = role, Role = role };
            result = await users.CreateAsync(user, password);
        }
        else
        {
            result = await users.Reset(user, password);
        }
        return result.Succeeded ? new(role, password, role) : throw new InvalidOperationException(string.Join("; ", result.Errors.Select(e => e.Description)));
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
