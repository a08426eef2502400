using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Hotline.Tools.Shared;

/// <summary>An answer of the platform, with its body as JSON.</summary>
public sealed record Answer(HttpStatusCode Status, JsonNode Body, HttpResponseHeaders Headers, HttpContentHeaders Content)
{
    public int Code => (int)Status;

    public static async Task<Answer> Of(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return new(response.StatusCode, text is ['{' or '[', ..] ? JsonNode.Parse(text)! : new JsonObject { ["text"] = text },
            response.Headers, response.Content.Headers);
    }

    public JsonNode? this[string field] => Body[field];

    public string Text(string field) => Body[field]?.ToString() ?? "";

    public int Number(string field) => Body[field]!.GetValue<int>();

    public Guid Id => Guid.Parse(Text("id"));

    public string? ETag => Headers.ETag?.Tag;

    public JsonNode[] Items => [.. Body["items"]!.AsArray().Select(i => i!)];

    /// <summary>What a 400 says of a field.</summary>
    public string Message(string field) => Body["errors"]?[field]?[0]?.ToString() ?? "";

    /// <summary>Fields that a 400 names.</summary>
    public string[] Faults => Body["errors"] is JsonObject errors ? [.. errors.Select(e => e.Key).Order()] : [];

    /// <summary>Itself, where it is as it must be.</summary>
    /// <exception cref="PlatformException">It has another status.</exception>
    public Answer Expect(int code, HttpMethod method, string path) => Code == code ? this : throw new PlatformException(method, path, this);

    public override string ToString() => $"{Code} {Body.ToJsonString()}";
}
