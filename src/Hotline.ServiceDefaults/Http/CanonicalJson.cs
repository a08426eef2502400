using System.Globalization;
using System.Text.Json;

namespace Hotline.ServiceDefaults;

/// <summary>The same JSON is the same text, however it was written: members by name, no blanks, numbers and letters in one form (in the
/// manner of RFC 8785).</summary>
internal static class CanonicalJson
{
    /// <summary>The one form, or null where it is no JSON.</summary>
    public static byte[]? Of(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream)) Write(document.RootElement, writer);
            return stream.ToArray();
        }
        // the latter two: half a surrogate pair
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static void Write(JsonElement value, Utf8JsonWriter writer)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(member.Value, writer);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray()) Write(item, writer);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(value.GetString());
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(Number(value));
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    // 80, 80.0 and 8e1 are one number; what no decimal holds stays as it was written
    private static string Number(JsonElement value) => value.TryGetDecimal(out var number)
        ? number == 0 ? "0" : number.ToString("0.############################", CultureInfo.InvariantCulture)
        : value.GetRawText();
}
