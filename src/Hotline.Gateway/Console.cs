namespace Hotline.Gateway;

/// <summary>Marks the endpoint that serves the console's page.</summary>
public sealed record ConsolePage;

public static class Console
{
    // paths of the gateway and of services; an unknown one below them is a 404, not the console
    private static readonly string[] Others = ["api", "session", "connect", "account", "openapi", "docs", "health", "alive", "_framework", "_content"];

    /// <summary>The web console: its files, compressed and, where their names carry a hash, kept for ever; its page for every path that is nobody else's.</summary>
    public static void MapConsole(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapFallbackToFile($"{{*path:nonfile:regex(^(?!({string.Join('|', Others)})(/|$)).*$)}}", "index.html",
            new() { OnPrepareResponse = context => context.Context.Response.Headers.CacheControl = "no-cache" }).AllowAnonymous().WithMetadata(new ConsolePage());
    }
}
