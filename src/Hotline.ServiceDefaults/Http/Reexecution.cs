using Microsoft.AspNetCore.Http.Features;

namespace Hotline.ServiceDefaults;

/// <summary>Set as a feature by an endpoint that answers nothing itself: the answer is what GET of the address answers to this caller
/// now.</summary>
/// <param name="Path">An address of this service.</param>
/// <param name="Status">In place of 200.</param>
/// <param name="Location">Header of that name, if any.</param>
public sealed record AnswersAs(string Path, int Status, string? Location);

/// <summary>Requests that are answered by the endpoint of another method.</summary>
public static class Reexecution
{
    // what belonged to the request that was sent, not to the look at what became of it
    private static readonly string[] Others =
        ["Idempotency-Key", "If-Match", "If-None-Match", "Content-Type", "Content-Length", "Content-Encoding", "Transfer-Encoding"];

    /// <summary>HEAD where there is GET: the same headers, no body.</summary>
    public static void UseHead(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await next(http);
            return;
        }
        var body = http.Features.Get<IHttpResponseBodyFeature>()!;
        http.Request.Method = HttpMethods.Get;
        http.Response.Body = Stream.Null;
        try { await next(http); }
        finally
        {
            http.Features.Set(body);
            http.Request.Method = HttpMethods.Head;
        }
    });

    /// <summary>Runs the pipeline again, with who may see it and what is noted, where an endpoint set <see cref="AnswersAs"/>.</summary>
    public static void UseAnswersAs(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        await next(http);
        if (http.Features.Get<AnswersAs>() is not { } other) return;
        http.Features.Set<AnswersAs>(null);
        foreach (var header in Others) http.Request.Headers.Remove(header);
        http.SetEndpoint(null);
        http.Request.RouteValues.Clear();
        (http.Request.Method, http.Request.Path, http.Request.QueryString) = (HttpMethods.Get, other.Path, QueryString.Empty);
        http.Response.OnStarting(() =>
        {
            if (http.Response.StatusCode != StatusCodes.Status200OK) return Task.CompletedTask;
            http.Response.StatusCode = other.Status;
            if (other.Location is not null) http.Response.Headers.Location = other.Location;
            return Task.CompletedTask;
        });
        await next(http);
    });
}
