using Microsoft.Net.Http.Headers;

namespace Hotline.ServiceDefaults;

/// <summary>In what form a body may come: JSON in UTF-8, as it is. Other charsets would be misread or break the reader, compressed bodies
/// would not be understood.</summary>
public static class BodyFormat
{
    private const string Json = "application/json";

    /// <summary>A PATCH of this type (RFC 7396) removes the fields that are null.</summary>
    public const string MergePatch = "application/merge-patch+json";

    /// <summary>Answers 415 before a body is read.</summary>
    public static void UseBodyFormat(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var request = http.Request;
        if (!request.Path.StartsWithSegments("/api") || HttpMethods.IsGet(request.Method)) return next(http);
        if (request.Headers.ContentEncoding.ToString() is not ("" or "identity"))
        {
            http.Response.Headers.AcceptEncoding = "identity"; // RFC 7694: what would be understood
            return Refuse(http);
        }
        if (string.IsNullOrEmpty(request.ContentType)) return next(http);
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)) return Refuse(http);
        var json = type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase);
        var patch = HttpMethods.IsPatch(request.Method) && type.MediaType.Equals(MergePatch, StringComparison.OrdinalIgnoreCase);
        if (!json && !patch) return type.Suffix == "json" ? Refuse(http) : next(http); // other types are for the endpoint to take or not
        foreach (var parameter in type.Parameters.Where(p => p.Name.Equals("charset", StringComparison.OrdinalIgnoreCase)))
        {
            if (!HeaderUtilities.RemoveQuotes(parameter.Value).Equals("utf-8", StringComparison.OrdinalIgnoreCase)) return Refuse(http);
        }
        request.ContentType = patch ? MergePatch : Json; // the framework does not know a quoted charset
        return next(http);
    });

    private static Task Refuse(HttpContext http) =>
        Problems.Of(Problems.TextOf(StatusCodes.Status415UnsupportedMediaType), StatusCodes.Status415UnsupportedMediaType)
            .ExecuteAsync(http);
}
