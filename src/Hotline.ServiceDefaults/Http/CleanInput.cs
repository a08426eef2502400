using Hotline.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hotline.ServiceDefaults;

/// <summary>Control characters are in nobody's name, number or address: wherever they stand in a request, the field is named and nothing
/// of it reaches a parser, a header,
/// a log or SQL (PostgreSQL's text cannot hold a zero). In JSON, line breaks and tabs are text; there <see cref="Validation"/>
/// looks.</summary>
public static class CleanInput
{
    private static readonly Text BadForm =
        new("form.invalid", "表单字段过多、过长或格式有误", "The form has too many fields, too long ones, or is not well-formed");

    /// <summary>Looks at path, query, headers, cookies and forms of every request, signed in or not.</summary>
    public static void UseCleanInput(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        var found = Faulty(http.Request);
        var text = Problems.Invalid;
        // bodies of the API are JSON; a form there is refused unread
        if (found is null && http.Request.HasFormContentType && !http.Request.Path.StartsWithSegments("/api"))
        {
            if (await Form(http) is not { } form) text = BadForm;
            else found = Faulty(form.SelectMany(f => f.Value.Select(v => (f.Key, v))));
        }
        if (found is null && text == Problems.Invalid) await next(http);
        else await Refused(http, text, found).ExecuteAsync(http);
    });

    private static string? Faulty(HttpRequest request) =>
        Faulty(request.RouteValues.Select(v => (v.Key, v.Value?.ToString())))
        ?? (Has(request.Path.Value) ? "path" : null)
        ?? Faulty(request.Query.SelectMany(q => q.Value.Select(v => (q.Key, v))))
        ?? Faulty(request.Headers.SelectMany(h => h.Value.Select(v => (h.Key, v?.Replace('\t', ' ')))))
        ?? Faulty(request.Cookies.Select(c => (c.Key, (string?)c.Value)));

    private static string? Faulty(IEnumerable<(string Name, string? Value)> fields) =>
        fields.Where(f => Has(f.Name) || Has(f.Value)).Select(f => new string([.. f.Name.Where(c => !char.IsControl(c))])).FirstOrDefault();

    private static bool Has(string? text) => text is not null && text.Any(char.IsControl);

    // null: more, longer or otherwise than a form may be (FormOptions: 1,024 fields, names of 2,048 characters)
    private static async Task<IFormCollection?> Form(HttpContext http)
    {
        try { return await http.Request.ReadFormAsync(http.RequestAborted); }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException
            && !http.RequestAborted.IsCancellationRequested)
        { return null; }
    }

    private static ProblemHttpResult Refused(HttpContext http, Text text, string? field)
    {
        var more = new Dictionary<string, object?>();
        if (field is not null) more["errors"] = new Dictionary<string, string[]> { [field] = [Validation.ControlCharacters.Say()] };
        // RFC 6749, section 5.2: what OAuth clients look for
        if (http.Request.Path.StartsWithSegments("/connect")) more["error"] = "invalid_request";
        return Problems.Of(text, StatusCodes.Status400BadRequest, more);
    }
}
