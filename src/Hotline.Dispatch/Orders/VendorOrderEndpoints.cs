using System.Security.Claims;
using Hotline.Dispatch.Copies;
using Hotline.Messaging;
using Hotline.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Hotline.Dispatch.Orders;

/// <summary>The vendors' side of orders: each its own only, another's is not found. A suspended vendor finishes what it accepted but accepts nothing new;
/// a vendor that was removed does nothing more. The citizen is shown in full from acceptance until the order ends, in answers about one order; that is noted in the access log.</summary>
public static class VendorOrderEndpoints
{
    public static void MapVendorOrders(this IEndpointRouteBuilder routes)
    {
        var orders = routes.MapGroup("/api/vendor/orders").WithTags("Vendor").RequireAuthorization(Policies.OwnVendor).Commits()
            .Refuses(StatusCodes.Status403Forbidden, "vendor.terminated", "vendor.suspended");
        orders.MapGet("/", List).WithName("listOwnOrders").WithSummary("Own orders, newest first");
        orders.MapGet("/{id:guid}", Get).WithName("getOwnOrder").WithSummary("An own order");
        orders.MapPost("/{id:guid}/accept", Accept)
            .WithName("acceptOrder").WithSummary("Take the order").Refuses("order.not-offered", "order.offer-expired", "order.closed");
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
        ClaimsPrincipal user, OrderStore orders, CopyStore copies, VendorSight sight, string? status, int? limit, string? cursor, CancellationToken stop)
    {
        if (Removed(await copies.Vendor(Caller.Of(user).OwnVendor, stop)) is { } refusal) return refusal.ToProblem();
        var faults = new Faults();
        var filter = new OrderFilter(OrderEndpoints.Statuses(status, faults), null, Caller.Of(user).OwnVendor, false);
        if (PageRequest.Read(limit, cursor, faults) is not { } page) return faults.ToProblem();
        var found = await orders.List(filter, page, stop);
        var requests = await copies.Requests(found.Select(o => o.RequestId), stop);
        return TypedResults.Ok(page.Cut(found, o => o.Id.ToString(), o => sight.Masked(o, requests[o.RequestId])));
    }

    private static async Task<Results<Ok<VendorOrderView>, ProblemHttpResult>> Get(Guid id, ClaimsPrincipal user, OrderStore orders, VendorSight sight, CancellationToken stop)
    {
        var caller = Caller.Of(user);
        var found = await orders.Case(id, caller.OwnVendor, stop);
        if (Removed(found?.Vendor) is { } removed) return removed.ToProblem();
        return found is { Order: { } order, Request: { } request } ? TypedResults.Ok(sight.Of(order, request, caller, "view")) : Problems.NotFound();
    }

    private static async Task<Results<Ok<VendorOrderView>, ProblemHttpResult>> Accept(
        Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, ClaimsPrincipal user, OrderStore orders, VendorSight sight, IOptions<DispatchOptions> options, TimeProvider clock, CancellationToken stop)
    {
        var caller = Caller.Of(user);
        return await Change(id, ifMatch, caller, orders, (sight, "accept"), order => order.Accept(options.Value.ContactWithin, caller.Name, clock.GetUtcNow()), stop, takesNew: true);
    }

    private static Task<Results<Ok<VendorOrderView>, ProblemHttpResult>> Reject(
        Guid id, ReasonInput input, [FromHeader(Name = "If-Match")] string? ifMatch, ClaimsPrincipal user, OrderStore orders, VendorSight sight, TimeProvider clock, CancellationToken stop) =>
        Change(id, ifMatch, Caller.Of(user), orders, (sight, "reject"), order => order.Reject(input.Reason!.Trim(), Caller.Of(user).Name, clock.GetUtcNow()), stop);

    private static async Task<Results<Ok<VendorOrderView>, ProblemHttpResult>> Contact(
        Guid id, [FromBody(EmptyBodyBehavior = Microsoft.AspNetCore.Mvc.ModelBinding.EmptyBodyBehavior.Allow)] ContactInput? input, [FromHeader(Name = "If-Match")] string? ifMatch,
        ClaimsPrincipal user, OrderStore orders, VendorSight sight, TimeProvider clock, CancellationToken stop)
    {
        input ??= new(null);
        return Validation.Check(new ContactInputRules(), input) is { } faults ? faults
            : await Change(id, ifMatch, Caller.Of(user), orders, (sight, "contact"), order => order.Contact(input.Note?.Trim(), Caller.Of(user).Name, clock.GetUtcNow()), stop);
    }

    private static Task<Results<Ok<VendorOrderView>, ProblemHttpResult>> Quote(
        Guid id, QuoteInput input, [FromHeader(Name = "If-Match")] string? ifMatch, ClaimsPrincipal user, OrderStore orders, VendorSight sight, TimeProvider clock, CancellationToken stop) =>
        Change(id, ifMatch, Caller.Of(user), orders, (sight, "quote"), order => order.ProposeQuote(input.Amount!.Value, input.Note?.Trim(), Caller.Of(user).Name, clock.GetUtcNow()), stop);

    private static Task<Results<Ok<VendorOrderView>, ProblemHttpResult>> Schedule(
        Guid id, AppointmentInput input, [FromHeader(Name = "If-Match")] string? ifMatch, ClaimsPrincipal user, OrderStore orders, VendorSight sight, TimeProvider clock, CancellationToken stop) =>
        Change(id, ifMatch, Caller.Of(user), orders, (sight, "appointment"), order => order.Schedule(
            input.StartsAt!.Value.ToUniversalTime(), input.EndsAt!.Value.ToUniversalTime(), Caller.Of(user).Name, clock.GetUtcNow()), stop);

    private static Task<Results<Ok<VendorOrderView>, ProblemHttpResult>> Arrive(
        Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, ClaimsPrincipal user, OrderStore orders, VendorSight sight, TimeProvider clock, CancellationToken stop) =>
        Change(id, ifMatch, Caller.Of(user), orders, (sight, "arrive"), order => order.Arrive(Caller.Of(user).Name, clock.GetUtcNow()), stop);

    private static Task<Results<Ok<VendorOrderView>, ProblemHttpResult>> Complete(
        Guid id, CompleteInput input, [FromHeader(Name = "If-Match")] string? ifMatch, ClaimsPrincipal user, OrderStore orders, VendorSight sight, TimeProvider clock, CancellationToken stop) =>
        Change(id, ifMatch, Caller.Of(user), orders, (sight, "complete"), order => order.Complete(
            input.FinalAmount!.Value, input.Summary!.Trim(), input.WarrantyDays ?? 0, Caller.Of(user).Name, clock.GetUtcNow()), stop);

    private static async Task<Results<Ok<VendorOrderView>, ProblemHttpResult>> Change(
        Guid id, string? ifMatch, Caller caller, OrderStore orders, (VendorSight Sight, string Action) shown, Func<Order, Decision<Order>> decide, CancellationToken stop, bool takesNew = false)
    {
        var found = await orders.Case(id, caller.OwnVendor, stop);
        if ((Removed(found?.Vendor) ?? (takesNew ? Suspended(found?.Vendor) : null)) is { } refusal) return refusal.ToProblem();
        return HttpWork.Change(found?.Order, ifMatch, decide, orders.Save, changed => shown.Sight.Of(changed, found!.Request!, caller, shown.Action));
    }

    private static Refusal? Removed(VendorCopy? vendor) =>
        vendor is { Standing: "terminated" } ? new(OrderTexts.VendorTerminated, StatusCodes.Status403Forbidden, vendor.Standing) : null;

    private static Refusal? Suspended(VendorCopy? vendor) =>
        vendor is { Standing: "suspended" } ? new(OrderTexts.VendorSuspended, StatusCodes.Status403Forbidden, vendor.Standing) : null;
}
