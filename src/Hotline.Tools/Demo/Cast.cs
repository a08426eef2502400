using System.Collections.Concurrent;
using Hotline.Tools.Shared;

namespace Hotline.Tools.Demo;

/// <summary>Who takes part.</summary>
public sealed class Cast(HttpClient http, PlatformCredentials credentials)
{
    private readonly ConcurrentDictionary<Guid, Lazy<Task<Client>>> _vendors = new();

    public Client Operator { get; } = new SignIn(http, credentials.Client("operator")).Client;

    public Client Supervisor { get; } = new SignIn(http, credentials.Client("supervisor")).Client;

    /// <summary>The vendor's own system, with a credential that the supervisor issues.</summary>
    public Task<Client> Vendor(Guid id) =>
        _vendors.GetOrAdd(id, _ => new(async () => await VendorAccess.Issue(http, Supervisor, id))).Value;
}
