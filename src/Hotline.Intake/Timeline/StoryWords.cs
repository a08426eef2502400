using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hotline.Catalogue;

namespace Hotline.Intake.Timeline;

/// <summary>A timeline entry in a reader's words.</summary>
public static partial class StoryWords
{
    private static readonly Dictionary<string, Text> Outcomes = new()
    {
        ["noAnswer"] = new("noAnswer", "无人接听", "no answer"),
        ["busy"] = new("busy", "占线", "busy"),
        ["wrongNumber"] = new("wrongNumber", "号码有误", "wrong number"),
        ["refused"] = new("refused", "拒绝回访", "refused"),
    };

    private static readonly Dictionary<string, Text> Fields = new()
    {
        ["name"] = new("name", "姓名", "name"),
        ["phone"] = new("phone", "电话", "phone"),
        ["area"] = new("area", "区域", "area"),
        ["address"] = new("address", "地址", "address"),
    };

    public static string TextOf(Entry entry)
    {
        if (Story.Of(entry.Kind) is not { } line) return entry.Kind;
        using var data = JsonDocument.Parse(entry.Data);
        return Field().Replace(Text.English ? line.En : line.Zh, field => Say(data.RootElement, field.Groups[1].Value)).TrimEnd();
    }

    private static string Say(JsonElement data, string field)
    {
        if (!data.TryGetProperty(field, out var value) || value.ValueKind is JsonValueKind.Null) return "";
        if (value.ValueKind is JsonValueKind.Number) return value.GetDecimal().ToString("0.##", CultureInfo.InvariantCulture);
        if (value.ValueKind is JsonValueKind.Array)
            return string.Join(Text.English ? ", " : "、", value.EnumerateArray().Select(f => f.ToString())
                .Select(f => Fields.TryGetValue(f, out var named) ? named.Say() : f));
        var text = value.ToString();
        if (field == "until" || field.EndsWith("At", StringComparison.Ordinal) || field.EndsWith("By", StringComparison.Ordinal))
            return value.GetDateTimeOffset().ToLocal().ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);
        if (field is ("before" or "categoryCode") && ServiceCatalogue.Current.Category(text) is { } category)
            return Text.English ? category.NameEn : category.Name;
        return field == "outcome" && Outcomes.TryGetValue(text, out var outcome) ? outcome.Say() : text;
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Field();
}
