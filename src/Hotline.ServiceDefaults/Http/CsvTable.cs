using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using FluentValidation;
using Hotline.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hotline.ServiceDefaults;

/// <summary>A column that a file may have.</summary>
/// <param name="Field">The field's name in the API, by which the column may be called.</param>
/// <param name="Chinese">What it may be called besides.</param>
/// <param name="Optional">It may be missing.</param>
public sealed record CsvColumn(string Field, string Chinese, bool Optional = false);

/// <summary>A line below the heading.</summary>
/// <param name="Line">In the file; the heading is line 1.</param>
/// <param name="Cells">By field; those of columns that are not there are missing.</param>
public sealed record CsvRow(int Line, IReadOnlyDictionary<string, string?> Cells)
{
    /// <summary>A cell, without blanks around it; null where there is no such column.</summary>
    public string? this[string field] => Cells.GetValueOrDefault(field);
}

/// <summary>What was read of a file of many things at once, all or none of which are taken.</summary>
/// <param name="Heading">What the file calls each field.</param>
/// <param name="Rows">The lines that could be read.</param>
/// <param name="Faults">What could not.</param>
public sealed record CsvTable(
    IReadOnlyDictionary<string, string> Heading, IReadOnlyList<CsvRow> Rows, IReadOnlyList<ImportFault> Faults)
{
    /// <summary>So many lines are taken within a request.</summary>
    public const int MostLines = 200;

    /// <summary>The code of a refusal because of faulty lines, which are beside it.</summary>
    public const string FaultyCode = "csv.faulty";

    private static readonly Text NotUtf8 = new("csv.not-utf8", "文件不是 UTF-8 编码，请另存为“CSV UTF-8”",
        "The file is not UTF-8: save it as \"CSV UTF-8\"");
    private static readonly Text NoHeader = new("csv.header", "第一行须为表头：{0}", "The first line must be the header: {0}");
    private static readonly Text NoColumn = new("csv.header", "缺少列：{0}", "A column is missing: {0}");
    private static readonly Text Unknown = new("csv.header", "没有这个列：{0}；可用：{1}", "There is no such column: {0}; known are: {1}");
    private static readonly Text Again = new("csv.header", "列重复：{0}", "The column is there twice: {0}");
    private static readonly Text Count = new("csv.count", "列数不符：表头有 {0} 列，该行有 {1} 列",
        "The header has {0} columns, this line has {1}");
    private static readonly Text Malformed = new("csv.malformed", "该行格式有误，请检查引号", "This line cannot be read: check its quotes");
    private static readonly Text Empty = new("csv.empty", "文件中没有数据行", "There is no line below the header");
    private static readonly Text TooMany = new("csv.too-many", "一次最多导入 {0} 行", "At most {0} lines at once");
    private static readonly Text Same = new("csv.twice", "与第 {0} 行重复", "The same as in line {0}");
    private static readonly Text Faulty = new(FaultyCode, "文件有误，没有导入任何内容，请按逐行提示修改后重试",
        "Nothing was imported: correct the lines as the report says and try again");

    /// <summary>Reads the body of a request.</summary>
    public static async Task<CsvTable> Read(HttpRequest request, IReadOnlyList<CsvColumn> columns, CancellationToken stop)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, stop);
        return Read(body.ToArray(), columns);
    }

    /// <summary>Reads a file in UTF-8.</summary>
    public static CsvTable Read(byte[] file, IReadOnlyList<CsvColumn> columns)
    {
        try { return Read(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file).TrimStart('\uFEFF'), columns); }
        catch (DecoderFallbackException) { return Unreadable(new Dictionary<string, string>(), [new(1, null, null, NotUtf8.Say())]); }
    }

    /// <summary>Something is wrong with a cell.</summary>
    public ImportFault Fault(int line, string field, string message) => new(line, field, Heading.GetValueOrDefault(field), message);

    /// <summary>What the rules of an input find wrong with what a line gives.</summary>
    public IEnumerable<ImportFault> Check<T>(CsvRow row, IValidator<T> rules, T input) => rules.Validate(input).Errors
        .Select(e => Fault(row.Line, JsonNamingPolicy.CamelCase.ConvertName(e.PropertyName.Split('[', '.')[0]), e.ErrorMessage)).Distinct();

    /// <summary>The cells that say the same as one above them in their column.</summary>
    /// <param name="field">The column.</param>
    /// <param name="value">What a cell says; empty = nothing that could be said twice.</param>
    public IEnumerable<ImportFault> Twice(string field, Func<CsvRow, string?> value) =>
        Rows.Where(row => !string.IsNullOrEmpty(value(row))).GroupBy(value, StringComparer.OrdinalIgnoreCase)
            .SelectMany(same => same.Skip(1).Select(row => Fault(row.Line, field, Same.Say(same.First().Line))));

    /// <summary>400 with what is wrong, line by line.</summary>
    public static ProblemHttpResult Refuse(IEnumerable<ImportFault> faults) =>
        Problems.Of(Faulty, StatusCodes.Status400BadRequest, new() { ["lines"] = faults.OrderBy(f => f.Line).ToArray() });

    private static CsvTable Unreadable(IReadOnlyDictionary<string, string> heading, IReadOnlyList<ImportFault> faults) =>
        new(heading, [], faults);

    private static CsvTable Read(string text, IReadOnlyList<CsvColumn> columns)
    {
        var bad = false;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        { TrimOptions = TrimOptions.Trim, BadDataFound = _ => bad = true, MissingFieldFound = null, HeaderValidated = null };
        using var csv = new CsvReader(new StringReader(text), configuration);
        string[] header = csv.Read() && csv.ReadHeader() ? csv.HeaderRecord ?? [] : [];
        var fields = header.Select(column => FieldOf(column, columns)).ToArray();
        var heading = fields.Zip(header).Where(c => c.First is not null).DistinctBy(c => c.First)
            .ToDictionary(c => c.First!, c => c.Second);
        if (HeaderFaults(header, fields, columns).ToArray() is { Length: > 0 } wrong)
            return Unreadable(heading, [.. wrong.Select(message => new ImportFault(1, null, null, message))]);

        var (rows, faults) = (new List<CsvRow>(), new List<ImportFault>());
        while (csv.Read())
        {
            var (line, cells) = (csv.Parser.RawRow, csv.Parser.Count);
            if (bad) faults.Add(new(line, null, null, Malformed.Say()));
            else if (cells != header.Length) faults.Add(new(line, null, null, Count.Say(header.Length, cells)));
            else rows.Add(new(line, fields.Index().ToDictionary(f => f.Item!, f => csv.GetField(f.Index))));
            bad = false;
        }
        if (rows.Count == 0 && faults.Count == 0) faults.Add(new(1, null, null, Empty.Say()));
        return rows.Count <= MostLines ? new(heading, rows, faults)
            : Unreadable(heading, [.. faults, new(rows[MostLines].Line, null, null, TooMany.Say(MostLines))]);
    }

    private static string? FieldOf(string column, IReadOnlyList<CsvColumn> columns) => columns.FirstOrDefault(c =>
        string.Equals(c.Field, column, StringComparison.OrdinalIgnoreCase) || c.Chinese == column)?.Field;

    private static IEnumerable<string> HeaderFaults(string[] header, string?[] fields, IReadOnlyList<CsvColumn> columns)
    {
        var all = string.Join(',', columns.Select(c => c.Field)) + " / " + string.Join(',', columns.Select(c => c.Chinese));
        if (fields.All(f => f is null)) return [NoHeader.Say(all)];
        return header.Where((_, i) => fields[i] is null).Select(column => Unknown.Say(column, all))
            .Concat(header.Where((_, i) => fields[i] is { } field && Array.IndexOf(fields, field) < i).Select(column => Again.Say(column)))
            .Concat(columns.Where(c => !c.Optional && !fields.Contains(c.Field)).Select(c => NoColumn.Say($"{c.Field} ({c.Chinese})")));
    }
}
