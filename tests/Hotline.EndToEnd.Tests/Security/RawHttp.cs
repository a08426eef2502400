using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Hotline.EndToEnd.Tests.Security;

/// <summary>An answer as it came over the wire.</summary>
public sealed record RawAnswer(int Code, ILookup<string, string> Headers, string Body)
{
    public string? Location => Headers["location"].SingleOrDefault();

    /// <summary>The body as problem details.</summary>
    public JsonNode Problem()
    {
        Headers["content-type"].SingleOrDefault().ShouldStartWith("application/problem+json", customMessage: ToString());
        return Json();
    }

    /// <summary>The body, which may have come in a chunk: the lengths around it are left out.</summary>
    public JsonNode Json() => JsonNode.Parse(Body[Body.IndexOf('{')..(Body.LastIndexOf('}') + 1)])!;

    public override string ToString() => $"{Code} {Location} {Body}";
}

/// <summary>HTTP without a client that mends, resolves or refuses anything.</summary>
public static class RawHttp
{
    /// <summary>Sends a request to the gateway on a connection of its own and reads until it is closed; again, where other tests have just
    /// signed in from this address as often as one may.</summary>
    /// <param name="headers">Lines; Host is the platform's where none is given. Sent as UTF-8, or with <paramref name="encoding"/>.</param>
    public static Task<RawAnswer> Send(
        string method, string target, string[]? headers = null, string body = "", Encoding? encoding = null) =>
        Wait.For(async () => await SendOnce(method, target, headers, body, encoding) is { Code: not 429 } answer
            ? answer : null, "room to ask");

    private static async Task<RawAnswer> SendOnce(string method, string target, string[]? headers, string body, Encoding? encoding)
    {
        var lines = headers ?? [];
        if (!lines.Any(h => h.StartsWith("Host:", StringComparison.Ordinal))) lines = [$"Host: localhost:{Platform.Port}", .. lines];
        if (body.Length > 0) lines = [.. lines, $"Content-Length: {Encoding.UTF8.GetByteCount(body)}"];
        using var client = new TcpClient();
        var stop = TestContext.Current.CancellationToken;
        await client.ConnectAsync("127.0.0.1", int.Parse(Platform.Port, System.Globalization.CultureInfo.InvariantCulture), stop);
        var stream = client.GetStream();
        var request = $"{method} {target} HTTP/1.1\r\n{string.Join("\r\n", lines)}\r\nConnection: close\r\n\r\n{body}";
        await stream.WriteAsync((encoding ?? Encoding.UTF8).GetBytes(request), stop);
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer, stop);
        return Parse(Encoding.UTF8.GetString(answer.ToArray()));
    }

    public static RawAnswer Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        end.ShouldBeGreaterThan(0, $"no HTTP answer: {text}");
        var lines = text[..end].Split("\r\n");
        var headers = lines[1..].Select(l => l.Split(':', 2)).ToLookup(l => l[0].ToLowerInvariant(), l => l[1].Trim(' '));
        return new(int.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), headers, text[(end + 4)..]);
    }
}
