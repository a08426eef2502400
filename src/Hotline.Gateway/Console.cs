namespace Hotline.Gateway;

public static class Console
{
    // paths of the gateway and of services; an unknown one below them is a 404, not the console
    private static readonly string[] Others = ["api", "session", "connect", "account", "openapi", "docs", "health", "alive",
        "_framework", "_content"];

    /// <summary>The web console: its files, compressed and, where their names carry a hash, kept for ever;
    /// its page for every path that is nobody else's.</summary>
    public static void MapConsole(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        // of a path like /api.;x one cannot know whom it is meant for
        foreach (var path in (string[])["/", $"{{*path:nonfile:regex(^(?!({string.Join('|', Others)})([^a-z0-9-]|$))[a-z0-9].*$)}}"])
            app.MapFallbackToFile(path, "index.html", new() { OnPrepareResponse = context => Describe(context.Context.Response.Headers) })
                .AllowAnonymous();
    }

    private static void Describe(IHeaderDictionary headers)
    {
        headers.CacheControl = "no-cache"; // it names the files of this release
        headers.ContentSecurityPolicy = SecurityHeaders.Console;
    }
}
