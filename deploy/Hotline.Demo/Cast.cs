using System.Collections.Concurrent;
using Hotline.Client;

namespace Hotline.Demo;

/// <summary>Who takes part.</summary>
public sealed class Cast(HttpClient http, Api @operator, Api supervisor)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<Api>>> _vendors = new();

    public Api Operator => @operator;
    public Api Supervisor => supervisor;

    /// <summary>The vendor's own system, with a credential that the supervisor issues.</summary>
    public Task<Api> Vendor(string id) => _vendors.GetOrAdd(id, _ => new(async () =>
    {
        var credential = await Supervisor.Must($"/api/vendors/{id}/credentials");
        return new Api(http, credential.Text("clientId"), credential.Text("clientSecret"));
    })).Value;
}
