using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Hotline.ServiceDefaults;

/// <summary>Marks a service that has an API document (/openapi/v1.json), from which vendors' systems are built.</summary>
/// <param name="Service">Its name.</param>
public sealed record ApiDocument(string Service)
{
    /// <summary>What each tag is about; an endpoint with another one fails the lint.</summary>
    private static readonly Dictionary<string, string> Tags = new()
    {
        ["Requests"] = "Citizens' requests: registered by the desk or the telephone system, followed until closed.",
        ["Catalogue"] = "Categories of service, and streets and towns.",
        ["Matching"] = "Which vendors fit a request, best first.",
        ["Orders"] = "A request offered to a vendor, from the desk's side.",
        ["Vendor"] = "What a vendor's own system calls: its orders, its profile, what citizens said.",
        ["Follow-ups"] = "Callbacks to citizens after an order ended.",
        ["Vendors"] = "Companies of the alliance: application, admission, profile, contract.",
        ["Scores"] = "How vendors do, and why.",
        ["Sanctions"] = "Warnings, suspensions and terminations.",
        ["Credentials"] = "Access for vendors' systems and people.",
        ["Staff"] = "Accounts of the desk's people.",
        ["Own account"] = "Who is signed in, and where.",
        ["Systems"] = "Credentials of other systems.",
        ["Notifications"] = "What wants whoever registered a request or follows it.",
        ["Calls"] = "What telephone systems tell, calls, whom we owe one, and their figures.",
        ["Seats"] = "Who takes calls at which extension, and what each seat does.",
        ["Staffing"] = "Seats and lines that expected calls need.",
        ["Figures"] = "Numbers of a day or of a span of days, in all or row by row.",
        ["Access log"] = "Who saw which citizen in full.",
        ["Operations"] = "Health, queues and books, for those who run the platform.",
    };

    internal Task Complete(OpenApiDocument document)
    {
        document.Info = new()
        {
            Title = $"Hotline {Service}",
            Version = "v1",
            Description = "JSON in UTF-8; times are RFC 3339 with their zone; amounts are CNY. Refusals are problem details (RFC 9457) "
                + "with a stable code, in Chinese or, with Accept-Language: en, in English. Lists take limit and cursor.",
            License = new() { Name = "All rights reserved", Identifier = "LicenseRef-All-Rights-Reserved" },
        };
        document.Servers = [new() { Url = "/", Description = "The gateway that serves this document" }];
        document.Tags = document.Tags?.Select(t => t.Name!).Order(StringComparer.Ordinal)
            .Select(name => new OpenApiTag { Name = name, Description = Tags.GetValueOrDefault(name) }).ToHashSet();
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["oauth2"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.OAuth2,
                Description = "For systems: a client id and secret give a token for half an hour.",
                Flows = new()
                {
                    ClientCredentials = new()
                    { TokenUrl = new("/connect/token", UriKind.Relative), Scopes = new Dictionary<string, string>() },
                },
            },
            ["session"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = "hotline.session",
                Description = "For people in a browser, signed in at /session/login; changes carry the header X-CSRF: 1.",
            },
        };
        document.Security = [new() { [new OpenApiSecuritySchemeReference("oauth2", document)] = [] },
            new() { [new OpenApiSecuritySchemeReference("session", document)] = [] }];
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas["Problem"] = ProblemSchema();
        return Task.CompletedTask;
    }

    internal static Task Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var changes = !HttpMethods.IsGet(context.Description.HttpMethod ?? "");
        operation.Parameters ??= [];
        if (metadata.OfType<TakesIfMatch>().Any())
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = "If-Match",
                In = ParameterLocation.Header,
                Description = "The ETag of what was seen, for example \"3\": where it changed meanwhile, 412. None or * = any version.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
        if (changes && metadata.OfType<TakesIdempotencyKey>().Any())
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = "Idempotency-Key",
                In = ParameterLocation.Header,
                Description = "1 to 200 visible characters. The same key with the same body has its effect once "
                    + "and answers what became of it; "
                    + "with another body 422.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 200 },
            });
        }
        operation.Responses ??= [];
        metadata.OfType<ExportsList>().FirstOrDefault()?.Describe(operation);
        foreach (var refusals in RefusalsOf(operation, metadata, changes).GroupBy(r => r.Status).OrderBy(r => r.Key))
        {
            operation.Responses[refusals.Key.ToString(CultureInfo.InvariantCulture)] =
                Response(refusals.Key, [.. refusals.SelectMany(r => r.Codes).Distinct()], context.Document!);
        }
        return Task.CompletedTask;
    }

    // our converters read and write them, of which the generator knows nothing
    internal static Task Complete(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        var type = context.JsonTypeInfo.Type;
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        (JsonSchemaType Type, string Format)? described = plain == typeof(DateTimeOffset) ? (JsonSchemaType.String, "date-time")
            : plain == typeof(DateOnly) ? (JsonSchemaType.String, "date")
            : plain == typeof(decimal) ? (JsonSchemaType.Number, "double") : null;
        if (described is not { } known) return Task.CompletedTask;
        schema.Type = plain == type ? known.Type : known.Type | JsonSchemaType.Null;
        schema.Format = known.Format;
        return Task.CompletedTask;
    }

    private static IEnumerable<Refusals> RefusalsOf(OpenApiOperation operation, IList<object> metadata, bool changes)
    {
        yield return new(400, "input.invalid");
        if (operation.RequestBody is not null) yield return new(400, "body.invalid-json");
        if (!metadata.OfType<IAllowAnonymous>().Any())
        {
            yield return new(401, "auth.required");
            yield return new(403, "vendor.terminated"); // whose token is good yet
        }
        if (metadata.OfType<IAuthorizeData>().Any(a => a.Policy is not null)) yield return new(403, "auth.forbidden");
        if (operation.Parameters?.Any(p => p.In is ParameterLocation.Path) is true) yield return new(404, "not-found");
        if (metadata.OfType<TakesIfMatch>().Any()) yield return new(412, "version.stale");
        if (changes)
        {
            yield return new(413, "body.too-large");
            yield return new(415, "body.media-type");
            if (metadata.OfType<TakesIdempotencyKey>().Any())
            {
                yield return new(400, "idempotency.key-invalid");
                yield return new(409, "version.contended");
                yield return new(422, "idempotency.key-reused");
            }
        }
        // a group's, too, of which those about a change are no GET's
        foreach (var own in metadata.OfType<Refusals>().Where(r => changes || r.Status != StatusCodes.Status409Conflict)) yield return own;
        yield return new(429, "rate.limited");
        yield return new(500, "server.error");
        yield return new(503, "service.unavailable", "service.overloaded");
        yield return new(504, "service.timeout");
    }

    private static OpenApiResponse Response(int status, string[] codes, OpenApiDocument document) => new()
    {
        Description = status switch
        {
            400 => "The input is not valid; errors names each faulty field",
            401 => "No valid token",
            403 => "The caller may not",
            404 => "Not found, or not the caller's",
            409 => "The present state forbids it",
            412 => "It changed since the version named in If-Match",
            413 => "The body is larger than 1 MiB",
            415 => "The body is not JSON in UTF-8",
            422 => "The Idempotency-Key belongs to another request",
            429 => "Too many requests; Retry-After says when to come back",
            503 or 504 => "Away for a moment; Retry-After says when to come back",
            _ => "A fault of the platform",
        },
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [ProblemWriter.MediaType] = new OpenApiMediaType
            {
                Schema = new OpenApiSchemaReference("Problem", document),
                Examples = codes.ToDictionary(code => code, code => (IOpenApiExample)new OpenApiExample { Value = Example(status, code) }),
            },
        },
    };

    private static JsonObject Example(int status, string code)
    {
        var example = new JsonObject
        {
            ["type"] = $"urn:hotline:{code}",
            ["status"] = status,
            ["code"] = code,
            ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
        };
        if (code == "input.invalid") example["errors"] = new JsonObject { ["caller.phone"] = new JsonArray("required") };
        return example;
    }

    private static OpenApiSchema ProblemSchema()
    {
        OpenApiSchema Word(string description) => new() { Type = JsonSchemaType.String, Description = description };
        return new()
        {
            Type = JsonSchemaType.Object,
            Description = "Problem details, RFC 9457.",
            Required = new HashSet<string> { "type", "status", "code", "traceId" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = Word("urn:hotline: and the code"),
                ["title"] = Word("What is wrong and what to do, in the caller's language"),
                ["status"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Integer,
                    Format = "int32",
                    Description = "As in the answer's first line",
                },
                ["code"] = Word("Stable; what a program decides by"),
                ["traceId"] = Word("By which the fault is found in the logs"),
                ["currentStatus"] = Word("With 409: the state that forbids it"),
                ["errors"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Description = "Messages by the field's path, for example caller.phone",
                    AdditionalProperties = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Array,
                        Items = new OpenApiSchema { Type = JsonSchemaType.String },
                    },
                },
            },
        };
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
            options.AddSchemaTransformer((schema, context, _) => ApiDocument.Complete(schema, context));
        });
    }
}
