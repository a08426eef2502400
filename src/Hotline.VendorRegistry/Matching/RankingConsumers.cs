using Hotline.Contracts.Dispatch;
using Hotline.Contracts.Evaluation;
using MassTransit;

namespace Hotline.VendorRegistry.Matching;

/// <summary>Keeps what ranking needs of scores and orders.</summary>
public sealed class RankingInputs(MatchStore store) :
    IConsumer<ScoreChanged>, IConsumer<OrderOffered>, IConsumer<OrderRejected>, IConsumer<OfferExpired>, IConsumer<OrderWithdrawn>,
    IConsumer<QuoteDeclined>, IConsumer<OrderCompleted>, IConsumer<OrderCancelled>
{
    public Task Consume(ConsumeContext<ScoreChanged> context)
    {
        var m = context.Message;
        store.PutScore(m.VendorId, m.Score, m.Satisfaction, m.DeadlineReliability, m.CompletedOrders, m.Version);
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<OrderOffered> context)
    {
        var m = context.Message;
        store.PutOrder(m.OrderId, m.VendorId, open: true, m.At, m.Version);
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<OrderRejected> context) =>
        Closed(context.Message.OrderId, context.Message.VendorId, context.Message.Version);
    public Task Consume(ConsumeContext<OfferExpired> context) =>
        Closed(context.Message.OrderId, context.Message.VendorId, context.Message.Version);
    public Task Consume(ConsumeContext<OrderWithdrawn> context) =>
        Closed(context.Message.OrderId, context.Message.VendorId, context.Message.Version);
    public Task Consume(ConsumeContext<QuoteDeclined> context) =>
        Closed(context.Message.OrderId, context.Message.VendorId, context.Message.Version);
    public Task Consume(ConsumeContext<OrderCompleted> context) =>
        Closed(context.Message.OrderId, context.Message.VendorId, context.Message.Version);
    public Task Consume(ConsumeContext<OrderCancelled> context) =>
        Closed(context.Message.OrderId, context.Message.VendorId, context.Message.Version);

    private Task Closed(Guid order, Guid vendor, int version)
    {
        store.PutOrder(order, vendor, open: false, null, version);
        return Task.CompletedTask;
    }
}
