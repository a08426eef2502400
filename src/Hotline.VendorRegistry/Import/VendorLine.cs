using System.Globalization;
using System.Text.RegularExpressions;
using Hotline.Catalogue;
using Hotline.Wire.Vendors;

namespace Hotline.VendorRegistry.Import;

/// <summary>A line of a file of vendors, as an application gives it.</summary>
internal static partial class VendorLine
{
    internal static readonly CsvColumn[] Columns =
    [
        new("name", "企业名称"), new("phone", "电话"), new("contactName", "联系人", Optional: true),
        new("licenceNumber", "统一社会信用代码", Optional: true), new("services", "服务与价目"), new("coverage", "服务区域"),
        new("hours", "营业时间", Optional: true),
    ];

    private static readonly Text Service = new("service.unreadable", "看不懂“{0}”：请写成“管道疏通 80-150/次”，几项之间用分号",
        "\"{0}\" cannot be read: write it as \"drains.unclog-drain 80-150/job\", semicolons between several");
    private static readonly Text Category = new("category.unknown", "没有这个服务类别：{0}", "There is no such category: {0}");
    private static readonly Text Area = new("area.unknown", "没有这个区域：{0}", "There is no such area: {0}");
    private static readonly Text Hours = new("hours.unreadable", "请写成 08:00-20:00，全天营业则不填",
        "Write it as 08:00-20:00, or leave it empty for day and night");

    private static readonly ServiceCatalogue Catalogue = ServiceCatalogue.Current;

    private static readonly Dictionary<string, string> Categories = Catalogue.Groups.SelectMany(g => g.Leaves)
        .SelectMany(c => (IEnumerable<(string Name, string Code)>)[(c.Code, c.Code), (c.Name, c.Code), (c.NameEn, c.Code)])
        .GroupBy(c => c.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() == 1)
        .ToDictionary(g => g.Key, g => g.First().Code, StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, string> Areas = Catalogue.Areas.Append(Catalogue.City)
        .SelectMany(a => (IEnumerable<(string Name, string Code)>)[(a.Code, a.Code), (a.Name, a.Code)])
        .Append(("全市", Catalogue.City.Code)).DistinctBy(a => a.Item1).ToDictionary(a => a.Item1, a => a.Item2);

    /// <summary>The application.</summary>
    /// <param name="wrong">Called with the field and what cannot be read of it.</param>
    public static VendorInput Read(CsvRow row, Action<string, string> wrong) => new(
        row["name"], row["phone"], row["contactName"], row["licenceNumber"] is { Length: > 0 } licence ? licence : null,
        [.. Services(row["services"] ?? "", message => wrong("services", message))],
        [.. Coverage(row["coverage"] ?? "", message => wrong("coverage", message))],
        HoursOf(row["hours"] ?? "", message => wrong("hours", message)), null, null);

    private static IEnumerable<ServiceInput> Services(string cell, Action<string> wrong)
    {
        foreach (var part in cell.Split(';', '；', '\n').Select(p => p.Trim()).Where(p => p.Length > 0))
        {
            if (ServicePattern().Match(part) is not { Success: true, Groups: var g }) wrong(Service.Say(part));
            else if (Categories.GetValueOrDefault(g["what"].Value) is not { } code) wrong(Category.Say(g["what"].Value));
            else yield return new(code, Amount(g["from"].Value), Amount((g["to"].Success ? g["to"] : g["from"]).Value), g["unit"].Value);
        }
    }

    private static IEnumerable<string> Coverage(string cell, Action<string> wrong)
    {
        foreach (var part in cell.Split(';', '；', '、', '，', ',', ' ', '\n').Where(p => p.Trim().Length > 0))
        {
            if (Areas.GetValueOrDefault(part.Trim()) is { } code) yield return code;
            else wrong(Area.Say(part.Trim()));
        }
    }

    private static HoursInput? HoursOf(string cell, Action<string> wrong)
    {
        if (cell.Length == 0) return null;
        if (HoursPattern().Match(cell) is { Success: true, Groups: var g } && TimeOf(g["from"].Value) is { } from
            && TimeOf(g["to"].Value) is { } to) return new(from, to);
        wrong(Hours.Say());
        return null;
    }

    private static decimal? Amount(string digits) =>
        decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount : null;

    private static TimeOnly? TimeOf(string text) =>
        TimeOnly.TryParse(text.Replace('：', ':'), CultureInfo.InvariantCulture, out var time) ? time : null;

    [GeneratedRegex(@"^(?<what>[^0-9]*[^0-9\s:：])[\s:：]*(?<from>[0-9.]{1,12})(\s*[-–—~～至]\s*(?<to>[0-9.]{1,12}))?\s*元?\s*"
        + @"[/／每]\s*(?<unit>\S.*)$",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ServicePattern();

    [GeneratedRegex(@"^(?<from>[0-9]{1,2}[:：][0-9]{2})\s*[-–—~～至]\s*(?<to>[0-9]{1,2}[:：][0-9]{2})$", RegexOptions.ExplicitCapture)]
    private static partial Regex HoursPattern();
}
