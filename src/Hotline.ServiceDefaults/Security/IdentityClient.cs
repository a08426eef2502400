using Microsoft.Extensions.Http.Resilience;

namespace Hotline.ServiceDefaults;

/// <summary>How this process speaks to Identity over the inner network: to any of its replicas (services:identity:http:0, 1, …),
/// and to the next where one does not answer.</summary>
public static class IdentityClient
{
    /// <summary>Name of the client at <see cref="IHttpClientFactory"/>.</summary>
    public const string Name = "identity";

    /// <summary>Resolved to a replica at each try.</summary>
    public static Uri Address { get; } = new("http://identity");

    /// <summary>Registers the client.</summary>
    public static void AddIdentityClient(this IHostApplicationBuilder builder)
    {
        builder.Services.AddServiceDiscovery();
        var client = builder.Services.AddHttpClient(Name, http => http.BaseAddress = Address);
        client.AddStandardResilienceHandler(Patience); // outside the next: each try may be another replica's
        client.AddServiceDiscovery();
    }

    private static void Patience(HttpStandardResilienceOptions options)
    {
        options.Retry.Delay = TimeSpan.FromMilliseconds(100);
        options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(4);
        options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(10);
    }
}
