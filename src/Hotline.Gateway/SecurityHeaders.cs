namespace Hotline.Gateway;

public static class SecurityHeaders
{
    // The console is WebAssembly ('wasm-unsafe-eval' compiles it, and no script text), its components set style attributes, and a few icons
    // are data. The reference page needs inline script besides. Everything else, the sign-in page included, gets the strict policy.
    private const string Common = "default-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
    internal const string Console = $"{Common}; script-src 'self' 'wasm-unsafe-eval'; "
        + "style-src 'self' 'unsafe-inline'; img-src 'self' data:";
    private const string Reference = $"{Common}; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data: blob:; font-src 'self' data:";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            // the console's parts, no pages; what follows is for pages, and as long as a small part
            if (http.Request.Path.StartsWithSegments("/_framework")) return Task.CompletedTask;
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            if (headers.ContentSecurityPolicy.Count == 0)
                headers.ContentSecurityPolicy = http.Request.Path.StartsWithSegments("/docs") ? Reference : Common;
            if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
            // personal data stays out of caches
            if (http.Request.Path.StartsWithSegments("/api") && headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(http);
    });
}
