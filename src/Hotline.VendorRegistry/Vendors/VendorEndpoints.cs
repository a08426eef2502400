using Hotline.Wire.Vendors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Hotline.VendorRegistry.Vendors;

public static class VendorEndpoints
{
    private static readonly Text Licence = new("vendor.licence-taken", "该统一社会信用代码已登记",
        "A vendor with this unified social credit code is registered already");
    public static void MapVendors(this IEndpointRouteBuilder routes)
    {
        var vendors = routes.MapGroup("/api/vendors").WithTags("Vendors").RequireAuthorization(Policies.Supervision).Commits();
        var taken = new Refusal(Licence);
        vendors.MapPost("/", Apply)
            .WithName("applyAsVendor").WithSummary("Apply for the alliance").Validates<VendorInput>().RefusesOn("vendors_licence", taken);
        vendors.MapGet("/", List).WithName("listVendors").WithSummary("Vendors in the order of application");
        vendors.MapGet("/{id:guid}", Get).WithName("getVendor").WithSummary("A vendor");
        vendors.MapPatch("/{id:guid}", Change)
            .WithName("changeVendor").WithSummary("Change profile, prices, coverage or contract")
            .Validates<VendorInput>().RefusesOn("vendors_licence", taken);
        vendors.MapPost("/{id:guid}/approve", Approve)
            .WithName("approveVendor").WithSummary("Approve an application: the contract begins")
            .Refuses("vendor.decided", "vendor.offers-nothing");
        vendors.MapPost("/{id:guid}/reject", Reject)
            .WithName("rejectVendor").WithSummary("Reject an application").Refuses("vendor.decided").Validates<RejectInput>();
    }

    public static void MapOwnVendor(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/vendor/me", Own)
            .WithName("getOwnProfile").WithSummary("The vendor's own profile, standing and score")
            .WithTags("Vendor").RequireAuthorization(Policies.OwnVendor)
            .Refuses(StatusCodes.Status404NotFound, "not-found");

    private static Created<VendorView> Apply(
        VendorInput input, VendorStore vendors, IOptions<PhoneNumberOptions> phones, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var vendor =
            input.Onto(new() { Id = Guid.CreateVersion7(now), Name = "", Phone = "", ContactName = "", AppliedAt = now, Version = 1 },
                phones.Value.PhoneAreaCode);
        vendors.Add(vendor);
        return TypedResults.Created($"/api/vendors/{vendor.Id}", VendorView.Of(vendor));
    }

    private static async Task<Results<Ok<Page<VendorView>>, ProblemHttpResult>> List(
        VendorStore vendors, string? q, string? standing, string? admission, int? limit, string? cursor, CancellationToken stop)
    {
        var faults = new Faults();
        var filter = new VendorFilter(faults.Words(q, "q"), faults.Word<Standing>(standing, "standing"),
            faults.Word<Admission>(admission, "admission"));
        return PageRequest.Read(limit, cursor, faults) is { } page
            ? TypedResults.Ok(page.Cut(await vendors.List(filter, page, stop), v => v.Id.ToString(), VendorView.Of))
            : faults.ToProblem();
    }

    private static async Task<Results<Ok<VendorView>, ProblemHttpResult>> Get(Guid id, VendorStore vendors, CancellationToken stop) =>
        await vendors.Find(id, stop) is { } vendor ? TypedResults.Ok(VendorView.Of(vendor)) : Problems.NotFound();

    private static async Task<Results<Ok<VendorView>, ProblemHttpResult>> Change(
        Guid id, Patch<VendorInput> patch, IfMatch ifMatch, VendorStore vendors,
        IOptions<PhoneNumberOptions> phones, TimeProvider clock, CancellationToken stop)
    {
        if (patch.Refuses(VendorInputs.Removable) is { } refusal) return refusal.ToProblem();
        Vendor Changed(Vendor vendor) => VendorInput.Without(patch.Fields.Onto(vendor, phones.Value.PhoneAreaCode), patch.Removed);
        return await Decide(id, ifMatch, vendors, vendor => vendor.Change(Changed(vendor), clock.GetUtcNow()), stop);
    }

    private static async Task<Results<Ok<VendorView>, ProblemHttpResult>> Approve(
        Guid id, [FromBody(EmptyBodyBehavior = Microsoft.AspNetCore.Mvc.ModelBinding.EmptyBodyBehavior.Allow)] ApproveInput? input,
        IfMatch ifMatch,
        Caller caller, VendorStore vendors, TimeProvider clock, CancellationToken stop)
    {
        input ??= new(null, null, null);
        if (Validation.Check(new ApproveInputRules(clock), input) is { } faults) return faults;
        var now = clock.GetUtcNow();
        return await Decide(id, ifMatch, vendors,
            vendor => vendor.Approve(input.ContractFrom, input.ContractUntil, input.Note, caller.Name, now), stop);
    }

    private static Task<Results<Ok<VendorView>, ProblemHttpResult>> Reject(
        Guid id, RejectInput input, IfMatch ifMatch, Caller caller, VendorStore vendors,
        TimeProvider clock, CancellationToken stop) =>
        Decide(id, ifMatch, vendors, vendor => vendor.Reject(input.Reason!.Trim(), caller.Name, clock.GetUtcNow()), stop);

    private static async Task<Results<Ok<VendorView>, ProblemHttpResult>> Decide(
        Guid id, IfMatch ifMatch, VendorStore vendors, Func<Vendor, Decision<Vendor>> decide, CancellationToken stop) =>
        HttpWork.Change(await vendors.Find(id, stop), ifMatch, decide, vendors.Save, VendorView.Of);

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
}
