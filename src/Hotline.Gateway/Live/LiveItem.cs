using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Hotline.Wire;

namespace Hotline.Gateway.Live;

/// <summary>Something changed. Ids only: whoever may know more asks the API.</summary>
/// <param name="Id">Position in the stream; a browser that reconnects names the last one it saw.</param>
/// <param name="Kind">The event, for example orderAccepted; resync = more was missed than is kept, load anew.</param>
/// <param name="At">When it happened, UTC.</param>
/// <param name="Ids">Whom it concerns, by the event's own names, for example requestId.</param>
public sealed record LiveItem(string Id, string Kind, DateTimeOffset At, IReadOnlyDictionary<string, Guid> Ids)
{
    private static readonly JsonSerializerOptions Web = new JsonSerializerOptions(JsonSerializerDefaults.Web).Configure();
    private byte[]? _wire;

    public Guid? VendorId => Ids.TryGetValue("vendorId", out var id) ? id : null;

    /// <summary>As it is sent, a Server-Sent Event: written once, however many look on. Its kind is in the data, not in a field of the
    /// stream's own: a browser hears only those of its listeners, and would never hear of a new one.</summary>
    public byte[] Wire => _wire ??= Encoding.UTF8.GetBytes(
        $"data: {JsonSerializer.Serialize(Data(), Web)}\n{(Id.Length > 0 ? $"id: {Id}\n" : "")}retry: 2000\n\n");

    private Dictionary<string, object> Data()
    {
        var data = new Dictionary<string, object> { ["id"] = Id, ["kind"] = Kind };
        foreach (var (name, id) in Ids) data[name] = id;
        data["at"] = At;
        return data;
    }
}

/// <summary>What the stream says of a type of event.</summary>
internal sealed class EventShape
{
    private static readonly ConcurrentDictionary<Type, EventShape> Known = new();
    private readonly string _kind;
    private readonly (string Name, PropertyInfo Property)[] _ids;
    private readonly PropertyInfo _at;

    private EventShape(Type type)
    {
        _kind = JsonNamingPolicy.CamelCase.ConvertName(type.Name);
        _ids = [.. type.GetProperties().Where(p => p.PropertyType == typeof(Guid) || p.PropertyType == typeof(Guid?))
            .Select(p => (JsonNamingPolicy.CamelCase.ConvertName(p.Name), p))];
        _at = type.GetProperty("At") ?? throw new InvalidOperationException($"{type.Name} does not say when it happened");
    }

    public static EventShape Of(Type type) => Known.GetOrAdd(type, t => new(t));

    public LiveItem Read(string id, object message)
    {
        var ids = new Dictionary<string, Guid>();
        foreach (var (name, property) in _ids)
        {
            if (property.GetValue(message) is Guid value) ids[name] = value;
        }
        return new(id, _kind, (DateTimeOffset)_at.GetValue(message)!, ids);
    }
}
