using System.Globalization;
using System.Threading.RateLimiting;
using Hotline.ServiceDefaults;
using Microsoft.AspNetCore.RateLimiting;

namespace Hotline.Gateway;

/// <summary>Settings under RateLimit: tokens a second and in a burst, for each client (by its token's subject, else by address); and how
/// many requests are under way at once.</summary>
public sealed class LimitOptions
{
    /// <summary>Of all clients together. More wait, as many again; what comes beyond is told to come back: better one late answer than all
    /// of them late.</summary>
    public int Concurrent { get; init; } = 32;
    public int ApiPerSecond { get; init; } = 200;
    public int ApiBurst { get; init; } = 400;
    public int SignInPerSecond { get; init; } = 10;
    public int SignInBurst { get; init; } = 60;
}

public static class Limits
{
    public const string Api = "api";
    public const string SignIn = "sign-in";

    private static readonly Text Overloaded = new("service.overloaded", "系统繁忙,请按 Retry-After 稍后再试", "Too much is going on: come back as Retry-After says");

    public static void AddLimits(this WebApplicationBuilder builder)
    {
        var limits = builder.Configuration.GetSection("RateLimit").Get<LimitOptions>() ?? new();
        builder.Services.AddRateLimiter(options =>
        {
            options.OnRejected = async (context, stop) =>
            {
                // a client's own limit knows when there is room again; the platform's does not
                var own = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait);
                var status = own ? StatusCodes.Status429TooManyRequests : StatusCodes.Status503ServiceUnavailable;
                context.HttpContext.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                await Problems.Of(own ? Problems.TextOf(status) : Overloaded, status).ExecuteAsync(context.HttpContext);
            };
            // the client's own limit first, so that nobody fills the room of all
            options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                PartitionedRateLimiter.Create<HttpContext, string>(http => PolicyOf(http) switch
                {
                    Api => Bucket(Api, ClientOf(http), limits.ApiPerSecond, limits.ApiBurst),
                    SignIn => Bucket(SignIn, AddressOf(http), limits.SignInPerSecond, limits.SignInBurst),
                    _ => RateLimitPartition.GetNoLimiter("unlimited"),
                }),
                PartitionedRateLimiter.Create<HttpContext, string>(http => PolicyOf(http) is null || IsStream(http)
                    ? RateLimitPartition.GetNoLimiter("unlimited")
                    : RateLimitPartition.GetConcurrencyLimiter("all", _ => new() { PermitLimit = limits.Concurrent, QueueLimit = limits.Concurrent })));
            foreach (var policy in (string[])[Api, SignIn]) options.AddPolicy(policy, _ => RateLimitPartition.GetNoLimiter(policy)); // names for endpoints to carry
        });
    }

    private static string? PolicyOf(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName;

    // open as long as the page is
    private static bool IsStream(HttpContext http) => http.Request.Path.StartsWithSegments("/api/live");

    private static RateLimitPartition<string> Bucket(string policy, string client, int perSecond, int burst) =>
        RateLimitPartition.GetTokenBucketLimiter($"{policy} {client}", _ => new()
        {
            TokenLimit = burst,
            TokensPerPeriod = Math.Max(1, perSecond / 10),
            ReplenishmentPeriod = TimeSpan.FromSeconds(perSecond >= 10 ? 0.1 : 1.0 / perSecond),
            QueueLimit = 0,
        });

    private static string ClientOf(HttpContext http) => http.User.FindFirst("sub")?.Value ?? AddressOf(http);

    private static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "unknown";
}
