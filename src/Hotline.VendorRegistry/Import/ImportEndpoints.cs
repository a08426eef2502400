using FluentValidation;
using Hotline.VendorRegistry.History;
using Hotline.VendorRegistry.Vendors;
using Hotline.Wire.Vendors;
using Microsoft.Extensions.Options;

namespace Hotline.VendorRegistry.Import;

/// <summary>Many applications at once from a CSV file, all or none, with a report line by line.</summary>
public static class ImportEndpoints
{
    public static void MapImport(this IEndpointRouteBuilder routes)
    {
        var imports = routes.MapGroup("/api/vendor-imports").WithTags("Vendors").RequireAuthorization(Policies.Supervision).Commits();
        imports.MapPost("/", Import).Accepts<string>("text/csv")
            .WithName("importVendors").WithSummary("Many applications from a CSV file "
                + $"({string.Join(',', VendorLine.Columns.Select(c => c.Field))}): all or none, with a report line by line")
            .RefusesOn("vendors_licence", new(VendorEndpoints.Licence)).Refuses(StatusCodes.Status400BadRequest, CsvTable.FaultyCode);
        imports.MapGet("/{id:guid}", Get).WithName("getVendorImport").WithSummary("The vendors that came with a file, as they are now");
    }

    private static async Task<Results<Created<VendorImportView>, ProblemHttpResult>> Import(
        HttpRequest request, IValidator<VendorInput> rules, IOptions<PhoneNumberOptions> phones, VendorStore vendors, HistoryStore history,
        Caller caller, TimeProvider clock, CancellationToken stop)
    {
        var file = await CsvTable.Read(request, VendorLine.Columns, stop);
        var faults = new List<ImportFault>([.. file.Faults,
            .. file.Twice("licenceNumber", row => CreditCode.Normalize(row["licenceNumber"]))]);
        var applications = file.Rows.Select(row => Read(row, file, rules, faults)).ToArray();
        faults.AddRange(await Taken(file, vendors, stop));
        if (faults.Count > 0) return CsvTable.Refuse(faults);

        var (import, made) = (Guid.CreateVersion7(clock.GetUtcNow()), new List<Vendor>());
        foreach (var application in applications)
        {
            var vendor = application.Onto(Vendor.Applicant(clock.GetUtcNow()), phones.Value.PhoneAreaCode);
            vendors.Add(vendor, import);
            history.Note(vendor.Id, HistoryEntry.Applied(), caller.Name, vendor.AppliedAt);
            made.Add(vendor);
        }
        return TypedResults.Created($"/api/vendor-imports/{import}", View(import, made));
    }

    private static async Task<Results<Ok<VendorImportView>, ProblemHttpResult>> Get(Guid id, VendorStore vendors, CancellationToken stop) =>
        await vendors.Imported(id, stop) is { Count: > 0 } found ? TypedResults.Ok(View(id, found)) : Problems.NotFound();

    private static VendorImportView View(Guid id, IReadOnlyList<Vendor> vendors) =>
        new(id, vendors.Count, [.. vendors.Select(VendorView.Of)]);

    private static VendorInput Read(CsvRow row, CsvTable file, IValidator<VendorInput> rules, List<ImportFault> faults)
    {
        var unread = new HashSet<string>();
        var input = VendorLine.Read(row, (field, message) =>
        {
            unread.Add(field);
            faults.Add(file.Fault(row.Line, field, message));
        });
        // of a cell that could not be read it is known already what is wrong
        faults.AddRange(file.Check(row, rules, input).Where(f => !unread.Contains(f.Field!)));
        return input;
    }

    private static async Task<IEnumerable<ImportFault>> Taken(CsvTable file, VendorStore vendors, CancellationToken stop)
    {
        var codes = file.Rows.Select(row => (row.Line, Code: CreditCode.Normalize(row["licenceNumber"]))).Where(l => l.Code is not null)
            .ToArray();
        var registered = await vendors.Registered([.. codes.Select(l => l.Code!)], stop);
        return codes.Where(l => registered.Contains(l.Code!))
            .Select(l => file.Fault(l.Line, "licenceNumber", VendorEndpoints.Licence.Say()));
    }
}
