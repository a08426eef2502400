using System.Security.Cryptography;
using System.Text.Json;
using Hotline.ServiceDefaults;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Hotline.Identity.Clients;

/// <summary>A client's id and its secret, which is shown once: only its hash is kept.</summary>
public sealed record ClientCredentials(string ClientId, string ClientSecret);

/// <summary>What a client's token says.</summary>
public sealed record ClientIdentity(string ClientId, string Name, string Role, Guid? VendorId);

/// <summary>OAuth clients that get tokens for themselves: the desk's scripts, the telephone system, vendors' systems.</summary>
public sealed class ClientRegistry(IOpenIddictApplicationManager applications)
{
    private const string Role = "role";

    /// <summary>Makes the client, or gives it a new secret; the old one is void at once.</summary>
    public async Task<ClientCredentials> Issue(string clientId, string name, string role, Guid? vendor, CancellationToken stop)
    {
        var credentials = new ClientCredentials(clientId, NewSecret());
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = clientId,
            ClientSecret = credentials.ClientSecret,
            ClientType = ClientTypes.Confidential,
            DisplayName = name,
            Permissions = { Permissions.Endpoints.Token, Permissions.GrantTypes.ClientCredentials },
            Properties = { [Role] = JsonSerializer.SerializeToElement(role) },
        };
        if (vendor is { } id) descriptor.Properties[Auth.VendorClaim] = JsonSerializer.SerializeToElement(id);
        await Put(descriptor, stop);
        return credentials;
    }

    /// <summary>Makes or updates a client as described.</summary>
    public async Task Put(OpenIddictApplicationDescriptor descriptor, CancellationToken stop)
    {
        if (await applications.FindByClientIdAsync(descriptor.ClientId!, stop) is { } existing) await applications.UpdateAsync(existing, descriptor, stop);
        else await applications.CreateAsync(descriptor, stop);
    }

    /// <summary>The client is gone; its tokens run out.</summary>
    /// <returns>False if there is none.</returns>
    public async Task<bool> Revoke(string clientId, CancellationToken stop)
    {
        if (await applications.FindByClientIdAsync(clientId, stop) is not { } existing) return false;
        await applications.DeleteAsync(existing, stop);
        return true;
    }

    public async Task<bool> Exists(string clientId, CancellationToken stop) => await applications.FindByClientIdAsync(clientId, stop) is not null;

    public async Task<ClientIdentity?> Find(string clientId, CancellationToken stop)
    {
        if (await applications.FindByClientIdAsync(clientId, stop) is not { } application) return null;
        var properties = await applications.GetPropertiesAsync(application, stop);
        return properties.TryGetValue(Role, out var role)
            ? new(clientId, await applications.GetDisplayNameAsync(application, stop) ?? clientId, role.GetString()!,
                properties.TryGetValue(Auth.VendorClaim, out var vendor) ? vendor.GetGuid() : null)
            : null;
    }

    /// <summary>256 random bits.</summary>
    public static string NewSecret() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
