using System.Globalization;
using System.Security.Claims;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using FluentValidation;
using Hotline.Identity.Audit;
using Hotline.Identity.Users;
using Hotline.Messaging;
using Hotline.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hotline.Identity.Staff;

/// <param name="Line">In the file; the header is line 1.</param>
/// <param name="Field">username, name, staffNumber or role; none for the whole line.</param>
public sealed record ImportFault(int Line, string? Field, string Message);

/// <param name="Password">Temporary, shown once.</param>
public sealed record ImportedStaff(int Line, string Username, string Name, string? StaffNumber, string Role, string Password);

/// <param name="Created">How many.</param>
public sealed record ImportView(int Created, IReadOnlyList<ImportedStaff> Items);

/// <summary>Many accounts at once from a CSV file, all or none, with a report line by line.</summary>
public sealed class StaffImport(IValidator<StaffInput> rules, StaffStore staff, AccountChanges changes)
{
    /// <summary>A password's hash takes some 50 ms: this many are made within a request.</summary>
    private const int MostLines = 200;

    private static readonly string[] Columns = ["username", "name", "staffNumber", "role"];
    private static readonly Text NotUtf8 = new("csv.not-utf8", "文件不是 UTF-8 编码,请另存为“CSV UTF-8”",
        "The file is not UTF-8: save it as \"CSV UTF-8\"");
    private static readonly Text Header = new("csv.header", "第一行须为表头:{0}", "The first line must be the header: {0}");
    private static readonly Text Malformed = new("csv.malformed", "该行格式有误,请检查引号", "This line cannot be read: check its quotes");
    private static readonly Text Empty = new("csv.empty", "文件中没有数据行", "There is no line below the header");
    private static readonly Text TooMany = new("csv.too-many", "一次最多导入 200 行", "At most 200 lines at once");
    private static readonly Text Twice = new("csv.twice", "与第 {0} 行重复", "The same as in line {0}");
    private static readonly Text Faulty = new("csv.faulty", "文件有误,未创建任何账号,请按逐行提示修改后重试",
        "Nothing was created: correct the lines as the report says and try again");

    private sealed record Row(int Line, StaffInput Input);

    /// <summary>Makes all accounts of the file, or says what is wrong with which line.</summary>
    public async Task<Results<Created<ImportView>, ProblemHttpResult>> Run(byte[] file, Caller by, CancellationToken stop)
    {
        var faults = new List<ImportFault>();
        var rows = Read(file, faults);
        foreach (var row in rows) faults.AddRange(Check(row, rows, by));
        if (faults.Count > 0) return Refuse(faults);
        return await changes.Run<Results<Created<ImportView>, ProblemHttpResult>>(async () =>
        {
            foreach (var row in rows)
            {
                if (await StaffEndpoints.Conflict(staff, row.Input.Username, StaffPatch.Number(row.Input.StaffNumber),
                    Guid.Empty) is { Errors: { } errors })
                    faults.AddRange(errors.Select(e => new ImportFault(row.Line, e.Key, e.Value[0])));
            }
            if (faults.Count > 0) return Refuse(faults);
            var made = new List<ImportedStaff>();
            foreach (var (line, input) in rows.Select(r => (r.Line, r.Input)))
            {
                var password = Passwords.New();
                var member = await staff.Add(input.Username!, input.Name!.Trim(),
                    StaffPatch.Number(input.StaffNumber), input.Role!, password);
                await changes.Note(by, AuditActions.Imported, member.Id.ToString(), member.Username, $"role: {member.Role}");
                made.Add(new(line, member.Username, member.Name, member.StaffNumber, member.Role, password));
            }
            return TypedResults.Created("/api/staff", new ImportView(made.Count, made));
        }, stop);
    }

    private static ProblemHttpResult Refuse(IEnumerable<ImportFault> faults) =>
        Problems.Of(Faulty, StatusCodes.Status400BadRequest, new() { ["lines"] = faults.OrderBy(f => f.Line).ToArray() });

    private static List<Row> Read(byte[] file, List<ImportFault> faults)
    {
        string text;
        try { text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file).TrimStart('\uFEFF'); }
        catch (DecoderFallbackException)
        {
            faults.Add(new(1, null, NotUtf8.Say()));
            return [];
        }
        var bad = false;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        { TrimOptions = TrimOptions.Trim, BadDataFound = _ => bad = true, MissingFieldFound = null, HeaderValidated = null };
        using var csv = new CsvReader(new StringReader(text), configuration);
        if (!csv.Read() || !csv.ReadHeader() || csv.HeaderRecord is not { } header
            || Columns.Any(c => c != "staffNumber" && !header.Contains(c)) || header.Except(Columns).Any())
        {
            faults.Add(new(1, null, Header.Say(string.Join(',', Columns))));
            return [];
        }
        var rows = new List<Row>();
        while (csv.Read())
        {
            bad = false;
            var input = new StaffInput(csv.GetField("username"), csv.GetField("name"),
                header.Contains("staffNumber") ? csv.GetField("staffNumber") : null, csv.GetField("role"));
            if (bad || csv.Parser.Count != header.Length) faults.Add(new(csv.Parser.RawRow, null, Malformed.Say()));
            else rows.Add(new(csv.Parser.RawRow, input));
        }
        if (rows.Count == 0 && faults.Count == 0) faults.Add(new(1, null, Empty.Say()));
        if (rows.Count > MostLines) faults.Add(new(rows[MostLines].Line, null, TooMany.Say()));
        return rows.Count > MostLines ? [] : rows;
    }

    private IEnumerable<ImportFault> Check(Row row, List<Row> all, Caller by)
    {
        foreach (var error in rules.Validate(row.Input).Errors)
            yield return new(row.Line, System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(error.PropertyName), error.ErrorMessage);
        if (row.Input.Role is { } role && StaffMember.StaffRoles.Contains(role) && StaffMember.Forbids(by, role) is { } refusal)
            yield return new(row.Line, "role", refusal.Text.Say());
        var before = all.TakeWhile(r => r.Line < row.Line).ToArray();
        if (before.FirstOrDefault(r => string.Equals(r.Input.Username, row.Input.Username, StringComparison.OrdinalIgnoreCase)) is { } same)
            yield return new(row.Line, "username", Twice.Say(same.Line));
        var number = StaffPatch.Number(row.Input.StaffNumber);
        if (number is not null && before.FirstOrDefault(r => StaffPatch.Number(r.Input.StaffNumber) == number) is { } other)
            yield return new(row.Line, "staffNumber", Twice.Say(other.Line));
    }
}

public static class StaffImportEndpoint
{
    public static void MapStaffImport(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/staff/import", async (HttpContext http, StaffImport import, ClaimsPrincipal by, CancellationToken stop) =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, stop);
            return await import.Run(body.ToArray(), Caller.Of(by), stop);
        }).Accepts<string>("text/csv").Produces<ImportView>(StatusCodes.Status201Created)
            .WithName("importStaff")
            .WithSummary("Many accounts from a CSV file (username,name,staffNumber,role): all or none, with a report line by line")
            .WithTags("Staff").RequireAuthorization(Policies.People).AnswersOnce().ShowsSecretOnce()
            .Refuses(StatusCodes.Status400BadRequest, "csv.faulty");
}
