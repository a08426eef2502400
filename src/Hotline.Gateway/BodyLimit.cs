using Microsoft.AspNetCore.Http.Features;

namespace Hotline.Gateway;

public static class BodyLimit
{
    // more than anybody sends by mistake; beyond it the connection is cut
    private const long MostDiscarded = 64 * 1024 * 1024;

    /// <summary>Answers a body that is too large, and takes what the client is still sending:
    /// a client whose connection is cut never reads why.</summary>
    public static void UseBodyLimit(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (http.Request.ContentLength is not > Hotline.ServiceDefaults.ServiceDefaults.MaxBody)
        {
            await next(http);
            return;
        }
        var discard = http.Request.ContentLength <= MostDiscarded;
        if (discard && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MostDiscarded;
        await Problems.Of(Problems.TextOf(StatusCodes.Status413PayloadTooLarge), StatusCodes.Status413PayloadTooLarge).ExecuteAsync(http);
        if (discard) await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
    });
}
