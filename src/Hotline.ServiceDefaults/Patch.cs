using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
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
        try
        {
            var given = await http.Request.ReadFromJsonAsync<JsonObject>(json, http.RequestAborted) ?? throw new JsonException("null");
            var fields = given.Deserialize<T>(json)!;
            var merges = http.Request.ContentType!.StartsWith(BodyFormat.MergePatch, StringComparison.OrdinalIgnoreCase);
            var known = json.GetTypeInfo(typeof(T)).Properties.Select(p => p.Name);
            return new(fields, known.Where(name => merges && given.ContainsKey(name) && given[name] is null).ToHashSet());
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
