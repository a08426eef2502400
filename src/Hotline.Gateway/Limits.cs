using System.Globalization;
using System.Threading.RateLimiting;
using Hotline.ServiceDefaults;

namespace Hotline.Gateway;

/// <summary>Settings under RateLimit: tokens a second and in a burst, for each client (by its token's subject, else by address).</summary>
public sealed class LimitOptions
{
    public int ApiPerSecond { get; init; } = 200;
    public int ApiBurst { get; init; } = 400;
    public int SignInPerSecond { get; init; } = 10;
    public int SignInBurst { get; init; } = 60;
}

public static class Limits
{
    public const string Api = "api";
    public const string SignIn = "sign-in";

    public static void AddLimits(this WebApplicationBuilder builder)
    {
        var limits = builder.Configuration.GetSection("RateLimit").Get<LimitOptions>() ?? new();
        builder.Services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = async (context, stop) =>
            {
                var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
                context.HttpContext.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                await Problems.Of(Problems.TextOf(StatusCodes.Status429TooManyRequests), StatusCodes.Status429TooManyRequests).ExecuteAsync(context.HttpContext);
            };
            options.AddPolicy(Api, http => Bucket("api", ClientOf(http), limits.ApiPerSecond, limits.ApiBurst));
            options.AddPolicy(SignIn, http => Bucket("sign-in", AddressOf(http), limits.SignInPerSecond, limits.SignInBurst));
        });
    }

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
