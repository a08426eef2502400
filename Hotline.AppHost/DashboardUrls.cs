using Hotline.AppHost.Description;

namespace Hotline.AppHost;

/// <summary>The links of a service in the dashboard, in words.</summary>
internal static class DashboardUrls
{
    public static void Add(IResourceBuilder<ProjectResource> process, ServiceDescription service, RunOptions options)
    {
        if (!service.IsPublic)
        {
            process.WithUrlForEndpoint("http", url =>
                (url.DisplayText, url.DisplayLocation) = ("own address", UrlDisplayLocation.DetailsOnly));
            process.WithUrls(context => context.Urls.Add(new() { Url = Docs(options, service.Name), DisplayText = service.Title }));
            return;
        }
        process.WithUrls(context =>
        {
            context.Urls.Clear(); // an address that is not the public one is refused
            context.Urls.Add(new() { Url = options.PublicUrl.ToString(), DisplayText = "Console 控制台" });
            context.Urls.Add(new() { Url = Docs(options, ""), DisplayText = "API reference" });
            context.Urls.Add(new()
            {
                Url = new Uri(options.PublicUrl, PlatformDescription.HealthPath).ToString(),
                DisplayText = "Health",
                DisplayLocation = UrlDisplayLocation.DetailsOnly,
            });
        });
    }

    private static string Docs(RunOptions options, string service) => new Uri(options.PublicUrl, $"/docs/{service}").ToString();
}
