using System.Text.Json.Serialization;

namespace Hotline.Tools.Shared;

/// <summary>A call as an operator writes it down. Made up: nobody in it exists, and at numbers that begin with 14, which carry data, nobody
/// answers.</summary>
public sealed record CitizensCall
{
    [JsonIgnore]
    public string Name { get; init; } = "演示市民";

    [JsonIgnore]
    public string Phone { get; init; } = "14500000001";

    public string Channel { get; init; } = "phone";

    public string DialledNumber { get; init; } = "12345";

    public object Caller => new { name = Name, phone = Phone };

    public string AreaCode { get; init; } = "330381001";

    public string Address { get; init; } = "瑞安广场东边三楼";

    /// <summary>What the operator types; null where the category is chosen.</summary>
    public string? Keyword { get; init; }

    public string? CategoryCode { get; init; }

    public string Description { get; init; } = "厨房下水道堵了";

    public string Urgency { get; init; } = "normal";
}
