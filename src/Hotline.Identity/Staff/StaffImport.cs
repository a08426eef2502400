using FluentValidation;
using Hotline.Identity.Audit;
using Hotline.Identity.Users;
using Hotline.Wire.Identity;

namespace Hotline.Identity.Staff;

/// <summary>Many accounts at once from a CSV file, all or none, with a report line by line.</summary>
public sealed class StaffImport(IValidator<StaffInput> rules, StaffStore staff, AccountChanges changes)
{
    internal static readonly CsvColumn[] Columns =
        [new("username", "用户名"), new("name", "姓名"), new("staffNumber", "工号", Optional: true), new("role", "角色")];

    /// <summary>Makes all accounts of the file, or says all that is wrong with which line.</summary>
    public Task<Results<Created<ImportView>, ProblemHttpResult>> Run(CsvTable file, Caller by, CancellationToken stop) =>
        changes.Run<Results<Created<ImportView>, ProblemHttpResult>>(async () =>
        {
            var faults = new List<ImportFault>([.. file.Faults, .. file.Twice("username", row => row["username"]),
                .. file.Twice("staffNumber", row => StaffPatches.Number(row["staffNumber"]))]);
            foreach (var row in file.Rows) faults.AddRange([.. Check(row, file, by), .. await Conflicts(row, file)]);
            if (faults.Count > 0) return CsvTable.Refuse(faults);
            var made = new List<ImportedStaff>();
            foreach (var (line, input) in file.Rows.Select(r => (r.Line, InputOf(r))))
            {
                var password = Passwords.New();
                var member = await staff.Add(input.Username!, input.Name!.Trim(),
                    StaffPatches.Number(input.StaffNumber), input.Role!, password);
                await changes.Note(by, AuditActions.Imported, member.Id.ToString(), member.Username, $"role: {member.Role}");
                made.Add(new(line, member.Username, member.Name, member.StaffNumber, member.Role, password));
            }
            return TypedResults.Created("/api/staff", new ImportView(made.Count, made));
        }, stop);

    private static StaffInput InputOf(CsvRow row) => new(row["username"], row["name"], row["staffNumber"], row["role"]);

    private IEnumerable<ImportFault> Check(CsvRow row, CsvTable file, Caller by)
    {
        foreach (var fault in file.Check(row, rules, InputOf(row))) yield return fault;
        if (row["role"] is { } role && StaffMember.StaffRoles.Contains(role) && StaffMember.Forbids(by, role) is { } refusal)
            yield return file.Fault(row.Line, "role", refusal.Text.Say());
    }

    // with those who are there
    private async Task<IEnumerable<ImportFault>> Conflicts(CsvRow row, CsvTable file)
    {
        var (name, number) = (row["username"], StaffPatches.Number(row["staffNumber"]));
        var refusal = await StaffEndpoints.Conflict(staff, StaffRules.IsUsername(name) ? name : null,
            StaffRules.IsNumber(number) ? number : null, Guid.Empty);
        return (refusal?.Errors ?? new Dictionary<string, string[]>()).Select(e => file.Fault(row.Line, e.Key, e.Value[0]));
    }
}

public static class StaffImportEndpoint
{
    public static void MapStaffImport(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/staff/import", async (HttpRequest request, StaffImport import, Caller by, CancellationToken stop) =>
            await import.Run(await CsvTable.Read(request, StaffImport.Columns, stop), by, stop))
            .Accepts<string>("text/csv").Produces<ImportView>(StatusCodes.Status201Created)
            .WithName("importStaff")
            .WithSummary("Many accounts from a CSV file (username,name,staffNumber,role): all or none, with a report line by line")
            .WithTags("Staff").RequireAuthorization(Policies.People).AnswersOnce().ShowsSecretOnce()
            .Refuses(StatusCodes.Status400BadRequest, CsvTable.FaultyCode);
}
