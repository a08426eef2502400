using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Hotline.ServiceDefaults;

/// <summary>An endpoint's parameter of this type says that its list is wanted as a file, of which it is asked page by page; null where one
/// page is wanted.</summary>
public sealed class Export
{
    /// <summary>Rows of the largest file.</summary>
    public const int MostRows = 100_000;

    /// <summary>Citizens in full: the file is noted in the access log as a whole. Only a supervisor gets so far.</summary>
    public bool Personal { get; private init; }

    /// <summary>The list is to be counted before its first row is written.</summary>
    internal bool Begins { get; set; } = true;

    public static ValueTask<Export?> BindAsync(HttpContext http) => ValueTask.FromResult(
        http.GetEndpoint()?.Metadata.GetMetadata<ExportsList>() is null ? null : new Export { Personal = IsPersonal(http) });

    internal static bool IsPersonal(HttpContext http) => bool.TryParse(http.Request.Query[ExportsList.Personal], out var full) && full;
}

/// <summary>How endpoints count a list.</summary>
public static class ExportCounts
{
    private const int MostCounted = 10_000;

    /// <summary>How many rows a list has; null where it is neither exported nor to be counted, or has more than 10,000 of which a page is
    /// wanted.</summary>
    /// <param name="count">Counts no further than to the number given.</param>
    /// <param name="wanted">A page was asked for with its total.</param>
    public static async Task<int?> Counted(this Export? export, Func<int, Task<int>> count, bool? wanted = null) =>
        export is { Begins: true } ? await count(Export.MostRows + 1)
            : wanted is true && await count(MostCounted + 1) is <= MostCounted and var total ? total : null;
}

/// <summary>Marks an endpoint that gives out a list as a file, with the parameters of the list but those of its pages.</summary>
/// <param name="OfCitizens">Citizens in full may be asked for.</param>
internal sealed record ExportsList(bool OfCitizens)
{
    public const string Format = "format", Personal = "personal";

    /// <summary>Parameters of a page.</summary>
    public static readonly string[] Inner = ["limit", "cursor", "count"];

    /// <summary>Parameters of the file.</summary>
    public (string Name, Type Type)[] Own =>
        [(Format, typeof(string)), .. OfCitizens ? ((string, Type)[])[(Personal, typeof(bool))] : []];

    public void Describe(OpenApiOperation operation)
    {
        operation.Parameters = [.. operation.Parameters?.Where(p => !Inner.Contains(p.Name ?? "")) ?? []];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = Format,
            In = ParameterLocation.Query,
            Description = "csv (default; UTF-8 with its mark, an apostrophe before texts that look like formulas) or xlsx; both with "
                + "headings and words in the caller's language and times on the city's clock",
            Schema = new OpenApiSchema
            { Type = JsonSchemaType.String, Enum = [.. ExportFormat.All.Select(f => JsonValue.Create(f.Name)!)] },
        });
        if (OfCitizens)
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = Personal,
                In = ParameterLocation.Query,
                Description = "true: citizens in full, for supervisors; noted in the access log",
                Schema = new OpenApiSchema { Type = JsonSchemaType.Boolean },
            });
        }
        operation.Responses!["200"] = new OpenApiResponse
        {
            Description = "The file; a connection that ends early brought no whole one",
            Content = ExportFormat.All.ToDictionary(f => f.MediaType.Split(';')[0], f => new OpenApiMediaType
            { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = f.Name == "csv" ? null : "binary" } }),
        };
    }
}
