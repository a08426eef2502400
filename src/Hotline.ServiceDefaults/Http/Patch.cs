using System.Reflection;
using System.Text.Json;
using Hotline.Wire;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Hotline.ServiceDefaults;

/// <summary>The body of a PATCH: the fields that change. As application/merge-patch+json (RFC 7396) a field that is null is removed; as
/// application/json null is as good as absent,
/// as clients that send every field they know expect.</summary>
/// <param name="Fields">Those given; others are null.</param>
/// <param name="Removed">JSON names of those to be removed.</param>
public sealed record Patch<T>(T Fields, IReadOnlySet<string> Removed) : IEndpointParameterMetadataProvider where T : class
{
    private static readonly Text Required = new("field.not-removable", "不能删除", "cannot be removed");

    /// <summary>400 that names what would be removed but must stay; null where all that is removed may be.</summary>
    /// <param name="removable">JSON names of the fields that may be without a value.</param>
    public Refusal? Refuses(params string[] removable) => Removed.Except(removable).ToArray() is { Length: > 0 } kept
        ? Refusal.Invalid(kept.Select(field => (field, Required))) : null;

    /// <summary>Reads the body.</summary>
    public static async ValueTask<Patch<T>> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        if (!http.Request.HasJsonContentType()) throw new BadHttpRequestException("The body is not JSON",
            StatusCodes.Status415UnsupportedMediaType);
        var json = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        try
        {
            using var given = JsonDocument.Parse(body.ToArray(), new() { AllowDuplicateProperties = false, MaxDepth = json.MaxDepth });
            var fields = given.Deserialize<T>(json) ?? throw new JsonException("null");
            var merges = http.Request.ContentType!.StartsWith(BodyFormat.MergePatch, StringComparison.OrdinalIgnoreCase);
            var nulls = given.RootElement.EnumerateObject()
                .Where(f => merges && f.Value.ValueKind is JsonValueKind.Null).Select(f => f.Name);
            return new(fields, nulls.Intersect(json.GetTypeInfo(typeof(T)).Properties.Select(p => p.Name)).ToHashSet());
        }
        catch (JsonException e)
        {
            throw new BadHttpRequestException("The body cannot be read", e); // 400, as the framework does with other bodies
        }
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json", BodyFormat.MergePatch], typeof(T)));
}
