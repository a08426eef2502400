using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Hotline.EndToEnd.Tests;

/// <summary>Takes what services export over OTLP (http/protobuf), as a collector or the Aspire dashboard would.</summary>
public sealed class Collector : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<(string Signal, string Body)> _received = new();

    public Collector(int port)
    {
        Endpoint = $"http://127.0.0.1:{port}";
        _listener.Prefixes.Add($"{Endpoint}/");
        _listener.Start();
        _ = Task.Run(Take);
    }

    public string Endpoint { get; }

    /// <summary>Whether a service sent a signal (traces, metrics or logs) that holds all of these bytes, written as Latin-1 characters.</summary>
    public bool Has(string service, string signal, params string[] parts) =>
        _received.Any(r => r.Signal == signal && ServiceOf(r.Body) == service && parts.All(p => r.Body.Contains(p, StringComparison.Ordinal)));

    public void Dispose() => _listener.Close();

    private async Task Take()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try { context = await _listener.GetContextAsync(); }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException) { return; }
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            _received.Enqueue((context.Request.Url!.Segments[^1], Encoding.Latin1.GetString(body.ToArray())));
            context.Response.ContentType = "application/x-protobuf";
            context.Response.Close();
        }
    }

    // protobuf: the key "service.name" is followed by the tags and lengths of an AnyValue with a string
    private static string? ServiceOf(string body)
    {
        const string key = "service.name";
        var at = body.IndexOf(key, StringComparison.Ordinal) + key.Length;
        return at < key.Length || at + 4 > body.Length ? null : body.Substring(at + 4, Math.Min(body[at + 3], body.Length - at - 4));
    }
}
