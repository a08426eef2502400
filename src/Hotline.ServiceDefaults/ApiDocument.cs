using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Hotline.ServiceDefaults;

/// <summary>Marks a service that has an API document (/openapi/v1.json).</summary>
/// <param name="Service">Its name.</param>
public sealed record ApiDocument(string Service)
{
    internal Task Complete(OpenApiDocument document)
    {
        document.Info.Title = $"Hotline {Service}";
        document.Info.Version = "v1";
        document.Servers = []; // the gateway serves it: paths are relative to whoever asks
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["oauth2"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.OAuth2,
                Flows = new() { ClientCredentials = new() { TokenUrl = new("/connect/token", UriKind.Relative), Scopes = new Dictionary<string, string>() } },
            },
        };
        document.Security = [new() { [new OpenApiSecuritySchemeReference("oauth2", document)] = [] }];
        return Task.CompletedTask;
    }

    internal static Task Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        if (!string.Equals(context.Description.HttpMethod, "POST", StringComparison.OrdinalIgnoreCase)) return Task.CompletedTask;
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = "Idempotency-Key",
            In = ParameterLocation.Header,
            Description = "Up to 200 characters. The same key with the same body answers the same and does it once; with another body 422.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 200 },
        });
        return Task.CompletedTask;
    }
}

/// <summary>The OpenAPI document of a service.</summary>
public static class ApiDocuments
{
    /// <summary>Describes the service's endpoints.</summary>
    public static void AddApiDocument(this IHostApplicationBuilder builder, string service)
    {
        var marker = new ApiDocument(service);
        builder.Services.AddSingleton(marker);
        builder.Services.AddOpenApi(options =>
        {
            options.AddDocumentTransformer((document, _, _) => marker.Complete(document));
            options.AddOperationTransformer((operation, context, _) => ApiDocument.Complete(operation, context));
        });
    }
}
