using System.Text.Json.Nodes;

namespace Hotline.Gateway;

/// <summary>The API documents of all services as one, for generators of clients. What two services call by the same name and mean
/// differently gets the service's name in front.</summary>
public static class MergedDocument
{
    private const string Schemas = "#/components/schemas/";

    /// <param name="documents">Of each service.</param>
    public static JsonObject Of(params IEnumerable<(string Service, JsonObject Document)> documents)
    {
        JsonObject? merged = null;
        foreach (var (service, document) in documents)
        {
            if (merged is null)
            {
                merged = document.DeepClone().AsObject();
                merged["info"]!["title"] = "Hotline";
                continue;
            }
            var own = Renamed(document, Different(merged, document).ToDictionary(name => name, name => Prefix(service) + name));
            Add(merged["paths"]!, own["paths"]);
            Add(merged["components"]!["schemas"]!, own["components"]?["schemas"]);
            var tags = merged["tags"]!.AsArray();
            foreach (var tag in own["tags"]?.AsArray() ?? [])
            {
                if (!tags.Any(t => t!["name"]!.ToString() == tag!["name"]!.ToString())) tags.Add(tag!.DeepClone());
            }
        }
        return merged ?? [];
    }

    // names that stand for something else there, or for something that refers to such a name
    private static HashSet<string> Different(JsonObject merged, JsonObject document)
    {
        var (known, own) = (merged["components"]!["schemas"]!.AsObject(), document["components"]?["schemas"]?.AsObject() ?? []);
        var shared = own.Where(s => known.ContainsKey(s.Key)).ToArray();
        var different = shared.Where(s => !JsonNode.DeepEquals(known[s.Key], s.Value)).Select(s => s.Key).ToHashSet();
        while (shared.FirstOrDefault(s => !different.Contains(s.Key) && References(s.Value)
            .Any(different.Contains)).Key is { } further) different.Add(further);
        return different;
    }

    private static JsonObject Renamed(JsonObject document, Dictionary<string, string> names)
    {
        var copy = document.DeepClone().AsObject();
        foreach (var reference in Nodes(copy).OfType<JsonObject>().Where(o => NameIn(o) is { } name && names.ContainsKey(name)).ToArray())
            reference["$ref"] = Schemas + names[NameIn(reference)!];
        if (copy["components"]?["schemas"] is not JsonObject schemas) return copy;
        foreach (var (name, other) in names)
        {
            var schema = schemas[name];
            schemas.Remove(name);
            schemas[other] = schema;
        }
        return copy;
    }

    private static IEnumerable<string> References(JsonNode? schema) => Nodes(schema).OfType<JsonObject>().Select(NameIn).OfType<string>();

    private static string? NameIn(JsonObject schema) =>
        schema["$ref"] is JsonValue value && value.ToString() is var reference && reference.StartsWith(Schemas, StringComparison.Ordinal)
            ? reference[Schemas.Length..] : null;

    private static IEnumerable<JsonNode> Nodes(JsonNode? node) => node switch
    {
        JsonObject fields => [node, .. fields.SelectMany(f => Nodes(f.Value))],
        JsonArray items => [node, .. items.SelectMany(Nodes)],
        null => [],
        _ => [node],
    };

    private static void Add(JsonNode merged, JsonNode? own)
    {
        foreach (var (name, value) in own?.AsObject() ?? []) merged[name] = value!.DeepClone();
    }

    // follow-up -> FollowUp
    private static string Prefix(string service) => string.Concat(service.Split('-')
        .Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
