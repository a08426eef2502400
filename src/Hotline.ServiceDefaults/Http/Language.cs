using Hotline.Wire;
using Microsoft.AspNetCore.Localization;
using Microsoft.Net.Http.Headers;

namespace Hotline.ServiceDefaults;

/// <summary>The two languages of answers. Chinese, in whatever script or region it is asked for, is zh-CN; whoever asks for neither gets
/// it too.</summary>
public static class Language
{
    private const string Chinese = "zh-CN", English = "en";

    // zh, and the codes by which browsers and phones name Mandarin, Cantonese, Wu and Min
    private static readonly string[] Sinitic = ["zh", "cmn", "yue", "wuu", "nan"];

    internal static void Add(IServiceCollection services) => services.AddRequestLocalization(options =>
    {
        options.SetDefaultCulture(Chinese).AddSupportedCultures(Chinese, English).AddSupportedUICultures(Chinese, English);
        options.RequestCultureProviders = [new CustomRequestCultureProvider(http =>
            Task.FromResult<ProviderCultureResult?>(new(Of(http.Request))))];
    });

    /// <summary>Answers in the caller's language, and says in which, and on what the answer depends.</summary>
    public static void UseLanguage(this IApplicationBuilder app)
    {
        app.UseRequestLocalization();
        app.Use((http, next) =>
        {
            http.Response.OnStarting(() =>
            {
                Describe(http);
                return Task.CompletedTask;
            });
            return next(http);
        });
    }

    /// <summary>zh-CN or en.</summary>
    private static string Of(HttpRequest request)
    {
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var asked)) return Chinese;
        return asked.Where(a => a.Quality is not 0).OrderByDescending(a => a.Quality ?? 1).Select(a => Spoken(a.Value.ToString()))
            .FirstOrDefault(l => l is not null) ?? Chinese;
    }

    private static string? Spoken(string tag) => tag.Split('-')[0].ToLowerInvariant() switch
    {
        English => English,
        var primary when Sinitic.Contains(primary) => Chinese,
        _ => null,
    };

    // what came through the gateway from a service has said it already
    private static void Describe(HttpContext http)
    {
        var headers = http.Response.Headers;
        var api = http.Request.Path.StartsWithSegments("/api")
            || http.Response.ContentType?.StartsWith(ProblemWriter.MediaType, StringComparison.Ordinal) is true;
        if (!api || headers.ContentLanguage.Count > 0) return;
        headers.ContentLanguage = Text.English ? English : Chinese;
        headers.Vary = "Accept-Language, Authorization, Cookie";
    }
}
