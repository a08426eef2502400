using System.Text;
using System.Text.Json;

namespace Hotline.Tools.Shared;

/// <summary>Calls the platform's API with a token, as an outside client would. It hands on every answer as it came, refusals and faults
/// too; one that tries again what fails for a moment has an HttpClient of <see cref="Patience"/>.</summary>
public sealed class Client(HttpClient http, Func<Task<string?>> token)
{
    public Task<Answer> Get(string path, params (string, string)[] headers) => Send(HttpMethod.Get, path, null, headers);

    public Task<Answer> Post(string path, object? body = null, params (string, string)[] headers) =>
        Send(HttpMethod.Post, path, Json(body), headers);

    public Task<Answer> Patch(string path, object body, params (string, string)[] headers) =>
        Send(HttpMethod.Patch, path, Json(body), headers);

    public Task<Answer> Put(string path, object? body = null) => Send(HttpMethod.Put, path, Json(body));

    public Task<Answer> Delete(string path) => Send(HttpMethod.Delete, path, null);

    /// <summary>Gets what must be there.</summary>
    /// <exception cref="PlatformException">The answer is not 200.</exception>
    public async Task<Answer> Read(string path) => (await Get(path)).Expect(200, HttpMethod.Get, path);

    /// <summary>Posts what must be taken.</summary>
    /// <param name="code">The status that the answer must have.</param>
    /// <exception cref="PlatformException">It has another.</exception>
    public async Task<Answer> Must(string path, object? body = null, int code = 200) =>
        (await Post(path, body)).Expect(code, HttpMethod.Post, path);

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
        return await Answer.Of(response);
    }
}
