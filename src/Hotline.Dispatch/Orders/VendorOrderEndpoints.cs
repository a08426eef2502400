using Hotline.Dispatch.Copies;
using Hotline.Wire.Dispatch;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Hotline.Dispatch.Orders;

/// <summary>The vendors' side of orders: each its own only, another's is not found. A suspended vendor finishes what it accepted but
/// accepts nothing new; a vendor that was removed does nothing more. Nothing more is done for a request that was cancelled, but for telling
/// that the work is done already. The citizen is shown in full from acceptance until the order ends, in answers about one order;
/// that is noted in the access log.</summary>
public static class VendorOrderEndpoints
{
    public static void MapVendorOrders(this IEndpointRouteBuilder routes)
    {
        var orders = routes.MapGroup("/api/vendor/orders").WithTags("Vendor").RequireAuthorization(Policies.OwnVendor).Commits()
            .Refuses(StatusCodes.Status403Forbidden, "vendor.terminated", "vendor.suspended")
            .Refuses("order.request-cancelled", "order.request-erased");
        orders.MapGet("/", List).WithName("listOwnOrders").WithSummary("Own orders, newest first");
        orders.MapGet("/{id:guid}", Get).WithName("getOwnOrder").WithSummary("An own order");
        orders.MapPost("/{id:guid}/accept", Accept)
            .WithName("acceptOrder").WithSummary("Take the order").Refuses("order.not-offered", "order.offer-expired", "order.closed")
            .Refuses("vendor.contract-over", "vendor.contract-not-begun");
        orders.MapPost("/{id:guid}/reject", Reject)
            .WithName("rejectOrder").WithSummary("Refuse the offer").Refuses("order.not-offered", "order.closed").Validates<ReasonInput>();
        orders.MapPost("/{id:guid}/contact", Contact)
            .WithName("reportContact").WithSummary("The citizen was phoned").Refuses("order.not-accepted", "order.closed");
        orders.MapPost("/{id:guid}/quote", Quote)
            .WithName("quoteOrder").WithSummary("Name a price, or another one before the citizen answers")
            .Refuses("order.not-contacted", "order.closed").Validates<QuoteInput>();
        orders.MapPost("/{id:guid}/appointment", Schedule)
            .WithName("scheduleAppointment").WithSummary("Agree on a time, or on another one")
            .Refuses("order.not-agreed", "order.closed").Validates<AppointmentInput>();
        orders.MapPost("/{id:guid}/arrive", Arrive)
            .WithName("reportArrival").WithSummary("The technician is there").Refuses("order.not-agreed", "order.closed");
        orders.MapPost("/{id:guid}/complete", Complete)
            .WithName("completeOrder").WithSummary("The work is done")
            .Refuses("order.not-arrived", "order.closed").Validates<CompleteInput>();
    }

    private static async Task<Results<Ok<Page<VendorOrderView>>, ProblemHttpResult>> List(
        Caller caller, OrderStore orders, CopyStore copies, CitizenMasking masking, string? status, int? limit,
        string? cursor, CancellationToken stop)
    {
        if (Removed(await copies.Vendor(caller.OwnVendor, stop)) is { } refusal) return refusal.ToProblem();
        var faults = new Faults();
        var filter = new OrderFilter(OrderEndpoints.Statuses(status, faults), null, caller.OwnVendor, false);
        if (PageRequest.Read(limit, cursor, faults) is not { } page) return faults.ToProblem();
        var found = await orders.List(filter, page, stop);
        var requests = await copies.Requests(found.Select(o => o.RequestId), stop);
        return TypedResults.Ok(page.Cut(found, o => o.Id.ToString(), o => masking.Masked(o, requests[o.RequestId])));
    }

    private static async Task<Results<Ok<VendorOrderView>, ProblemHttpResult>> Get(
        Guid id, Caller caller, OrderStore orders, CitizenMasking masking, CancellationToken stop)
    {
        var found = await orders.Case(id, caller.OwnVendor, stop);
        if (Removed(found?.Vendor) is { } removed) return removed.ToProblem();
        return found is { Order: { } order, Request: { } request }
            ? TypedResults.Ok(masking.Of(order, request, caller, "view")) : Problems.NotFound();
    }

    private static async Task<Results<Ok<VendorOrderView>, ProblemHttpResult>> Accept(
        Guid id, [AsParameters] Desk desk, IOptions<DispatchOptions> options, CancellationToken stop) =>
        await Change(id, desk, "accept",
            c => Suspended(c.Vendor) ?? Eligibility.Over(c.Request!) ?? Eligibility.OutsideContract(c.Vendor, desk.Now)
                ?? c.Order!.Accept(options.Value.ContactWithin, desk.Name, desk.Now),
            stop, requires: c => desk.Copies.RequireUnchanged(c.Vendor));

    private static Task<Results<Ok<VendorOrderView>, ProblemHttpResult>> Reject(
        Guid id, ReasonInput input, [AsParameters] Desk desk, CancellationToken stop) =>
        Change(id, desk, "reject", c => Eligibility.Over(c.Request!) ?? c.Order!.Reject(input.Reason!.Trim(), desk.Name, desk.Now), stop);

    private static async Task<Results<Ok<VendorOrderView>, ProblemHttpResult>> Contact(
        Guid id, [FromBody(EmptyBodyBehavior = Microsoft.AspNetCore.Mvc.ModelBinding.EmptyBodyBehavior.Allow)] ContactInput? input,
        [AsParameters] Desk desk, CancellationToken stop)
    {
        input ??= new(null);
        return Validation.Check(new ContactInputRules(), input) is { } faults ? faults
            : await Change(id, desk, "contact",
                c => Eligibility.Over(c.Request!) ?? c.Order!.Contact(input.Note?.Trim(), desk.Name, desk.Now), stop);
    }

    private static Task<Results<Ok<VendorOrderView>, ProblemHttpResult>> Quote(
        Guid id, QuoteInput input, [AsParameters] Desk desk, CancellationToken stop) =>
        Change(id, desk, "quote", c => Eligibility.Over(c.Request!)
            ?? c.Order!.ProposeQuote(input.Amount!.Value, input.Note?.Trim(), desk.Name, desk.Now), stop);

    private static Task<Results<Ok<VendorOrderView>, ProblemHttpResult>> Schedule(
        Guid id, AppointmentInput input, [AsParameters] Desk desk, CancellationToken stop) =>
        Change(id, desk, "appointment", c => Eligibility.Over(c.Request!)
            ?? c.Order!.Schedule(input.StartsAt!.Value.ToUniversalTime(), input.EndsAt!.Value.ToUniversalTime(),
                desk.Name, desk.Now), stop);

    private static Task<Results<Ok<VendorOrderView>, ProblemHttpResult>> Arrive(
        Guid id, [AsParameters] Desk desk, CancellationToken stop) =>
        Change(id, desk, "arrive", c => Eligibility.Over(c.Request!) ?? c.Order!.Arrive(desk.Name, desk.Now), stop);

    // work that was done counts, even where the citizen cancelled meanwhile
    private static Task<Results<Ok<VendorOrderView>, ProblemHttpResult>> Complete(
        Guid id, CompleteInput input, [AsParameters] Desk desk, CancellationToken stop) =>
        Change(id, desk, "complete", c => (c.Request!.Erased ? Eligibility.Over(c.Request) : null)
            ?? c.Order!.Complete(input.FinalAmount!.Value, input.Summary!.Trim(), input.WarrantyDays ?? 0, desk.Name, desk.Now), stop);

    /// <summary>The course of every action: nothing for a removed vendor; then the decision on the facts as read,
    /// which must hold at commit.</summary>
    /// <param name="decide">The decision; order and request are there.</param>
    /// <param name="requires">What else must hold at commit.</param>
    private static async Task<Results<Ok<VendorOrderView>, ProblemHttpResult>> Change(
        Guid id, Desk desk, string action, Func<VendorCase, Decision<Order>> decide, CancellationToken stop,
        Action<VendorCase>? requires = null)
    {
        var caller = desk.Caller;
        var found = await desk.Orders.Case(id, caller.OwnVendor, stop);
        if (Removed(found?.Vendor) is { } refusal) return refusal.ToProblem();
        return HttpWork.Change(found?.Order, desk.IfMatch, _ => decide(found!), (decision, readAt) =>
        {
            desk.Copies.RequireUnchanged(found!.Request!);
            requires?.Invoke(found);
            desk.Orders.Save(decision, readAt);
        }, changed => desk.Masking.Of(changed, found!.Request!, caller, action));
    }

    private static Refusal? Removed(VendorCopy? vendor) =>
        vendor is { Standing: "terminated" } ? new(OrderTexts.VendorTerminated, StatusCodes.Status403Forbidden, vendor.Standing) : null;

    private static Refusal? Suspended(VendorCopy vendor) =>
        vendor is { Standing: "suspended" } ? new(OrderTexts.VendorSuspended, StatusCodes.Status403Forbidden, vendor.Standing) : null;

    /// <summary>What every action of a vendor needs.</summary>
    private sealed record Desk(
        IfMatch IfMatch, Caller Caller, OrderStore Orders, CopyStore Copies,
        CitizenMasking Masking, TimeProvider Clock)
    {
        public string Name => Caller.Name;

        public DateTimeOffset Now => Clock.GetUtcNow();
    }
}
