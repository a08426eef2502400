using System.Text.Json.Nodes;
using Scalar.AspNetCore;

namespace Hotline.Gateway;

public static class Docs
{
    private const string Client = "api-documents";

    /// <summary>How the services' own documents are read.</summary>
    public static void AddDocs(this WebApplicationBuilder builder) => builder.Services.AddHttpClient(Client).AddServiceDiscovery();

    /// <summary>/docs: the API reference on one page, served by ourselves; /openapi/hotline.json: the documents of all services as
    /// one.</summary>
    public static void MapDocs(this WebApplication app)
    {
        app.MapGet("/openapi/hotline.json", Merged).AllowAnonymous().RequireRateLimiting(Limits.Api);
        app.MapScalarApiReference("/docs", options =>
        {
            options.WithTitle("Hotline API").WithOpenApiRoutePattern("/openapi/{documentName}.json");
            // nothing that leads or sends elsewhere
            options.DisableDefaultFonts().HideDeveloperTools().DisableTelemetry().DisableAgent().DisableMcp().HideClientButton();
            options.OperationTitleSource = OperationTitleSource.Summary;
            options.AddDocuments(["hotline", .. Routes.Apis]);
        }).AllowAnonymous();
    }

    private static async Task<IResult> Merged(IHttpClientFactory clients, CancellationToken stop)
    {
        using var http = clients.CreateClient(Client);
        try
        {
            var documents = await Task.WhenAll(Routes.Apis.Select(async service =>
                (service, JsonNode.Parse(await http.GetStringAsync($"http://{service}/openapi/v1.json", stop))!.AsObject())));
            return TypedResults.Text(MergedDocument.Of(documents).ToJsonString(), "application/json");
        }
        catch (HttpRequestException)
        {
            return Problems.Of(Problems.TextOf(StatusCodes.Status503ServiceUnavailable), StatusCodes.Status503ServiceUnavailable);
        }
    }
}
