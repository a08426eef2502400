using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Hotline.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;

namespace Hotline.Gateway.Live;

public static class LiveEndpoint
{
    /// <summary>GET /api/live: Server-Sent Events of what changed, for the caller's role. Last-Event-ID catches up after a reconnect; a browser that had to open a new
    /// stream names it as lastEventId instead. Every 15 seconds without a change comes "alive", so that both ends notice a dead connection.</summary>
    public static void MapLive(this WebApplication app) =>
        app.MapGet("/api/live", (HttpContext http, LiveFeed feed, TimeProvider clock, IHostApplicationLifetime lifetime,
            [FromHeader(Name = "Last-Event-ID")] string? lastSeen, string? lastEventId, CancellationToken stop) =>
        {
            http.Response.Headers["X-Accel-Buffering"] = "no";
            return TypedResults.ServerSentEvents(Items(feed, Caller.Of(http.User), string.IsNullOrEmpty(lastSeen) ? lastEventId : lastSeen, clock, lifetime.ApplicationStopping, stop));
        }).RequireAuthorization().RequireRateLimiting(Limits.Api);

    private static async IAsyncEnumerable<SseItem<string>> Items(
        LiveFeed feed, Caller caller, string? lastSeen, TimeProvider clock, CancellationToken stopping, [EnumeratorCancellation] CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, stopping); // an open stream must not hold up a shutdown
        await using var items = feed.Listen(caller, lastSeen, clock, either.Token).GetAsyncEnumerator(either.Token);
        while (true)
        {
            try { if (!await items.MoveNextAsync()) yield break; }
            catch (OperationCanceledException) { yield break; }
            yield return new(items.Current.Json, items.Current.Kind) { EventId = items.Current.Id is { Length: > 0 } id ? id : null, ReconnectionInterval = TimeSpan.FromSeconds(2) };
        }
    }
}
