using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hotline.Wire;

/// <summary>A value of a body that is none of those wanted.</summary>
/// <param name="wanted">What would be.</param>
public sealed class UnreadableValueException(Text wanted) : JsonException(wanted.En)
{
    /// <summary>What would be right.</summary>
    public Text Wanted { get; } = wanted;
}

/// <summary>The JSON of all APIs and events: camelCase, enums as camelCase words, each field once, days as yyyy-MM-dd, times with their
/// zone.</summary>
public static class JsonFormat
{
    private static readonly Text NumberWanted = new("number.invalid", "须为数字", "must be a number");

    /// <summary>Sets it up.</summary>
    public static JsonSerializerOptions Configure(this JsonSerializerOptions json)
    {
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        json.Converters.Add(new Day());
        json.Converters.Add(new Time());
        json.Converters.Add(new Amount());
        json.NumberHandling = JsonNumberHandling.Strict;
        json.AllowDuplicateProperties = false;
        json.MaxDepth = 16;
        return json;
    }

    /// <summary>80 and 80.00 are one amount and one text: as somebody sent it, and as the database gives it back.</summary>
    private sealed class Amount : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType is JsonTokenType.Number && reader.TryGetDecimal(out var number) ? number
                : throw new UnreadableValueException(NumberWanted);

        // divided by one of the highest scale, a decimal loses its closing zeros
        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value / 1.0000000000000000000000000000m);
    }

    private sealed class Day : JsonConverter<DateOnly>
    {
        public override DateOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType is JsonTokenType.String && LocalTime.ReadDay(reader.GetString()) is { } day ? day
                : throw new UnreadableValueException(LocalTime.DayWanted);

        public override void Write(Utf8JsonWriter writer, DateOnly value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    private sealed class Time : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType is JsonTokenType.String && LocalTime.ReadTime(reader.GetString()) is { } time ? time
                : throw new UnreadableValueException(LocalTime.TimeWanted);

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value);
    }
}
