using Hotline.Wire;
using Microsoft.AspNetCore.Mvc;

namespace Hotline.ServiceDefaults;

/// <summary>Of which days figures are asked for, and narrowed to what.</summary>
/// <param name="Day">A day of the city; today if neither it nor a span is given.</param>
/// <param name="From">First day of a span; its last if only that is given.</param>
/// <param name="To">Last day of a span; part of it.</param>
/// <param name="Category">A service of the catalogue or a group.</param>
/// <param name="RegisteredBy">Who registered the request.</param>
public sealed record FigureQuery(
    [FromQuery(Name = "day")] DateOnly? Day, [FromQuery(Name = "from")] DateOnly? From, [FromQuery(Name = "to")] DateOnly? To,
    [FromQuery(Name = "areaCode")] string? AreaCode, [FromQuery(Name = "category")] string? Category,
    [FromQuery(Name = "registeredBy")] string? RegisteredBy, [FromQuery(Name = "dialledNumber")] string? DialledNumber)
{
    private const int MostDays = 366;
    private static readonly Text Either =
        new("figures.day-or-span", "day 不能与 from、to 同时使用", "Give either day, or from and to");
    private static readonly Text Turned = new("figures.turned", "结束日期不能早于开始日期", "The last day must not be before the first");
    private static readonly Text TooLong = new("figures.too-long", "最多 {0} 天", "At most {0} days");

    /// <summary>What is asked for; null where something is wrong with it.</summary>
    public FigureFilter? Read(TimeProvider clock, Faults faults)
    {
        var today = clock.GetUtcNow().ToLocalDay();
        var (from, to) = (Day ?? From ?? To ?? today, Day ?? To ?? From ?? today);
        if (Day is not null && (From ?? To) is not null) faults.Add("day", Either.Say());
        else if (to < from) faults.Add("to", Turned.Say());
        else if (to.DayNumber - from.DayNumber >= MostDays) faults.Add("to", TooLong.Say(MostDays));
        return faults.Any ? null : new(from, to, AreaCode, Category, RegisteredBy, DialledNumber);
    }
}

/// <summary>What figures are of.</summary>
/// <param name="From">First day of the city.</param>
/// <param name="To">Last day of the city; part of the span.</param>
public sealed record FigureFilter(
    DateOnly From, DateOnly To, string? AreaCode, string? Category, string? RegisteredBy, string? DialledNumber)
{
    /// <summary>For the parameters of <see cref="FigureColumns.Condition"/>.</summary>
    public object Values => new
    {
        begin = LocalTime.StartOf(From),
        end = LocalTime.StartOf(To.AddDays(1)),
        AreaCode,
        Category,
        RegisteredBy,
        DialledNumber,
    };
}

/// <summary>Where a table has what figures are told apart by.</summary>
/// <param name="At">The time that says of which day a row is.</param>
public sealed record FigureColumns(string At, string Area, string Category, string RegisteredBy, string DialledNumber)
{
    /// <summary>Which rows a figure counts.</summary>
    public string Condition(FigureFilter filter) => string.Join(" and ", (string[])[$"{At} >= @begin and {At} < @end",
        .. Only(filter.AreaCode, $"{Area} = @AreaCode"),
        .. Only(filter.Category, $"@Category in ({Category}, {GroupOfCategory})"),
        .. Only(filter.RegisteredBy, $"{RegisteredBy} = @RegisteredBy"),
        .. Only(filter.DialledNumber, $"{DialledNumber} = @DialledNumber")]);

    /// <summary>By what rows are told apart.</summary>
    public string Key(FigureGroup by) => by switch
    {
        FigureGroup.Day => $"({At} at time zone 'Asia/Shanghai')::date",
        FigureGroup.Hour => $"extract(hour from {At} at time zone 'Asia/Shanghai')",
        FigureGroup.Area => Area,
        FigureGroup.Group => GroupOfCategory,
        FigureGroup.Category => Category,
        FigureGroup.Operator => RegisteredBy,
        _ => DialledNumber,
    };

    private string GroupOfCategory => $"split_part({Category}, '.', 1)";

    private static string[] Only(string? value, string condition) => value is null ? [] : [condition];
}

/// <summary>Makes tables of figures.</summary>
public static class FigureTables
{
    private static readonly Text Unknown = new("figures.unknown", "未知", "unknown");
    private static readonly Text ByWanted = new("figures.by", "请指定 by，可用：{0}", "Give by: {0}");

    /// <summary>By what the figures are to be told apart; a missing or an unknown word is a fault.</summary>
    public static FigureGroup ReadGroup(string? by, Faults faults)
    {
        if (string.IsNullOrEmpty(by)) faults.Add("by", ByWanted.Say(string.Join(", ", EnumWords.Words<FigureGroup>())));
        return EnumWords.FromWire<FigureGroup>(faults.Word<FigureGroup>(by, "by")) ?? default;
    }

    /// <summary>A file of rows; the figures' own columns come after what the rows are of.</summary>
    public static ExportFile<T> File<T>(string code, string chinese, string english) where T : IFigureRow =>
        new ExportFile<T>(code, chinese, english).Words("代码", "Key", r => r.Key).Words("名称", "Name", r => r.Name, 24);

    /// <summary>A row for each group; days, hours and areas without anything have one too.</summary>
    /// <param name="found">What was counted, by its key; null = not known.</param>
    /// <param name="areas">Codes of all areas.</param>
    /// <param name="nameOf">What a code of the catalogue means.</param>
    /// <param name="row">Of a key, its name and what was counted, if anything.</param>
    public static FigureTable<TRow> Of<T, TRow>(
        FigureFilter filter, FigureGroup by, IReadOnlyList<T> found, Func<T, string?> key, IEnumerable<string> areas,
        Func<string, string?> nameOf, Func<string, string, T?, TRow> row) where T : class where TRow : IFigureRow
    {
        var counted = found.ToDictionary(f => Written(key(f)));
        string Written(string? value) => by is FigureGroup.Hour && value is not null ? value.PadLeft(2, '0') : value ?? "";
        string Named(string value) => value.Length == 0 ? Unknown.Say() : by switch
        {
            FigureGroup.Area or FigureGroup.Group or FigureGroup.Category => nameOf(value) ?? value,
            FigureGroup.Hour => $"{value}:00",
            _ => value,
        };
        IEnumerable<string> always = by switch
        {
            FigureGroup.Day => Enumerable.Range(0, filter.To.DayNumber - filter.From.DayNumber + 1)
                .Select(i => filter.From.AddDays(i).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
            FigureGroup.Hour => Enumerable.Range(0, 24).Select(hour => $"{hour:00}"),
            FigureGroup.Area => filter.AreaCode is { } only ? [only] : areas,
            _ => [],
        };
        var rows = always.Union(counted.Keys).Select(k => row(k, Named(k), counted.GetValueOrDefault(k)));
        var ordered = by is FigureGroup.Day or FigureGroup.Hour or FigureGroup.Area ? rows.OrderBy(r => r.Key, StringComparer.Ordinal)
            : rows.OrderByDescending(r => r.Count).ThenBy(r => r.Key, StringComparer.Ordinal);
        return new(filter.From, filter.To, by, [.. ordered]);
    }
}
