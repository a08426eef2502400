using System.Text.Json.Nodes;

namespace Hotline.EndToEnd.Tests.Security;

/// <summary>An operation of the API documents.</summary>
/// <param name="Query">Names of its query parameters.</param>
/// <param name="Body">Schema of its body; none = it takes none.</param>
/// <param name="ContentType">Of its body.</param>
public sealed record Operation(
    string Service, string Method, string Path, IReadOnlyList<string> Query, JsonNode? Body, string ContentType, JsonNode Document)
{
    public string Name => $"{Method} {Path}";

    /// <summary>Of all services, as the gateway gives them out.</summary>
    public static async Task<IReadOnlyList<Operation>> All(HttpClient gateway)
    {
        var operations = new List<Operation>();
        foreach (var service in PlatformServices.BehindTheGateway)
        {
            var document = JsonNode.Parse(await gateway.GetStringAsync($"/openapi/{service}.json"))!;
            foreach (var (path, item) in document["paths"]!.AsObject())
            {
                foreach (var (method, operation) in item!.AsObject().Where(o => o.Key is "get" or "post" or "put" or "patch" or "delete"))
                {
                    var query = operation!["parameters"]?.AsArray().Where(p => p!["in"]?.ToString() == "query")
                        .Select(p => p!["name"]!.ToString()).ToArray() ?? [];
                    var content = operation["requestBody"]?["content"]?.AsObject();
                    operations.Add(new(service, method.ToUpperInvariant(), path.TrimEnd('/'), query,
                        content?["application/json"]?["schema"],
                        content?.ContainsKey("application/json") == false ? content.First().Key : "application/json", document));
                }
            }
        }
        operations.Count.ShouldBeGreaterThan(50);
        return [.. operations.OrderBy(o => o.Path, StringComparer.Ordinal).ThenBy(o => o.Method, StringComparer.Ordinal)];
    }

    /// <summary>A schema, or what its reference points to.</summary>
    public JsonNode Resolve(JsonNode schema)
    {
        while (schema["$ref"]?.ToString() is { } reference) schema = Document["components"]!["schemas"]![reference.Split('/')[^1]]!;
        return (schema["oneOf"] ?? schema["anyOf"])?.AsArray().FirstOrDefault(s => s!["type"]?.ToString() != "null") is { } choice
            ? Resolve(choice) : schema;
    }
}
