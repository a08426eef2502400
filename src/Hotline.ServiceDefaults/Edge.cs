using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;

namespace Hotline.ServiceDefaults;

/// <summary>What processes with cookies behind proxies need.</summary>
public static class Edge
{
    /// <summary>Keys that protect cookies outlive a restart and are shared by replicas: kept in the folder <c>DataProtection:Path</c>, if given.</summary>
    public static void AddPersistedKeys(this WebApplicationBuilder builder)
    {
        var protection = builder.Services.AddDataProtection().SetApplicationName("hotline");
        if (builder.Configuration["DataProtection:Path"] is { Length: > 0 } path) protection.PersistKeysToFileSystem(new(path));
    }

    /// <summary>Scheme, host and client address as the proxy in front saw them. Trusted are the networks in <c>Forwarded:Networks</c>, by default loopback only.</summary>
    public static void AddForwarded(this WebApplicationBuilder builder) => builder.Services.Configure<ForwardedHeadersOptions>(options =>
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        foreach (var network in builder.Configuration.GetSection("Forwarded:Networks").Get<string[]>() ?? [])
            options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
    });
}
