using System.Security.Claims;
using Hotline.Dispatch.Copies;
using Hotline.Messaging;
using Hotline.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Hotline.Dispatch.Orders;

/// <summary>The operators' side of orders.</summary>
public static class OrderEndpoints
{
    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        var orders = routes.MapGroup("/api/dispatch/orders").WithTags("Orders").RequireAuthorization(Policies.Desk).Commits();
        orders.MapPost("/", Offer)
            .WithName("offerOrder").WithSummary("Offer a request to a vendor")
            .Refuses("order.request-cancelled", "vendor.suspended", "vendor.terminated", "vendor.contract-over").Validates<OfferInput>()
            .RefusesOn("orders_one_per_request", new(OrderTexts.RequestTaken))
            .Refuses(StatusCodes.Status404NotFound, "not-found");
        orders.MapGet("/", List).WithName("listOrders").WithSummary("Orders, newest first; status=open for all that are not final");
        orders.MapGet("/{id:guid}", Get).WithName("getOrder").WithSummary("An order");
        orders.MapPost("/{id:guid}/quote/accept", AcceptQuote)
            .WithName("acceptQuote").WithSummary("The citizen agrees to the price").Refuses("order.not-quoted", "order.closed");
        orders.MapPost("/{id:guid}/quote/decline", DeclineQuote)
            .WithName("declineQuote").WithSummary("The citizen declines the price; the request is free for another vendor")
            .Refuses("order.not-quoted", "order.closed").Validates<ReasonInput>();
        orders.MapPost("/{id:guid}/cancel", Cancel)
            .WithName("cancelOrder").WithSummary("End an order").Refuses("order.closed").Validates<ReasonInput>();
    }

    /// <summary>Statuses to look for: one, or open for all that are not final.</summary>
    internal static string[]? Statuses(string? status, Faults faults) => faults.OneOf(status, "status", ["open", .. Wire.Words<OrderStatus>()]) switch
    {
        null => null,
        "open" => OrderTable.Open,
        var one => [one],
    };

    private static async Task<Results<Created<OrderView>, ProblemHttpResult>> Offer(
        OfferInput input, ClaimsPrincipal user, OrderStore orders, CopyStore copies, IOptions<DispatchOptions> options, TimeProvider clock, CancellationToken stop)
    {
        // what intake or the registry just answered may still be on its way here
        var request = await Eventually.Find(input.RequestId!.Value, () => copies.Request(input.RequestId.Value, stop), stop);
        var vendor = await Eventually.Find(input.VendorId!.Value, () => copies.Vendor(input.VendorId.Value, stop), stop);
        if (request is null || vendor is null) return Refusal.Unknown(request is null ? "requestId" : "vendorId").ToProblem();
        var now = clock.GetUtcNow();
        if (request.Cancelled) return new Refusal(OrderTexts.RequestCancelled, CurrentStatus: "cancelled").ToProblem();
        if (Barred(vendor, now) is { } refusal) return refusal.ToProblem();

        var offer = Order.Offer(Guid.CreateVersion7(now), request.RequestId, request.Number!, request.CategoryCode!, vendor.VendorId, vendor.Name,
            input.AnswerWithinSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : options.Value.OfferLasts, Caller.Of(user).Name, now);
        copies.RequireUnchanged(request, vendor);
        orders.Add(offer);
        return TypedResults.Created($"/api/dispatch/orders/{offer.State.Id}", OrderView.Of(offer.State));
    }

    private static Refusal? Barred(VendorCopy vendor, DateTimeOffset now) => vendor.Standing switch
    {
        "suspended" => new(OrderTexts.VendorSuspended, CurrentStatus: vendor.Standing),
        "terminated" => new(OrderTexts.VendorTerminated, CurrentStatus: vendor.Standing),
        _ when vendor.ContractUntil < now.ToLocalDay() => new(OrderTexts.ContractOver, CurrentStatus: vendor.Standing),
        _ => null,
    };

    private static async Task<Results<Ok<Page<OrderView>>, ProblemHttpResult>> List(
        OrderStore orders, string? status, Guid? requestId, Guid? vendorId, bool? overdue, int? limit, string? cursor, CancellationToken stop)
    {
        var faults = new Faults();
        var filter = new OrderFilter(Statuses(status, faults), requestId, vendorId, overdue ?? false);
        return PageRequest.Read(limit, cursor, faults) is { } page
            ? TypedResults.Ok(page.Cut(await orders.List(filter, page, stop), o => o.Id.ToString(), OrderView.Of))
            : faults.ToProblem();
    }

    private static async Task<Results<Ok<OrderView>, ProblemHttpResult>> Get(Guid id, OrderStore orders, CancellationToken stop) =>
        await orders.Find(id, stop) is { } order ? TypedResults.Ok(OrderView.Of(order)) : Problems.NotFound();

    private static Task<Results<Ok<OrderView>, ProblemHttpResult>> AcceptQuote(
        Guid id, [FromHeader(Name = "If-Match")] string? ifMatch, ClaimsPrincipal user, OrderStore orders, TimeProvider clock, CancellationToken stop) =>
        Change(id, ifMatch, orders, order => order.AcceptQuote(Caller.Of(user).Name, clock.GetUtcNow()), stop);

    private static Task<Results<Ok<OrderView>, ProblemHttpResult>> DeclineQuote(
        Guid id, ReasonInput input, [FromHeader(Name = "If-Match")] string? ifMatch, ClaimsPrincipal user, OrderStore orders, TimeProvider clock, CancellationToken stop) =>
        Change(id, ifMatch, orders, order => order.DeclineQuote(input.Reason!.Trim(), Caller.Of(user).Name, clock.GetUtcNow()), stop);

    private static Task<Results<Ok<OrderView>, ProblemHttpResult>> Cancel(
        Guid id, ReasonInput input, [FromHeader(Name = "If-Match")] string? ifMatch, ClaimsPrincipal user, OrderStore orders, TimeProvider clock, CancellationToken stop) =>
        Change(id, ifMatch, orders, order => order.Cancel(input.Reason!.Trim(), citizenWithdrew: false, Caller.Of(user).Name, clock.GetUtcNow()), stop);

    private static async Task<Results<Ok<OrderView>, ProblemHttpResult>> Change(
        Guid id, string? ifMatch, OrderStore orders, Func<Order, Decision<Order>> decide, CancellationToken stop) =>
        HttpWork.Change(await orders.Find(id, stop), ifMatch, decide, orders.Save, OrderView.Of);
}
