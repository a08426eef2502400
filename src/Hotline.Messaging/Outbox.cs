using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using System.Threading.Channels;
using Hotline.Wire;
using Hotline.Wire.Operations;
using Npgsql;
using NpgsqlTypes;

namespace Hotline.Messaging;

/// <summary>Wakes the relay of this process. Rows that a crashed process left are found by the relay's slow poll.</summary>
public sealed class OutboxSignal
{
    private readonly Channel<bool> _raised =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There is something to relay.</summary>
    public void Raise() => _raised.Writer.TryWrite(true);

    /// <summary>Until raised, or for so long.</summary>
    public async Task Wait(TimeSpan atMost, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(atMost);
        try { await _raised.Reader.ReadAsync(limit.Token); }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested) { }
    }
}

/// <summary>The rows in which events wait for the relay.</summary>
public static class Outbox
{
    /// <summary>How events are written, in the outbox and hence on the wire.</summary>
    internal static readonly JsonSerializerOptions Json = new JsonSerializerOptions(JsonSerializerDefaults.Web).Configure();

    /// <summary>What waits now.</summary>
    public static async Task<OutboxState> State(NpgsqlDataSource database, CancellationToken stop) =>
        (await database.One<OutboxState>(
            "select count(*) as Rows, coalesce(extract(epoch from now() - min(at)), 0)::float8 as OldestSeconds from outbox", stop: stop))!;

    internal static NpgsqlBatchCommand Insert(IReadOnlyCollection<object> events) =>
        new("insert into outbox (message_id, type, body, traceparent) select m, t, b, $4 from unnest($1, $2, $3) as e(m, t, b)")
        {
            Parameters =
            {
                new() { Value = events.Select(_ => Guid.CreateVersion7()).ToArray() },
                new() { Value = events.Select(e => e.GetType().FullName!).ToArray() },
                new()
                {
                    Value = events.Select(e => JsonSerializer.Serialize(e, e.GetType(), Json)).ToArray(),
                    NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Json,
                },
                new() { Value = (object?)Activity.Current?.Id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            },
        };
}

/// <summary>The events that exist, by the name that an outbox row carries.</summary>
public sealed class EventTypes(Assembly contracts)
{
    private readonly Dictionary<string, Type> _types = In(contracts).ToDictionary(t => t.FullName!);

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<Type> All => _types.Values;

    /// <summary>The events of an assembly.</summary>
    public static IEnumerable<Type> In(Assembly contracts) =>
        contracts.GetExportedTypes().Where(t => t is { IsSealed: true, IsAbstract: false });

    /// <summary>An event, or the events that are what <typeparamref name="T"/> says.</summary>
    public static IEnumerable<Type> Of<T>() =>
        typeof(T).IsInterface ? In(typeof(T).Assembly).Where(typeof(T).IsAssignableFrom) : [typeof(T)];

    /// <summary>JSON names of the fields, of any event, that hold a citizen's words or say who he is
    /// (the contracts' CitizensWords).</summary>
    public string[] Words { get; } = [.. contracts.GetExportedTypes().SelectMany(t => t.GetProperties())
        .Where(p => p.CustomAttributes.Any(a => a.AttributeType.Name == "CitizensWordsAttribute"))
        .Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name)).Distinct().Order()];

    /// <summary>The type of that name.</summary>
    /// <exception cref="KeyNotFoundException">This release does not know it: the row waits for one that does.</exception>
    public Type this[string name] =>
        _types.TryGetValue(name, out var type) ? type : throw new KeyNotFoundException($"No event type {name}");

    /// <summary>The request that an event belongs to, by its property <c>RequestId</c>; null if it belongs to none.</summary>
    public static Guid? RequestOf(object message) => message.GetType().GetProperty("RequestId", typeof(Guid))?.GetValue(message) as Guid?;
}
