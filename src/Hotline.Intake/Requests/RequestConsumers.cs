using Hotline.Contracts.Dispatch;
using Hotline.Contracts.FollowUp;
using MassTransit;

namespace Hotline.Intake.Requests;

/// <summary>The request's status follows its order and its callback.</summary>
public sealed class RequestProgress(RequestStore requests) :
    IConsumer<OrderOffered>, IConsumer<OrderAccepted>, IConsumer<OrderRejected>, IConsumer<OfferExpired>, IConsumer<OrderWithdrawn>,
    IConsumer<CitizenContacted>, IConsumer<QuoteProposed>, IConsumer<QuoteAccepted>, IConsumer<QuoteDeclined>, IConsumer<VisitScheduled>,
    IConsumer<VendorArrived>, IConsumer<OrderCompleted>, IConsumer<OrderCancelled>, IConsumer<FollowUpCompleted>, IConsumer<FollowUpUnreachable>
{
    public Task Consume(ConsumeContext<OrderOffered> context) => Follow(context, context.Message.RequestId, context.Message.OrderId, "offered", context.Message.Version);
    public Task Consume(ConsumeContext<OrderAccepted> context) => Follow(context, context.Message.RequestId, context.Message.OrderId, "accepted", context.Message.Version);
    public Task Consume(ConsumeContext<OrderRejected> context) => Follow(context, context.Message.RequestId, context.Message.OrderId, "rejected", context.Message.Version);
    public Task Consume(ConsumeContext<OfferExpired> context) => Follow(context, context.Message.RequestId, context.Message.OrderId, "expired", context.Message.Version);
    public Task Consume(ConsumeContext<OrderWithdrawn> context) => Follow(context, context.Message.RequestId, context.Message.OrderId, "withdrawn", context.Message.Version);
    public Task Consume(ConsumeContext<CitizenContacted> context) => Follow(context, context.Message.RequestId, context.Message.OrderId, "contacted", context.Message.Version);
    public Task Consume(ConsumeContext<QuoteProposed> context) => Follow(context, context.Message.RequestId, context.Message.OrderId, "quoted", context.Message.Version);
    public Task Consume(ConsumeContext<QuoteAccepted> context) => Follow(context, context.Message.RequestId, context.Message.OrderId, "agreed", context.Message.Version);
    public Task Consume(ConsumeContext<QuoteDeclined> context) => Follow(context, context.Message.RequestId, context.Message.OrderId, "declined", context.Message.Version);
    public Task Consume(ConsumeContext<VisitScheduled> context) => Follow(context, context.Message.RequestId, context.Message.OrderId, "scheduled", context.Message.Version);
    public Task Consume(ConsumeContext<VendorArrived> context) => Follow(context, context.Message.RequestId, context.Message.OrderId, "arrived", context.Message.Version);
    public Task Consume(ConsumeContext<OrderCompleted> context) => Follow(context, context.Message.RequestId, context.Message.OrderId, "completed", context.Message.Version);
    public Task Consume(ConsumeContext<OrderCancelled> context) => Follow(context, context.Message.RequestId, context.Message.OrderId, "cancelled", context.Message.Version);
    public Task Consume(ConsumeContext<FollowUpCompleted> context) => CalledBack(context, context.Message.RequestId, context.Message.Kind, context.Message.OrderId);
    public Task Consume(ConsumeContext<FollowUpUnreachable> context) => CalledBack(context, context.Message.RequestId, context.Message.Kind, context.Message.OrderId);

    private Task Follow(ConsumeContext context, Guid request, Guid order, string status, int version) =>
        Change(context, request, r => r.FollowOrder(order, status, version));

    private Task CalledBack(ConsumeContext context, Guid request, string kind, Guid? order) =>
        kind == "service" && order is { } served ? Change(context, request, r => r.FollowCallback(served)) : Task.CompletedTask;

    private async Task Change(ConsumeContext context, Guid id, Func<Request, Request?> follow)
    {
        var request = await requests.Find(id, context.CancellationToken) ?? throw new InvalidOperationException($"An event speaks of request {id}, which is not here");
        if (follow(request) is { } changed) requests.Save(changed, request.Version);
    }
}
