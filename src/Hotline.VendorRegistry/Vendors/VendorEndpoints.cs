using Hotline.VendorRegistry.History;
using Hotline.Wire.Vendors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Hotline.VendorRegistry.Vendors;

public static class VendorEndpoints
{
    internal static readonly Text Licence = new("vendor.licence-taken", "该统一社会信用代码已登记",
        "A vendor with this unified social credit code is registered already");

    public static void MapVendors(this IEndpointRouteBuilder routes)
    {
        var vendors = routes.MapGroup("/api/vendors").WithTags("Vendors").RequireAuthorization(Policies.Supervision).Commits();
        var taken = new Refusal(Licence);
        vendors.MapPost("/", Apply)
            .WithName("applyAsVendor").WithSummary("Apply for the alliance").Validates<VendorInput>().RefusesOn("vendors_licence", taken);
        vendors.MapGet("/", List).WithName("listVendors")
            .WithSummary("Vendors in the order of application; q = a part of name, phone or credit code, or pinyin or its initials");
        vendors.MapGet("/export", List).Exports("exportVendors", VendorFile.Columns);
        vendors.MapGet("/{id:guid}", Get).WithName("getVendor").WithSummary("A vendor");
        vendors.MapPatch("/{id:guid}", Change)
            .WithName("changeVendor").WithSummary("Change profile, prices, coverage or contract")
            .Validates<VendorInput>().RefusesOn("vendors_licence", taken);
        vendors.MapPost("/{id:guid}/approve", Approve)
            .WithName("approveVendor").WithSummary("Approve an application: the contract begins")
            .Refuses("vendor.decided", "vendor.offers-nothing");
        vendors.MapPost("/{id:guid}/reject", Reject)
            .WithName("rejectVendor").WithSummary("Reject an application").Refuses("vendor.decided").Validates<RejectInput>();
        vendors.MapPost("/{id:guid}/contracts", Renew)
            .WithName("renewContract").WithSummary("Give a vendor's contract other days, for example a later last one")
            .Refuses("vendor.not-member", "vendor.terminated").Validates<ContractInput>();
    }

    public static void MapOwnVendor(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/vendor/me", Own)
            .WithName("getOwnProfile").WithSummary("The vendor's own profile, standing and score")
            .WithTags("Vendor").RequireAuthorization(Policies.OwnVendor)
            .Refuses(StatusCodes.Status404NotFound, "not-found");

    private static Created<VendorView> Apply(VendorInput input, IOptions<PhoneNumberOptions> phones, [AsParameters] Supervision by)
    {
        var vendor = input.Onto(Vendor.Applicant(by.Now), phones.Value.PhoneAreaCode);
        by.Vendors.Add(vendor);
        by.Note(vendor, HistoryEntry.Applied());
        return TypedResults.Created($"/api/vendors/{vendor.Id}", VendorView.Of(vendor));
    }

    private static async Task<Results<Ok<Page<VendorView>>, ProblemHttpResult>> List(
        VendorStore vendors, string? q, string? standing, string? admission, int? limit, string? cursor, CancellationToken stop)
    {
        var faults = new Faults();
        var filter = new VendorFilter(faults.Words(q, "q"), faults.Word<Standing>(standing, "standing"),
            faults.Word<Admission>(admission, "admission"));
        return PageRequest.Read(limit, cursor, faults) is { } page
            ? TypedResults.Ok(page.Cut(await vendors.List(filter, page, stop), v => v.Id.ToString(), VendorView.Of,
                await vendors.Count(filter, stop)))
            : faults.ToProblem();
    }

    private static async Task<Results<Ok<VendorView>, ProblemHttpResult>> Get(Guid id, VendorStore vendors, CancellationToken stop) =>
        await vendors.Find(id, stop) is { } vendor ? TypedResults.Ok(VendorView.Of(vendor)) : Problems.NotFound();

    private static async Task<Results<Ok<VendorView>, ProblemHttpResult>> Change(
        Guid id, Patch<VendorInput> patch, IOptions<PhoneNumberOptions> phones, [AsParameters] Supervision by, CancellationToken stop)
    {
        if (patch.Refuses(VendorInputs.Removable) is { } refusal) return refusal.ToProblem();
        Vendor Changed(Vendor vendor) => VendorInput.Without(patch.Fields.Onto(vendor, phones.Value.PhoneAreaCode), patch.Removed);
        return await Decide(id, by, vendor => vendor.Change(Changed(vendor), by.Now), HistoryEntry.Changed, stop);
    }

    private static async Task<Results<Ok<VendorView>, ProblemHttpResult>> Approve(
        Guid id, [FromBody(EmptyBodyBehavior = Microsoft.AspNetCore.Mvc.ModelBinding.EmptyBodyBehavior.Allow)] ApproveInput? input,
        [AsParameters] Supervision by, CancellationToken stop)
    {
        input ??= new(null, null, null);
        if (Validation.Check(new ApproveInputRules(by.Clock), input) is { } faults) return faults;
        return await Decide(id, by, vendor => vendor.Approve(input.ContractFrom, input.ContractUntil, input.Note, by.Caller.Name, by.Now),
            (_, approved) => [HistoryEntry.Approved(approved)], stop);
    }

    private static Task<Results<Ok<VendorView>, ProblemHttpResult>> Reject(
        Guid id, RejectInput input, [AsParameters] Supervision by, CancellationToken stop) =>
        Decide(id, by, vendor => vendor.Reject(input.Reason!.Trim(), by.Caller.Name, by.Now),
            (_, rejected) => [HistoryEntry.Rejected(rejected)], stop);

    private static Task<Results<Ok<VendorView>, ProblemHttpResult>> Renew(
        Guid id, ContractInput input, [AsParameters] Supervision by, CancellationToken stop) =>
        Decide(id, by, vendor => vendor.Renew(input.From, input.Until!.Value, by.Now),
            (before, renewed) => [HistoryEntry.Renewed(before, renewed, input.Reason!.Trim())], stop);

    private static async Task<Results<Ok<VendorView>, ProblemHttpResult>> Decide(
        Guid id, Supervision by, Func<Vendor, Decision<Vendor>> decide, Func<Vendor, Vendor, IEnumerable<HistoryEntry>> tell,
        CancellationToken stop)
    {
        var found = await by.Vendors.Find(id, stop);
        return HttpWork.Change(found, by.IfMatch, decide, (decision, readAt) =>
        {
            by.Vendors.Save(decision, readAt);
            foreach (var entry in tell(found!, decision.State)) by.Note(found!, entry);
        }, VendorView.Of);
    }

    private static async Task<Results<Ok<OwnVendorView>, ProblemHttpResult>> Own(
        Caller caller, VendorStore vendors, CancellationToken stop)
    {
        if (await vendors.Find(caller.OwnVendor, stop) is not { } v) return Problems.NotFound();
        var figures = await vendors.Figures(v.Id, stop);
        return TypedResults.Ok(new OwnVendorView(v.Id, v.Name, v.Phone, v.Standing, v.StandingReason, v.StandingUntil,
            v.ContractFrom, v.ContractUntil, Rounded(figures.Score, 1), Rounded(figures.Satisfaction, 2), figures.CompletedOrders,
            figures.OpenOrders, [.. v.Services.Select(ServiceView.Of)], v.Coverage));
    }

    private static double? Rounded(double? value, int digits) => value is { } number ? Math.Round(number, digits) : null;

    /// <summary>What every change by a supervisor needs.</summary>
    private sealed record Supervision(IfMatch IfMatch, Caller Caller, VendorStore Vendors, HistoryStore History, TimeProvider Clock)
    {
        public DateTimeOffset Now => Clock.GetUtcNow();

        public void Note(Vendor vendor, HistoryEntry entry) => History.Note(vendor.Id, entry, Caller.Name, Now);
    }
}
