using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Hotline.Testing;

/// <summary>A span that no other led to: a trace begins with it.</summary>
/// <param name="Kind">1 internal, 2 server, 3 client, 4 producer, 5 consumer.</param>
public sealed record Root(string Service, string Name, long Kind);

/// <summary>Takes what services export over OTLP (http/protobuf), as a collector or the Aspire dashboard would.</summary>
public sealed class Collector : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<(string Signal, string Body)> _received = new();
    private readonly ConcurrentQueue<Root> _roots = new();

    public Collector(int port)
    {
        Endpoint = $"http://127.0.0.1:{port}";
        _listener.Prefixes.Add($"{Endpoint}/");
        _listener.Start();
        _ = Task.Run(Take);
    }

    public string Endpoint { get; }

    /// <summary>Whether a service sent a signal (traces, metrics or logs) that holds all of these bytes,
    /// written as Latin-1 characters.</summary>
    public bool Has(string service, string signal, params string[] parts) =>
        _received.Any(r => r.Signal == signal && ServiceOf(r.Body) == service
            && parts.All(p => r.Body.Contains(p, StringComparison.Ordinal)));

    /// <summary>How many exports of a service's signal have come.</summary>
    public int Count(string service, string signal) => _received.Count(r => r.Signal == signal && ServiceOf(r.Body) == service);

    /// <summary>The beginnings of all traces so far, oldest export first.</summary>
    public IReadOnlyList<Root> Roots() => [.. _roots];

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
            var received = (Signal: context.Request.Url!.Segments[^1], Body: Encoding.Latin1.GetString(body.ToArray()));
            _received.Enqueue(received);
            // at once: after an hour of tests there are too many to read them all for each look
            if (received.Signal == "traces") foreach (var root in RootsIn(received.Body)) _roots.Enqueue(root);
            context.Response.ContentType = "application/x-protobuf";
            context.Response.Close();
        }
    }

    private static IEnumerable<Root> RootsIn(string body) =>
        from resource in Protobuf.Fields(Encoding.Latin1.GetBytes(body)).Where(f => f.Number == 1)
        from scope in Protobuf.Fields(resource.Bytes).Where(f => f.Number == 2)
        from field in Protobuf.Fields(scope.Bytes).Where(f => f.Number == 2)
        let span = Protobuf.Fields(field.Bytes).ToLookup(f => f.Number)
        where !span[4].Any(parent => parent.Bytes.Length > 0) // no parent_span_id
        select new Root(ServiceOf(body)!, Encoding.UTF8.GetString(span[5].Single().Bytes), span[6].SingleOrDefault().Value);

    // protobuf: the key "service.name" is followed by the tags and lengths of an AnyValue with a string
    private static string? ServiceOf(string body)
    {
        const string key = "service.name";
        var at = body.IndexOf(key, StringComparison.Ordinal) + key.Length;
        return at < key.Length || at + 4 > body.Length ? null : body.Substring(at + 4, Math.Min(body[at + 3], body.Length - at - 4));
    }
}

/// <summary>As much of protobuf's wire format as finding spans takes.</summary>
internal static class Protobuf
{
    public readonly record struct Field(int Number, byte[] Bytes, long Value);

    public static IEnumerable<Field> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            var number = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0: yield return new(number, [], Varint(message, ref at)); break;
                case 1: at += 8; break;
                case 5: at += 4; break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    yield return new(number, message[at..(at + length)], 0);
                    at += length;
                    break;
                default: throw new InvalidDataException($"Wire type {tag & 7}");
            }
        }
    }

    private static long Varint(byte[] message, ref int at)
    {
        long value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var b = message[at++];
            value |= (long)(b & 0x7f) << shift;
            if (b < 0x80) return value;
        }
    }
}
