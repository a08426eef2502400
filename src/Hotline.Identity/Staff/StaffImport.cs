using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using FluentValidation;
using Hotline.Identity.Audit;
using Hotline.Identity.Users;
using Hotline.Wire.Identity;

namespace Hotline.Identity.Staff;

/// <summary>Many accounts at once from a CSV file, all or none, with a report line by line.</summary>
public sealed class StaffImport(IValidator<StaffInput> rules, StaffStore staff, AccountChanges changes)
{
    /// <summary>A password's hash takes some 50 ms: this many are made within a request.</summary>
    private const int MostLines = 200;

    // a field, and what its column may be called besides
    private static readonly (string Field, string Chinese)[] Columns =
        [("username", "用户名"), ("name", "姓名"), ("staffNumber", "工号"), ("role", "角色")];

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
    private static readonly Text TooMany = new("csv.too-many", "一次最多导入 200 行", "At most 200 lines at once");
    private static readonly Text Twice = new("csv.twice", "与第 {0} 行重复", "The same as in line {0}");
    private static readonly Text Faulty = new("csv.faulty", "文件有误，未创建任何账号，请按逐行提示修改后重试",
        "Nothing was created: correct the lines as the report says and try again");

    private sealed record Row(int Line, StaffInput Input);

    // what was read of a file: its heading by field, and its lines
    private sealed record Sheet(IReadOnlyDictionary<string, string> Heading, IReadOnlyList<Row> Rows)
    {
        public ImportFault Fault(int line, string field, string message) => new(line, field, Heading.GetValueOrDefault(field), message);
    }

    /// <summary>Makes all accounts of the file, or says all that is wrong with which line.</summary>
    public async Task<Results<Created<ImportView>, ProblemHttpResult>> Run(byte[] file, Caller by, CancellationToken stop)
    {
        var unreadable = new List<ImportFault>();
        var sheet = Read(file, unreadable);
        return await changes.Run<Results<Created<ImportView>, ProblemHttpResult>>(async () =>
        {
            var faults = new List<ImportFault>(unreadable);
            foreach (var row in sheet.Rows) faults.AddRange([.. Check(row, sheet, by), .. await Conflicts(row, sheet)]);
            if (faults.Count > 0) return Refuse(faults);
            var made = new List<ImportedStaff>();
            foreach (var (line, input) in sheet.Rows.Select(r => (r.Line, r.Input)))
            {
                var password = Passwords.New();
                var member = await staff.Add(input.Username!, input.Name!.Trim(),
                    StaffPatches.Number(input.StaffNumber), input.Role!, password);
                await changes.Note(by, AuditActions.Imported, member.Id.ToString(), member.Username, $"role: {member.Role}");
                made.Add(new(line, member.Username, member.Name, member.StaffNumber, member.Role, password));
            }
            return TypedResults.Created("/api/staff", new ImportView(made.Count, made));
        }, stop);
    }

    private static ProblemHttpResult Refuse(IEnumerable<ImportFault> faults) =>
        Problems.Of(Faulty, StatusCodes.Status400BadRequest, new() { ["lines"] = faults.OrderBy(f => f.Line).ToArray() });

    private static Sheet Read(byte[] file, List<ImportFault> faults)
    {
        string text;
        try { text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file).TrimStart('\uFEFF'); }
        catch (DecoderFallbackException)
        {
            faults.Add(new(1, null, null, NotUtf8.Say()));
            return new(new Dictionary<string, string>(), []);
        }
        var bad = false;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        { TrimOptions = TrimOptions.Trim, BadDataFound = _ => bad = true, MissingFieldFound = null, HeaderValidated = null };
        using var csv = new CsvReader(new StringReader(text), configuration);
        string[] header = csv.Read() && csv.ReadHeader() ? csv.HeaderRecord ?? [] : [];
        var fields = header.Select(FieldOf).ToArray();
        faults.AddRange(HeaderFaults(header, fields).Select(message => new ImportFault(1, null, null, message)));
        var heading = fields.Zip(header).Where(c => c.First is not null).DistinctBy(c => c.First)
            .ToDictionary(c => c.First!, c => c.Second);
        if (faults.Count > 0) return new(heading, []);
        string? Cell(string field) => Array.IndexOf(fields, field) is >= 0 and var at ? csv.GetField(at) : null;
        var rows = new List<Row>();
        while (csv.Read())
        {
            var (line, cells) = (csv.Parser.RawRow, csv.Parser.Count);
            if (bad) faults.Add(new(line, null, null, Malformed.Say()));
            else if (cells != header.Length) faults.Add(new(line, null, null, Count.Say(header.Length, cells)));
            else rows.Add(new(line, new(Cell("username"), Cell("name"), Cell("staffNumber"), Cell("role"))));
            bad = false;
        }
        if (rows.Count == 0 && faults.Count == 0) faults.Add(new(1, null, null, Empty.Say()));
        if (rows.Count <= MostLines) return new(heading, rows);
        faults.Add(new(rows[MostLines].Line, null, null, TooMany.Say()));
        return new(heading, []);
    }

    private static string? FieldOf(string column) => Columns.FirstOrDefault(c =>
        string.Equals(c.Field, column, StringComparison.OrdinalIgnoreCase) || c.Chinese == column).Field;

    private static IEnumerable<string> HeaderFaults(string[] header, string?[] fields)
    {
        var all = string.Join(',', Columns.Select(c => c.Field)) + " / " + string.Join(',', Columns.Select(c => c.Chinese));
        if (fields.All(f => f is null)) return [NoHeader.Say(all)];
        return header.Where((_, i) => fields[i] is null).Select(column => Unknown.Say(column, all))
            .Concat(header.Where((_, i) => fields[i] is { } field && Array.IndexOf(fields, field) < i).Select(column => Again.Say(column)))
            .Concat(Columns.Where(c => c.Field != "staffNumber" && !fields.Contains(c.Field))
                .Select(c => NoColumn.Say($"{c.Field} ({c.Chinese})")));
    }

    private IEnumerable<ImportFault> Check(Row row, Sheet sheet, Caller by)
    {
        foreach (var error in rules.Validate(row.Input).Errors)
        {
            var field = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(error.PropertyName);
            yield return sheet.Fault(row.Line, field, error.ErrorMessage);
        }
        if (row.Input.Role is { } role && StaffMember.StaffRoles.Contains(role) && StaffMember.Forbids(by, role) is { } refusal)
            yield return sheet.Fault(row.Line, "role", refusal.Text.Say());
        var before = sheet.Rows.TakeWhile(r => r.Line < row.Line).ToArray();
        if (before.FirstOrDefault(r => string.Equals(r.Input.Username, row.Input.Username, StringComparison.OrdinalIgnoreCase)) is { } same)
            yield return sheet.Fault(row.Line, "username", Twice.Say(same.Line));
        var number = StaffPatches.Number(row.Input.StaffNumber);
        if (number is not null && before.FirstOrDefault(r => StaffPatches.Number(r.Input.StaffNumber) == number) is { } other)
            yield return sheet.Fault(row.Line, "staffNumber", Twice.Say(other.Line));
    }

    // with those who are there
    private async Task<IEnumerable<ImportFault>> Conflicts(Row row, Sheet sheet)
    {
        var (name, number) = (row.Input.Username, StaffPatches.Number(row.Input.StaffNumber));
        var refusal = await StaffEndpoints.Conflict(staff, StaffRules.IsUsername(name) ? name : null,
            StaffRules.IsNumber(number) ? number : null, Guid.Empty);
        return (refusal?.Errors ?? new Dictionary<string, string[]>()).Select(e => sheet.Fault(row.Line, e.Key, e.Value[0]));
    }
}

public static class StaffImportEndpoint
{
    public static void MapStaffImport(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/staff/import", async (HttpContext http, StaffImport import, Caller by, CancellationToken stop) =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, stop);
            return await import.Run(body.ToArray(), by, stop);
        }).Accepts<string>("text/csv").Produces<ImportView>(StatusCodes.Status201Created)
            .WithName("importStaff")
            .WithSummary("Many accounts from a CSV file (username,name,staffNumber,role): all or none, with a report line by line")
            .WithTags("Staff").RequireAuthorization(Policies.People).AnswersOnce().ShowsSecretOnce()
            .Refuses(StatusCodes.Status400BadRequest, "csv.faulty");
}
