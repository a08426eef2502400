using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Hotline.Gateway;

/// <summary>Settings under RateLimit: what one client may ask for, and what all of them share.</summary>
public sealed class LimitOptions
{
    /// <summary>Requests of people and systems who signed in that are under way at once; one of them has at most half. As many again wait;
    /// what comes beyond is told to come back: better one late answer than all of them late.</summary>
    public int Concurrent { get; init; } = 32;

    /// <summary>The same for whoever has not signed in, so that strangers never take the others' places: tokens, sign-in pages, requests
    /// without a valid token. One address has at most half. Few: a password that is tried costs a twentieth of a second of a processor,
    /// which whoever works lacks. But 48 wait, as everybody at a desk signs in at the same minute.</summary>
    public int ConcurrentAnonymous { get; init; } = 8;

    /// <summary>Requests a second, and in a burst, of one who signed in (by the token's subject), else of one address.</summary>
    public int ApiPerSecond { get; init; } = 200;

    /// <summary>See <see cref="ApiPerSecond"/>.</summary>
    public int ApiBurst { get; init; } = 400;

    /// <summary>Requests for tokens a second from one address, and as many again for sign-in pages: systems that loop do not keep people
    /// out.</summary>
    public int SignInPerSecond { get; init; } = 10;

    /// <summary>See <see cref="SignInPerSecond"/>.</summary>
    public int SignInBurst { get; init; } = 60;

    /// <summary>How long a refusal waits that tells a stranger of too many sign-ins:
    /// whoever asks again and again at once asks at most so often on each connection, and the processors stay with those who work.
    /// Of as many refusals at once as there may be connections.</summary>
    public TimeSpan RefusalWaits { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Event streams (/api/live) that one subject has open at once.</summary>
    public int Streams { get; init; } = 10;

    /// <summary>Connections at once, of which one address has a quarter before anybody signed in on them, and one subject a quarter after.
    /// Beyond that the oldest gives way.</summary>
    public int Connections { get; init; } = 8000;

    /// <summary>How long a request's headers may take to arrive, and then its body.</summary>
    public TimeSpan ArrivesWithin { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>Who asks: a subject that signed in, or an address.</summary>
public readonly record struct Asker(string Key, bool SignedIn);

/// <summary>How often a client may ask. How many may be served at once is <see cref="Places"/>.</summary>
public static class Limits
{
    public const string Api = "api";
    public const string SignIn = "sign-in";

    public static void AddLimits(this WebApplicationBuilder builder)
    {
        var limits = builder.Configuration.GetSection("RateLimit").Get<LimitOptions>() ?? new();
        builder.Services.AddSingleton(limits).AddSingleton<Places>();
        builder.AddConnections();
        var tarpit = new Tarpit(limits);
        builder.Services.AddRateLimiter(options =>
        {
            options.OnRejected = async (context, stop) =>
            {
                const int status = StatusCodes.Status429TooManyRequests;
                context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait);
                if (PolicyOf(context.HttpContext) == SignIn) await tarpit.Hold(stop);
                await ComeBack(context.HttpContext, Problems.TextOf(status), status, wait);
            };
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => PolicyOf(http) switch
            {
                Api => Bucket($"{Api} {AskerOf(http).Key}", limits.ApiPerSecond, limits.ApiBurst),
                SignIn => Bucket($"{(IsToken(http) ? "token" : SignIn)} {AskerOf(http).Key}", limits.SignInPerSecond, limits.SignInBurst),
                _ => RateLimitPartition.GetNoLimiter("unlimited"),
            });
            // names for endpoints to carry
            foreach (var policy in (string[])[Api, SignIn]) options.AddPolicy(policy, _ => RateLimitPartition.GetNoLimiter(policy));
        });
    }

    /// <summary>The limits that the endpoint is under. None, for files of the console and health: they are sent as they lie
    /// there.</summary>
    public static string? PolicyOf(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName;

    /// <summary>Who signs in is not known yet, whatever session the browser has besides.</summary>
    public static Asker AskerOf(HttpContext http) => PolicyOf(http) != SignIn && SubjectOf(http) is { } subject
        ? new($"subject {subject}", true)
        : new($"address {AddressOf(http.Connection.RemoteIpAddress)}", false);

    public static string? SubjectOf(HttpContext http) => http.User.FindFirst("sub")?.Value;

    /// <summary>Of IPv6 the network: a customer of a provider has 2^64 addresses of one.</summary>
    public static string AddressOf(IPAddress? address) => address switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };

    /// <summary>A refusal that says when to come back.</summary>
    public static Task ComeBack(HttpContext http, Text text, int status, TimeSpan wait = default)
    {
        http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Problems.Of(text, status).ExecuteAsync(http);
    }

    private static bool IsToken(HttpContext http) => http.Request.Path.StartsWithSegments("/connect/token");

    private static RateLimitPartition<string> Bucket(string client, int perSecond, int burst) =>
        RateLimitPartition.GetTokenBucketLimiter(client, _ => new()
        {
            TokenLimit = burst,
            TokensPerPeriod = Math.Max(1, perSecond / 10),
            ReplenishmentPeriod = TimeSpan.FromSeconds(perSecond >= 10 ? 0.1 : 1.0 / perSecond),
            QueueLimit = 0,
        });
}
