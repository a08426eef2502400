namespace Hotline.Gateway;

public static class PlainPaths
{
    /// <summary>A path that one server reads otherwise than the next is nobody's: with an empty segment, a backslash, or what is still
    /// encoded as a slash or a backslash. Nor is this a proxy to elsewhere (CONNECT).</summary>
    public static void UsePlainPaths(this WebApplication app) => app.Use((http, next) =>
        HttpMethods.IsConnect(http.Request.Method) ? Refuse(http, StatusCodes.Status405MethodNotAllowed)
        : IsPlain(http.Request.Path.Value ?? "") ? next(http)
        : Refuse(http, StatusCodes.Status404NotFound));

    private static Task Refuse(HttpContext http, int status) => Problems.Of(Problems.TextOf(status), status).ExecuteAsync(http);

    private static bool IsPlain(string path) =>
        !path.Contains("//", StringComparison.Ordinal) && !path.Contains('\\') && !path.Contains("%2f", StringComparison.OrdinalIgnoreCase)
        && !path.Contains("%5c", StringComparison.OrdinalIgnoreCase) && !path.Any(char.IsControl);
}
