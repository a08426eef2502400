using System.Threading.RateLimiting;

namespace Hotline.Gateway;

/// <summary>The places in which requests are served. Nobody gets one before the whole request is here and it is known who asks, and nobody
/// keeps one while an answer waits to be taken: so a place is held for as long as our own work takes, and a client that is slow or never
/// ends holds a connection and nothing else.</summary>
public sealed class Places(LimitOptions limits) : IAsyncDisposable
{
    private const int MostWaiting = 48; // of one asker

    private static readonly Text Overloaded =
        new("service.overloaded", "系统繁忙，请按 Retry-After 稍后再试", "Too much is going on: come back as Retry-After says");
    private static readonly Text TooManyStreams =
        new("live.too-many", "该账号同时打开的实时连接过多，请关闭一些页面", "This account has too many event streams open: close some pages");

    private readonly PartitionedRateLimiter<string> _signedIn = Pool(limits.Concurrent, waiting: limits.Concurrent);
    private readonly PartitionedRateLimiter<string> _anonymous = Pool(limits.ConcurrentAnonymous, waiting: MostWaiting);
    private readonly PartitionedRateLimiter<string> _streams = Each(limits.Streams, 0);
    private readonly RequestBodies _bodies = new(limits.ArrivesWithin);

    public async Task Serve(HttpContext http, RequestDelegate next)
    {
        if (Limits.PolicyOf(http) is null)
        {
            await next(http);
            return;
        }
        var asker = Limits.AskerOf(http);
        if (http.Request.Path.StartsWithSegments("/api/live"))
        {
            await Stream(http, asker, next);
            return;
        }
        using var body = await _bodies.Read(http, asker);
        if (body is null) return;
        using var place = await (asker.SignedIn ? _signedIn : _anonymous).AcquireAsync(asker.Key, 1, http.RequestAborted);
        if (!place.IsAcquired)
        {
            await Limits.ComeBack(http, Overloaded, StatusCodes.Status503ServiceUnavailable);
            return;
        }
        // whoever works for us has answered; how fast the client takes it is not our work any more
        http.Response.OnStarting(() =>
        {
            place.Dispose();
            return Task.CompletedTask;
        });
        await next(http);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var limiter in (PartitionedRateLimiter<string>[])[_signedIn, _anonymous, _streams]) await limiter.DisposeAsync();
        await _bodies.DisposeAsync();
    }

    // open as long as the page is: it has no place of those that work, and a stranger has none at all
    private async Task Stream(HttpContext http, Asker asker, RequestDelegate next)
    {
        using var stream = _streams.AttemptAcquire(asker.Key);
        if (asker.SignedIn && !stream.IsAcquired) await Limits.ComeBack(http, TooManyStreams, StatusCodes.Status429TooManyRequests);
        else await next(http);
    }

    // one asker's requests wait for that asker's own share first, so those who wait for a place are never many of one
    private static PartitionedRateLimiter<string> Pool(int places, int waiting) => PartitionedRateLimiter.CreateChained(
        Each(Math.Max(1, places / 2), MostWaiting),
        PartitionedRateLimiter.Create<string, string>(_ =>
            RateLimitPartition.GetConcurrencyLimiter("all", _ => new() { PermitLimit = places, QueueLimit = waiting })));

    private static PartitionedRateLimiter<string> Each(int permits, int waiting) => PartitionedRateLimiter.Create<string, string>(asker =>
        RateLimitPartition.GetConcurrencyLimiter(asker, _ => new() { PermitLimit = permits, QueueLimit = waiting }));
}
