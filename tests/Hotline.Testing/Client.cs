using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hotline.Testing;

/// <summary>An answer, with its body as JSON.</summary>
public sealed record Answer(HttpStatusCode Status, JsonNode Body, HttpResponseHeaders Headers, HttpContentHeaders Content)
{
    public int Code => (int)Status;

    public string Text(string field) => Body[field]?.ToString() ?? "";

    public Guid Id => Guid.Parse(Text("id"));

    public string? ETag => Headers.ETag?.Tag;

    public JsonNode[] Items => [.. Body["items"]!.AsArray().Select(i => i!)];

    /// <summary>What a 400 says of a field.</summary>
    public string Message(string field) => Body["errors"]?[field]?[0]?.ToString() ?? "";

    /// <summary>Fields that a 400 names.</summary>
    public string[] Faults => Body["errors"] is JsonObject errors ? [.. errors.Select(e => e.Key).Order()] : [];

    public override string ToString() => $"{Code} {Body.ToJsonString()}";
}

/// <summary>Calls an API with a token, as an outside client would.</summary>
public sealed class Client(HttpClient http, Func<Task<string?>> token)
{
    public Task<Answer> Get(string path, params (string, string)[] headers) => Send(HttpMethod.Get, path, null, headers);

    public Task<Answer> Post(string path, object? body = null, params (string, string)[] headers) =>
        Send(HttpMethod.Post, path, Json(body), headers);

    public Task<Answer> Patch(string path, object body, params (string, string)[] headers) =>
        Send(HttpMethod.Patch, path, Json(body), headers);

    public Task<Answer> Delete(string path) => Send(HttpMethod.Delete, path, null);

    /// <summary>Sends a body as it is.</summary>
    public Task<Answer> Raw(string path, string body, string contentType = "application/json", params (string, string)[] headers) =>
        Send(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, contentType), headers);

    /// <summary>Sends bytes as they are, with a content type that the framework would not write.</summary>
    public Task<Answer> Bytes(HttpMethod method, string path, byte[] body, string contentType, params (string, string)[] headers)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return Send(method, path, content, headers);
    }

    private static StringContent? Json(object? body) =>
        body is null ? null : new(JsonSerializer.Serialize(body, JsonSerializerOptions.Web), Encoding.UTF8, "application/json");

    /// <summary>Any method with any content.</summary>
    public async Task<Answer> Send(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (await token() is { } bearer) request.Headers.Authorization = new("Bearer", bearer);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new(response.StatusCode, text is ['{' or '[', ..] ? JsonNode.Parse(text)! : new JsonObject { ["text"] = text },
            response.Headers, response.Content.Headers);
    }
}
