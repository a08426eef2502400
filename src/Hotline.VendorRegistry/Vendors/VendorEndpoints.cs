using System.Security.Claims;
using Hotline.Messaging;
using Hotline.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Hotline.VendorRegistry.Vendors;

public static class VendorEndpoints
{
    private static readonly Text Licence = new("vendor.licence-taken", "该统一社会信用代码已登记", "A vendor with this unified social credit code is registered already");
    private static readonly Text BadStanding = new("standing.unknown", "没有这个状态,可用:{0}", "There is no such standing; known are: {0}");
    private static readonly Text TooLong = new("text.too-long", "最多 {0} 个字符", "At most {0} characters");
    private static readonly Text Contract = new("contract.invalid", "合同结束日期不能早于开始日期", "The contract cannot end before it begins");

    public static void MapVendors(this IEndpointRouteBuilder routes)
    {
        var vendors = routes.MapGroup("/api/vendors").WithTags("Vendors").RequireAuthorization(Policies.Supervision).Commits();
        var taken = new Refusal(Licence);
        vendors.MapPost("/", Apply).WithSummary("Apply for the alliance").Validates<VendorInput>().RefusesOn("vendors_licence", taken);
        vendors.MapGet("/", List).WithSummary("Vendors in the order of application");
        vendors.MapGet("/{id:guid}", Get).WithSummary("A vendor");
        vendors.MapPatch("/{id:guid}", Change).WithSummary("Change profile, prices, coverage or contract").Validates<VendorInput>().RefusesOn("vendors_licence", taken);
        vendors.MapPost("/{id:guid}/approve", Approve).WithSummary("Approve an application: the contract begins");
        vendors.MapPost("/{id:guid}/reject", Reject).WithSummary("Reject an application").Validates<RejectInput>();
    }

    public static void MapOwnVendor(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/vendor/me", Own).WithSummary("The vendor's own profile, standing and score").WithTags("Vendor").RequireAuthorization(Policies.OwnVendor);

    private static Created<VendorView> Apply(VendorInput input, VendorStore vendors, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var vendor = input.Onto(new() { Id = Guid.CreateVersion7(now), Name = "", Phone = "", ContactName = "", AppliedAt = now, Version = 1 });
        vendors.Add(vendor);
        return TypedResults.Created($"/api/vendors/{vendor.Id}", VendorView.Of(vendor));
    }

    private static async Task<Results<Ok<Page<VendorView>>, ProblemHttpResult>> List(
        VendorStore vendors, string? q, string? standing, string? admission, int? limit, string? cursor, CancellationToken stop)
    {
        var errors = new Dictionary<string, string[]>();
        Known<Standing>(standing, "standing", errors);
        Known<Admission>(admission, "admission", errors);
        if (q?.Length > 100) errors["q"] = [TooLong.Say(100)];
        var filter = new VendorFilter(string.IsNullOrWhiteSpace(q) ? null : q.Replace("\0", "").Trim(), string.IsNullOrEmpty(standing) ? null : standing, string.IsNullOrEmpty(admission) ? null : admission);
        return PageRequest.Read(limit, cursor, errors) is { } page
            ? TypedResults.Ok(page.Cut(await vendors.List(filter, page, stop), v => v.Id.ToString(), VendorView.Of))
            : Problems.InvalidInput(errors);
    }

    private static async Task<Results<Ok<VendorView>, ProblemHttpResult>> Get(Guid id, VendorStore vendors, CancellationToken stop) =>
        await vendors.Find(id, stop) is { } vendor ? TypedResults.Ok(VendorView.Of(vendor)) : Problems.NotFound();

    private static Task<Results<Ok<VendorView>, ProblemHttpResult>> Change(
        Guid id, VendorInput input, [FromHeader(Name = "If-Match")] string? ifMatch, VendorStore vendors, Work work, TimeProvider clock, CancellationToken stop) =>
        Decide(id, ifMatch, vendors, work, vendor => vendor.Change(input.Onto(vendor), clock.GetUtcNow()), stop, vendor =>
        {
            var changed = input.Onto(vendor);
            return changed.ContractUntil < changed.ContractFrom ? Problems.InvalidInput("contractUntil", Contract.Say()) : null;
        });

    private static async Task<Results<Ok<VendorView>, ProblemHttpResult>> Approve(
        Guid id, [FromBody(EmptyBodyBehavior = Microsoft.AspNetCore.Mvc.ModelBinding.EmptyBodyBehavior.Allow)] ApproveInput? input, [FromHeader(Name = "If-Match")] string? ifMatch,
        ClaimsPrincipal user, VendorStore vendors, Work work, TimeProvider clock, CancellationToken stop)
    {
        input ??= new(null, null, null);
        if (Validation.Check(new ApproveInputRules(clock), input) is { } faults) return faults;
        var now = clock.GetUtcNow();
        var from = input.ContractFrom ?? now.ToLocalDay();
        return await Decide(id, ifMatch, vendors, work, vendor => vendor.Approve(from, input.ContractUntil ?? from.AddYears(1), input.Note, Caller.Of(user).Name, now), stop);
    }

    private static Task<Results<Ok<VendorView>, ProblemHttpResult>> Reject(
        Guid id, RejectInput input, [FromHeader(Name = "If-Match")] string? ifMatch, ClaimsPrincipal user, VendorStore vendors, Work work, TimeProvider clock, CancellationToken stop) =>
        Decide(id, ifMatch, vendors, work, vendor => vendor.Reject(input.Reason!.Trim(), Caller.Of(user).Name, clock.GetUtcNow()), stop);

    private static async Task<Results<Ok<VendorView>, ProblemHttpResult>> Decide(
        Guid id, string? ifMatch, VendorStore vendors, Work work, Func<Vendor, Decision<Vendor>> decide, CancellationToken stop, Func<Vendor, ProblemHttpResult?>? check = null)
    {
        if (await vendors.Find(id, stop) is not { } vendor) return Problems.NotFound();
        if (HttpWork.Stale(ifMatch, vendor.Version) is { } stale) return stale.ToProblem();
        if (check?.Invoke(vendor) is { } faults) return faults;
        var decision = decide(vendor);
        if (decision.Refusal is { } refusal) return refusal.ToProblem();
        vendors.Save(decision.State, vendor.Version);
        work.Tell(decision.Events);
        return TypedResults.Ok(VendorView.Of(decision.State));
    }

    private static async Task<Results<Ok<OwnVendorView>, ProblemHttpResult>> Own(ClaimsPrincipal user, VendorStore vendors, CancellationToken stop)
    {
        if (await vendors.Find(Caller.Of(user).OwnVendor, stop) is not { } v) return Problems.NotFound();
        var figures = await vendors.Figures(v.Id, stop);
        return TypedResults.Ok(new OwnVendorView(v.Id, v.Name, v.Phone, v.Standing, v.StandingReason, v.StandingUntil, v.ContractFrom, v.ContractUntil,
            Rounded(figures.Score, 1), Rounded(figures.Satisfaction, 2), figures.CompletedOrders, figures.OpenOrders, [.. v.Services.Select(ServiceView.Of)], v.Coverage));
    }

    private static double? Rounded(double? value, int digits) => value is { } number ? Math.Round(number, digits) : null;

    private static void Known<T>(string? value, string field, Dictionary<string, string[]> errors) where T : struct, Enum
    {
        var known = Enum.GetValues<T>().Select(Vendor.Wire).ToArray();
        if (!string.IsNullOrEmpty(value) && !known.Contains(value)) errors[field] = [BadStanding.Say(string.Join(", ", known))];
    }
}
