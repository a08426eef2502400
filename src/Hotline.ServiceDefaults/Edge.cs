using Microsoft.AspNetCore.HttpOverrides;

namespace Hotline.ServiceDefaults;

/// <summary>What processes behind proxies need.</summary>
public static class Edge
{
    /// <summary>Scheme, host and client address as the proxy in front saw them. Trusted are the networks in <c>Forwarded:Networks</c>, by default loopback only.</summary>
    public static void AddForwarded(this WebApplicationBuilder builder) => builder.Services.Configure<ForwardedHeadersOptions>(options =>
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        foreach (var network in builder.Configuration.GetSection("Forwarded:Networks").Get<string[]>() ?? [])
            options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
    });
}
