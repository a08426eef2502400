using System.Text.Json;

namespace Hotline.Wire;

/// <summary>The words that stand for enum values in APIs, events and rows: camelCase.</summary>
public static class EnumWords
{
    /// <summary>The word for a value.</summary>
    public static string ToWire<T>(this T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>The value for a word, or null where there is none.</summary>
    public static T? FromWire<T>(string? word) where T : struct, Enum =>
        Enum.GetValues<T>().Cast<T?>().FirstOrDefault(v => v!.Value.ToWire() == word);

    /// <summary>All words.</summary>
    public static string[] Words<T>() where T : struct, Enum => [.. Enum.GetValues<T>().Select(ToWire)];
}
