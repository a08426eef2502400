using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Hotline.Contracts;

namespace Hotline.Gateway.Live;

/// <summary>A change as it is sent, a Server-Sent Event: written once, however many look on. Its kind is in the data, not in a field of the
/// stream's own: a browser hears only those of its listeners, and would never hear of a new one.</summary>
/// <param name="item">What is sent.</param>
/// <param name="person">Whom alone it is for; null = everybody whose role it concerns.</param>
public sealed class StreamItem(LiveItem item, string? person = null)
{
    private static readonly JsonSerializerOptions Web = new JsonSerializerOptions(JsonSerializerDefaults.Web).Configure();
    private byte[]? _bytes;

    public LiveItem Item { get; } = item;

    public string? Person { get; } = person;

    public byte[] Bytes => _bytes ??= Encoding.UTF8.GetBytes(
        $"data: {JsonSerializer.Serialize(Item, Web)}\n{(Item.Id.Length > 0 ? $"id: {Item.Id}\n" : "")}retry: 2000\n\n");
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

    public StreamItem Read(string id, object message)
    {
        var ids = new Dictionary<string, Guid>();
        foreach (var (name, property) in _ids)
        {
            if (property.GetValue(message) is Guid value) ids[name] = value;
        }
        return new(new(id, _kind, (DateTimeOffset)_at.GetValue(message)!, ids), (message as IForPerson)?.Person);
    }
}
