using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hotline.Wire;

/// <summary>Something changed. Ids only: whoever may know more asks the API.</summary>
/// <param name="Id">Position in the stream; a browser that reconnects names the last one it saw.</param>
/// <param name="Kind">The event, for example orderAccepted; resync = more was missed than is kept, load anew.</param>
/// <param name="At">When it happened, UTC.</param>
/// <param name="Ids">Whom it concerns, by the event's own names, for example requestId.</param>
[JsonConverter(typeof(LiveItemFormat))]
public sealed record LiveItem(string Id, string Kind, DateTimeOffset At, IReadOnlyDictionary<string, Guid> Ids) : Shown
{
    public Guid? RequestId => Named("requestId");

    public Guid? OrderId => Named("orderId");

    public Guid? VendorId => Named("vendorId");

    public Guid? FollowUpId => Named("followUpId");

    private Guid? Named(string name) => Ids.TryGetValue(name, out var id) ? id : null;
}

/// <summary>The ids stand beside the rest: {"id":"7","kind":"orderAccepted","requestId":"…","orderId":"…","at":"…"}.</summary>
public sealed class LiveItemFormat : JsonConverter<LiveItem>
{
    public override LiveItem Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var (id, kind, at, ids) = ("", "", DateTimeOffset.MinValue, new Dictionary<string, Guid>());
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (name == "id") id = reader.GetString() ?? "";
            else if (name == "kind") kind = reader.GetString() ?? "";
            else if (name == "at") at = reader.GetDateTimeOffset();
            else if (reader.TokenType is JsonTokenType.String && reader.TryGetGuid(out var concerned)) ids[name] = concerned;
            else reader.Skip(); // of a newer release
        }
        return new(id, kind, at, ids);
    }

    public override void Write(Utf8JsonWriter writer, LiveItem value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("id", value.Id);
        writer.WriteString("kind", value.Kind);
        foreach (var (name, concerned) in value.Ids) writer.WriteString(name, concerned);
        writer.WriteString("at", value.At);
        writer.WriteEndObject();
    }
}
