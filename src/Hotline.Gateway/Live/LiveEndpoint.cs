using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace Hotline.Gateway.Live;

public static class LiveEndpoint
{
    /// <summary>GET /api/live: Server-Sent Events of what changed, for the caller's role. Last-Event-ID catches up after a reconnect;
    /// a browser that had to open a new stream names it as lastEventId instead. Every 15 seconds without a change comes "alive",
    /// so that both ends notice a dead connection.</summary>
    public static void MapLive(this WebApplication app) =>
        app.MapGet("/api/live", async (HttpContext http, LiveFeed feed, IHostApplicationLifetime lifetime, Revocations revocations,
            [FromHeader(Name = "Last-Event-ID")] string? lastSeen, string? lastEventId, CancellationToken stop) =>
        {
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.CacheControl = "no-cache,no-store";
            http.Response.Headers["X-Accel-Buffering"] = "no";
            http.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
            // an open stream must not hold up a shutdown
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, lifetime.ApplicationStopping);
            using var watched = revocations.EndWith(http.User, either); // and ends with whoever listens
            try
            {
                await Write(http, feed.Listen(Caller.Of(http.User), string.IsNullOrEmpty(lastSeen) ? lastEventId : lastSeen, either.Token),
                    either.Token);
            }
            catch (OperationCanceledException) when (either.IsCancellationRequested) { } // the browser left, or this process ends
        }).Produces<string>(contentType: "text/event-stream").RequireAuthorization().RequireRateLimiting(Limits.Api);

    private static async Task Write(HttpContext http, IAsyncEnumerable<IReadOnlyList<StreamItem>> news, CancellationToken stop)
    {
        var body = http.Response.BodyWriter;
        await foreach (var items in news)
        {
            foreach (var item in items)
            {
                item.Bytes.CopyTo(body.GetSpan(item.Bytes.Length));
                body.Advance(item.Bytes.Length);
            }
            await body.FlushAsync(stop);
        }
    }
}
