using Scalar.AspNetCore;

namespace Hotline.Gateway;

public static class Docs
{
    /// <summary>/docs: the API reference of all services on one page, served by ourselves.</summary>
    public static void MapDocs(this WebApplication app)
    {
        app.MapScalarApiReference("/docs", options =>
        {
            options.WithTitle("Hotline API").WithOpenApiRoutePattern("/openapi/{documentName}.json");
            // nothing that leads or sends elsewhere
            options.DisableDefaultFonts().HideDeveloperTools().DisableTelemetry().DisableAgent().DisableMcp().HideClientButton();
            options.OperationTitleSource = OperationTitleSource.Summary;
            options.AddDocuments(Routes.Apis);
        }).AllowAnonymous();
    }
}
