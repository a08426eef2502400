using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Hotline.ServiceDefaults;

/// <summary>Which version a change is meant for: the header If-Match. An endpoint takes it as a parameter.</summary>
/// <param name="Tags">For example "3"; none or * = any version.</param>
public sealed record IfMatch(string? Tags) : IEndpointParameterMetadataProvider
{
    /// <summary>Reads the header.</summary>
    public static ValueTask<IfMatch?> BindAsync(HttpContext http, ParameterInfo parameter) =>
        ValueTask.FromResult<IfMatch?>(new(http.Request.Headers.IfMatch.ToString()));

    /// <summary>412 where another version is there; null where the change may go on.</summary>
    public Refusal? Refuses(int version) =>
        EntityTag.Allows(Tags, version) ? null : new(Problems.Stale, StatusCodes.Status412PreconditionFailed);

    /// <inheritdoc/>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new TakesIfMatch());
}

/// <summary>The endpoint heeds If-Match: its description says so.</summary>
internal sealed record TakesIfMatch;
