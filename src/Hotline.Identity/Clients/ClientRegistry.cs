using System.Security.Cryptography;
using System.Text.Json;
using Hotline.Wire.Identity;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Hotline.Identity.Clients;

/// <summary>What a client's token says.</summary>
/// <param name="CreatedAt">None of a client of an older release.</param>
/// <param name="Pbx">The telephone system that it speaks for; none = for any.</param>
public sealed record ClientIdentity(
    string ClientId, string Name, string Role, Guid? VendorId, DateTimeOffset? CreatedAt, string? Pbx = null);

/// <summary>OAuth clients that get tokens for themselves: the desk's scripts, the telephone system, vendors' systems.</summary>
public sealed class ClientRegistry(IOpenIddictApplicationManager applications, TimeProvider clock)
{
    private const string Role = "role", CreatedAt = "created_at";

    /// <summary>Makes the client, or gives it a new secret; the old one is void at once.</summary>
    public async Task<ClientCredentials> Issue(
        string clientId, string name, string role, Guid? vendor, CancellationToken stop, string? pbx = null)
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
        var since = await Find(clientId, stop) is { CreatedAt: { } at } ? at : clock.GetUtcNow();
        descriptor.Properties[CreatedAt] = JsonSerializer.SerializeToElement(since);
        if (vendor is { } id) descriptor.Properties[Auth.VendorClaim] = JsonSerializer.SerializeToElement(id);
        if (pbx is not null) descriptor.Properties[Auth.PbxClaim] = JsonSerializer.SerializeToElement(pbx);
        await Put(descriptor, stop);
        return credentials;
    }

    /// <summary>Makes or updates a client as described.</summary>
    public async Task Put(OpenIddictApplicationDescriptor descriptor, CancellationToken stop)
    {
        if (await applications.FindByClientIdAsync(descriptor.ClientId!, stop) is { } existing)
            await applications.UpdateAsync(existing, descriptor, stop);
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

    public async Task<bool> Exists(string clientId, CancellationToken stop) =>
        await applications.FindByClientIdAsync(clientId, stop) is not null;

    public async Task<ClientIdentity?> Find(string clientId, CancellationToken stop)
    {
        return await applications.FindByClientIdAsync(clientId, stop) is { } application ? await IdentityOf(application, stop) : null;
    }

    /// <summary>All systems other than vendors', by client id.</summary>
    public async Task<IReadOnlyList<ClientIdentity>> Systems(CancellationToken stop)
    {
        var found = new List<ClientIdentity>();
        await foreach (var application in applications.ListAsync(cancellationToken: stop))
        {
            if (await IdentityOf(application, stop) is { VendorId: null } system) found.Add(system);
        }
        return [.. found.OrderBy(s => s.ClientId, StringComparer.Ordinal)];
    }

    private async Task<ClientIdentity?> IdentityOf(object application, CancellationToken stop)
    {
        var properties = await applications.GetPropertiesAsync(application, stop);
        if (!properties.TryGetValue(Role, out var role)) return null;
        var id = (await applications.GetClientIdAsync(application, stop))!;
        return new(id, await applications.GetDisplayNameAsync(application, stop) ?? id, role.GetString()!,
            properties.TryGetValue(Auth.VendorClaim, out var vendor) ? vendor.GetGuid() : null,
            properties.TryGetValue(CreatedAt, out var at) ? at.GetDateTimeOffset() : null,
            properties.TryGetValue(Auth.PbxClaim, out var pbx) ? pbx.GetString() : null);
    }

    /// <summary>256 random bits.</summary>
    public static string NewSecret() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
