using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hotline.Wire;

/// <summary>An enum's value as its word, where nothing else is set up for enums: in the browser, which the framework's own converter would
/// cost 30 KB to load.</summary>
public sealed class EnumFormat<T> : JsonConverter<T> where T : struct, Enum
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        EnumWords.FromWire<T>(reader.GetString()) ?? throw new JsonException($"There is no such {typeof(T).Name}");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToWire());
}
