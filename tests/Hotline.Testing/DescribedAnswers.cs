using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Hotline.Testing;

/// <summary>Compares every refusal that a test provokes with the service's API document: its status and its code must stand
/// there.</summary>
public sealed class DescribedAnswers(Lazy<Task<JsonNode>> document) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json") return response;
        // an unknown address, or a method that it does not take
        if (OperationOf(await document.Value, request) is not { } operation) return response;
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        if (await response.Content.ReadAsStringAsync(cancellationToken) is not { Length: > 0 } text) return response; // to a HEAD
        var code = JsonNode.Parse(text)?["code"]?.ToString();
        var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        if (code is not null && operation["responses"]?[status]?["content"]?["application/problem+json"]?["examples"]?[code] is null)
        {
            throw new InvalidOperationException($"{operation["operationId"]} answered {status} {code}, "
                + "which its description does not name: "
                + $"add .Refuses({status}, \"{code}\") to the endpoint");
        }
        return response;
    }

    private static JsonNode? OperationOf(JsonNode document, HttpRequestMessage request)
    {
        var method = request.Method == HttpMethod.Head ? "get" : request.Method.Method.ToLowerInvariant();
        var path = request.RequestUri!.AbsolutePath.TrimEnd('/');
        return document["paths"]!.AsObject().Where(p =>
            Regex.IsMatch(path, $"^{Regex.Replace(p.Key.TrimEnd('/'), @"\{[^}]+\}", "[^/]+")}$"))
            .OrderBy(p => p.Key.Count(c => c == '{')).Select(p => p.Value![method]).FirstOrDefault(o => o is not null);
    }
}
