using Hotline.Dispatch.Copies;
using Hotline.Wire.Dispatch;
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
            .WithName("offerOrder").WithSummary("Offer a request to a vendor").Validates<OfferInput>()
            .RefusesOn("orders_one_per_request", new(OrderTexts.RequestTaken))
            .Refuses(StatusCodes.Status404NotFound, "not-found")
            .Refuses("vendor.suspended", "vendor.terminated", "vendor.contract-over", "vendor.contract-not-begun")
            .Refuses("order.request-cancelled", "order.request-erased", "order.category-unnamed", "vendor.does-not-offer",
                "vendor.does-not-cover", "vendor.closed-now");
        orders.MapGet("/", List)
            .WithName("listOrders")
            .WithSummary("Orders, newest first; status=open for all that are not final, ended for all that are; from and to are "
                + "about the offer; late=contact where the vendor phoned too late, completion where it took more than an hour from the "
                + "call; count=true for the total");
        orders.MapGet("/export", List).Exports("exportOrders", OrderFile.Columns);
        orders.MapGet("/{id:guid}", Get).WithName("getOrder").WithSummary("An order");
        orders.MapPost("/{id:guid}/quote/accept", AcceptQuote)
            .WithName("acceptQuote").WithSummary("The citizen agrees to the price")
            .Refuses("order.not-quoted", "order.closed", "order.quote-changed", "order.request-cancelled", "order.request-erased");
        orders.MapPost("/{id:guid}/quote/decline", DeclineQuote)
            .WithName("declineQuote").WithSummary("The citizen declines the price; the request is free for another vendor")
            .Refuses("order.not-quoted", "order.closed", "order.request-cancelled", "order.request-erased").Validates<ReasonInput>();
        orders.MapPost("/{id:guid}/cancel", Cancel)
            .WithName("cancelOrder").WithSummary("End an order").Refuses("order.closed").Validates<ReasonInput>();
    }

    /// <summary>Statuses to look for: one, or open for all that are not final, ended for all that are.</summary>
    internal static string[]? Statuses(string? status, Faults faults) =>
        faults.OneOf(status, "status", ["open", "ended", .. EnumWords.Words<OrderStatus>()]) switch
        {
            null => null,
            "open" => OrderTable.Open,
            "ended" => OrderTable.Ended,
            var one => [one],
        };

    private static async Task<Results<Created<OrderView>, ProblemHttpResult>> Offer(
        OfferInput input, Caller caller, OrderStore orders, CopyStore copies, IOptions<DispatchOptions> options,
        TimeProvider clock, CancellationToken stop)
    {
        // what intake or the registry just answered may still be on its way here
        var request = await Eventually.Find(input.RequestId!.Value, () => copies.Request(input.RequestId.Value, stop), stop);
        var vendor = await Eventually.Find(input.VendorId!.Value, () => copies.Vendor(input.VendorId.Value, stop), stop);
        if (request is null || vendor is null) return Refusal.Unknown(request is null ? "requestId" : "vendorId").ToProblem();
        var now = clock.GetUtcNow();
        var refusal = Eligibility.Over(request) ?? Eligibility.Unclear(request) ?? Eligibility.Barred(vendor, now)
            ?? (input.Override is null ? Eligibility.Unfit(vendor, request, now) : null);
        if (refusal is not null) return refusal.ToProblem();

        var lasts = input.AnswerWithinSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : options.Value.OfferLasts;
        var offer = Order.Offer(Guid.CreateVersion7(now), request, vendor, lasts, input.Override?.Reason?.Trim(),
            caller.Name, now);
        copies.CountOrder(request);
        copies.RequireUnchanged(vendor);
        orders.Add(offer);
        return TypedResults.Created($"/api/dispatch/orders/{offer.State.Id}", OrderView.Of(offer.State));
    }

    private static async Task<Results<Ok<Page<OrderView>>, ProblemHttpResult>> List(
        OrderStore orders, CopyStore copies, Export? export, string? status, Guid? requestId, Guid? vendorId, bool? overdue,
        string? from, string? to, string? areaCode, string? categoryCode, string? registeredBy, string? dialledNumber, string? late,
        bool? count, int? limit, string? cursor, CancellationToken stop)
    {
        var faults = new Faults();
        var filter = new OrderFilter(Statuses(status, faults), requestId, vendorId, overdue ?? false, faults.From(from, "from"),
            faults.To(to, "to"), areaCode, categoryCode, registeredBy, dialledNumber, faults.OneOf(late, "late", "contact", "completion"));
        if (PageRequest.Read(limit, cursor, faults) is not { } page) return faults.ToProblem();
        var found = await orders.List(filter, page, stop);
        var (requests, vendors) = (await copies.Requests(found.Select(o => o.RequestId).Distinct(), stop),
            await copies.Vendors(found.Select(o => o.VendorId).Distinct(), stop));
        return TypedResults.Ok(page.Cut(found, o => o.Id.ToString(),
            o => OrderView.Listed(o, requests.GetValueOrDefault(o.RequestId), vendors.GetValueOrDefault(o.VendorId)),
            await export.Counted(most => orders.Count(filter, most, stop), count)));
    }

    private static async Task<Results<Ok<OrderView>, ProblemHttpResult>> Get(Guid id, OrderStore orders, CancellationToken stop) =>
        await orders.Find(id, stop) is { } order ? TypedResults.Ok(OrderView.Of(order)) : Problems.NotFound();

    private static async Task<Results<Ok<OrderView>, ProblemHttpResult>> AcceptQuote(
        Guid id, [FromBody(EmptyBodyBehavior = Microsoft.AspNetCore.Mvc.ModelBinding.EmptyBodyBehavior.Allow)] AcceptQuoteInput? input,
        [AsParameters] Desk desk, CancellationToken stop)
    {
        input ??= new(null);
        return Validation.Check(new AcceptQuoteInputRules(), input) is { } faults ? faults
            : await Change(id, desk, c => Eligibility.Over(c.Request) ?? c.Order.AcceptQuote(input.Amount, desk.Name, desk.Now), stop);
    }

    private static Task<Results<Ok<OrderView>, ProblemHttpResult>> DeclineQuote(
        Guid id, ReasonInput input, [AsParameters] Desk desk, CancellationToken stop) =>
        Change(id, desk, c => Eligibility.Over(c.Request) ?? c.Order.DeclineQuote(input.Reason!.Trim(), desk.Name, desk.Now), stop);

    // the reason is about the citizen: of an erased request none is kept
    private static Task<Results<Ok<OrderView>, ProblemHttpResult>> Cancel(
        Guid id, ReasonInput input, [AsParameters] Desk desk, CancellationToken stop) =>
        Change(id, desk, c => c.Order.Cancel(c.Request.Erased ? OrderTexts.RequestErased.Say() : input.Reason!.Trim(),
            wantedNoMore: Eligibility.Over(c.Request) is not null, desk.Name, desk.Now), stop);

    private static async Task<Results<Ok<OrderView>, ProblemHttpResult>> Change(
        Guid id, Desk desk, Func<OperatorCase, Decision<Order>> decide, CancellationToken stop)
    {
        var found = await desk.Orders.Case(id, stop);
        return HttpWork.Change(found?.Order, desk.IfMatch, _ => decide(found!), (decision, readAt) =>
        {
            desk.Copies.RequireUnchanged(found!.Request);
            desk.Orders.Save(decision, readAt);
        }, OrderView.Of);
    }

    /// <summary>What every change by an operator needs.</summary>
    private sealed record Desk(
        IfMatch IfMatch, Caller Caller, OrderStore Orders, CopyStore Copies, TimeProvider Clock)
    {
        public string Name => Caller.Name;

        public DateTimeOffset Now => Clock.GetUtcNow();
    }
}
