using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Hotline.Gateway;

/// <summary>Open connections. Each belongs to its address until somebody signs in on it, then to that subject, and each of those has at
/// most a quarter of all. Beyond that the newest takes the place of the oldest: a stranger who opens connections without end loses them,
/// and never keeps others out.</summary>
public sealed class Connections(LimitOptions limits)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedList<Open>> _byOwner = [];
    private int _count;

    private sealed record Open(ConnectionContext Connection)
    {
        public string Owner { get; set; } = "";
    }

    public async Task Serve(ConnectionContext connection, ConnectionDelegate next)
    {
        var open = new Open(connection);
        connection.Items[typeof(Connections)] = open;
        Give(open, $"address {Limits.AddressOf((connection.RemoteEndPoint as System.Net.IPEndPoint)?.Address)}");
        try
        {
            await next(connection);
        }
        finally
        {
            lock (_lock) Remove(open);
        }
    }

    /// <summary>Somebody signed in on the connection.</summary>
    public void Know(HttpContext http, string subject)
    {
        var items = http.Features.GetRequiredFeature<IConnectionItemsFeature>().Items;
        if (items[typeof(Connections)] is Open open) Give(open, $"subject {subject}");
    }

    private void Give(Open open, string owner)
    {
        Open? oldest;
        lock (_lock)
        {
            if (open.Owner == owner) return;
            Remove(open);
            if (!_byOwner.TryGetValue(owner, out var mine)) _byOwner[owner] = mine = [];
            mine.AddLast(open);
            open.Owner = owner;
            _count++;
            var crowded = mine.Count > limits.Connections / 4 ? mine
                : _count > limits.Connections ? _byOwner.Values.MaxBy(o => o.Count) : null;
            oldest = crowded?.First!.Value;
            if (oldest is not null) Remove(oldest);
        }
        oldest?.Connection.Abort(new ConnectionAbortedException("gave way to a newer connection"));
    }

    private void Remove(Open open)
    {
        if (open.Owner.Length == 0) return;
        var mine = _byOwner[open.Owner];
        mine.Remove(open);
        if (mine.Count == 0) _byOwner.Remove(open.Owner);
        open.Owner = "";
        _count--;
    }
}

public static class ConnectionSetup
{
    public static void AddConnections(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Connections>();
        builder.Services.AddOptions<KestrelServerOptions>().Configure<Connections, LimitOptions>((kestrel, connections, limits) =>
        {
            // a service has 32 KiB and 100 headers of room; what we add must fit in, or a client's fault looks like the service's
            (kestrel.Limits.MaxRequestHeadersTotalSize, kestrel.Limits.MaxRequestHeaderCount) = (30 * 1024, 90);
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.UTF8; // what is none becomes U+FFFD: a foreign cookie locks nobody out
            kestrel.Limits.RequestHeadersTimeout = limits.ArrivesWithin;
            // kept from Kestrel: an answer that is taken with less than 240 bytes a second is cut, and YARP cuts one of which nothing is
            // taken for 30 seconds
            kestrel.ConfigureEndpointDefaults(listen => listen.Use(next => connection => connections.Serve(connection, next)));
        });
    }

    /// <summary>Tells connections of people and systems who signed in from those of strangers.</summary>
    public static void UseKnownConnections(this WebApplication app)
    {
        var connections = app.Services.GetRequiredService<Connections>();
        app.Use((http, next) =>
        {
            if (Limits.SubjectOf(http) is { } subject) connections.Know(http, subject);
            return next(http);
        });
    }
}
