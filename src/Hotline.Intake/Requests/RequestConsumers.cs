using Hotline.Contracts.Dispatch;
using Hotline.Contracts.FollowUp;
using Hotline.Intake.Timeline;
using MassTransit;

namespace Hotline.Intake.Requests;

/// <summary>What other services tell of a request: its timeline has it, and its status follows its order
/// and its callback, in one commit.</summary>
public sealed class RequestProgress(RequestStore requests, TimelineStore timeline) :
    IConsumer<OrderOffered>, IConsumer<OrderAccepted>, IConsumer<OrderRejected>, IConsumer<OfferExpired>, IConsumer<OrderWithdrawn>,
    IConsumer<CitizenContacted>, IConsumer<ContactOverdue>, IConsumer<QuoteProposed>, IConsumer<QuoteAccepted>, IConsumer<QuoteDeclined>,
    IConsumer<VisitScheduled>, IConsumer<VendorArrived>, IConsumer<OrderCompleted>, IConsumer<OrderCancelled>, IConsumer<OrderUnfulfilled>,
    IConsumer<FollowUpScheduled>, IConsumer<FollowUpAttempted>, IConsumer<FollowUpCompleted>, IConsumer<FollowUpUnreachable>,
    IConsumer<ComplaintRaised>
{
    private const string System = "system";

    public Task Consume(ConsumeContext<OrderOffered> context)
    {
        var m = context.Message;
        Note(m.RequestId, m.At, "orderOffered", m.By, new { m.OrderId, m.VendorId, m.VendorName, m.OfferExpiresAt, m.OverrideReason });
        return Follow(context, m.RequestId, m.OrderId, "offered", m.Version, m.Ordinal);
    }

    public Task Consume(ConsumeContext<OrderAccepted> context)
    {
        var m = context.Message;
        Note(m.RequestId, m.At, "orderAccepted", m.By, new { m.OrderId, m.VendorId, m.ContactBy });
        return Follow(context, m.RequestId, m.OrderId, "accepted", m.Version, m.Ordinal);
    }

    public Task Consume(ConsumeContext<OrderRejected> context)
    {
        var m = context.Message;
        Note(m.RequestId, m.At, "orderRejected", m.By, new { m.OrderId, m.VendorId, m.Reason });
        return Follow(context, m.RequestId, m.OrderId, "rejected", m.Version, m.Ordinal);
    }

    public Task Consume(ConsumeContext<OfferExpired> context)
    {
        var m = context.Message;
        Note(m.RequestId, m.At, "offerExpired", System, new { m.OrderId, m.VendorId });
        return Follow(context, m.RequestId, m.OrderId, "expired", m.Version, m.Ordinal);
    }

    public Task Consume(ConsumeContext<OrderWithdrawn> context)
    {
        var m = context.Message;
        Note(m.RequestId, m.At, "orderWithdrawn", System, new { m.OrderId, m.VendorId, m.Reason });
        return Follow(context, m.RequestId, m.OrderId, "withdrawn", m.Version, m.Ordinal);
    }

    public Task Consume(ConsumeContext<CitizenContacted> context)
    {
        var m = context.Message;
        Note(m.RequestId, m.At, "citizenContacted", m.By, new { m.OrderId, m.VendorId, m.Note, m.Late });
        return Follow(context, m.RequestId, m.OrderId, "contacted", m.Version, m.Ordinal);
    }

    public Task Consume(ConsumeContext<ContactOverdue> context)
    {
        var m = context.Message;
        Note(m.RequestId, m.At, "contactOverdue", System, new { m.OrderId, m.VendorId, m.ContactBy });
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<QuoteProposed> context)
    {
        var m = context.Message;
        Note(m.RequestId, m.At, "quoteProposed", m.By, new { m.OrderId, m.VendorId, m.Amount, m.Note });
        return Follow(context, m.RequestId, m.OrderId, "quoted", m.Version, m.Ordinal);
    }

    public Task Consume(ConsumeContext<QuoteAccepted> context)
    {
        var m = context.Message;
        Note(m.RequestId, m.At, "quoteAccepted", m.By, new { m.OrderId, m.VendorId, m.Amount });
        return Follow(context, m.RequestId, m.OrderId, "agreed", m.Version, m.Ordinal);
    }

    public Task Consume(ConsumeContext<QuoteDeclined> context)
    {
        var m = context.Message;
        Note(m.RequestId, m.At, "quoteDeclined", m.By, new { m.OrderId, m.VendorId, m.Amount, m.Reason });
        return Follow(context, m.RequestId, m.OrderId, "declined", m.Version, m.Ordinal);
    }

    public Task Consume(ConsumeContext<VisitScheduled> context)
    {
        var m = context.Message;
        Note(m.RequestId, m.At, "visitScheduled", m.By, new { m.OrderId, m.VendorId, m.StartsAt, m.EndsAt });
        return Follow(context, m.RequestId, m.OrderId, "scheduled", m.Version, m.Ordinal);
    }

    public Task Consume(ConsumeContext<VendorArrived> context)
    {
        var m = context.Message;
        Note(m.RequestId, m.At, "vendorArrived", m.By, new { m.OrderId, m.VendorId, m.Late, m.Kept });
        return Follow(context, m.RequestId, m.OrderId, "arrived", m.Version, m.Ordinal);
    }

    public Task Consume(ConsumeContext<OrderCompleted> context)
    {
        var m = context.Message;
        Note(m.RequestId, m.At, "orderCompleted", m.By,
            new { m.OrderId, m.VendorId, m.QuotedAmount, m.FinalAmount, m.Summary, m.WarrantyDays });
        return Follow(context, m.RequestId, m.OrderId, "completed", m.Version, m.Ordinal);
    }

    public Task Consume(ConsumeContext<OrderCancelled> context)
    {
        var m = context.Message;
        Note(m.RequestId, m.At, "orderCancelled", m.By, new { m.OrderId, m.VendorId, m.StatusBefore, m.Reason });
        return Follow(context, m.RequestId, m.OrderId, "cancelled", m.Version, m.Ordinal);
    }

    public Task Consume(ConsumeContext<OrderUnfulfilled> context)
    {
        var m = context.Message;
        Note(m.RequestId, m.At, "orderUnfulfilled", System, new { m.OrderId, m.VendorId, m.Reason });
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<FollowUpScheduled> context)
    {
        var m = context.Message;
        Note(m.RequestId, m.At, "followUpScheduled", System, new { m.FollowUpId, m.OrderId, m.Kind });
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<FollowUpAttempted> context)
    {
        var m = context.Message;
        Note(m.RequestId, m.At, "followUpAttempted", m.By, new { m.FollowUpId, m.OrderId, m.Outcome, m.Attempt });
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<FollowUpCompleted> context)
    {
        var m = context.Message;
        Note(m.RequestId, m.At, "followUpCompleted", m.By,
            new { m.FollowUpId, m.OrderId, m.Satisfaction, m.Resolved, m.Punctual, m.PriceAsQuoted, m.Comment });
        return CalledBack(context, m.RequestId, m.Kind, m.OrderId);
    }

    public Task Consume(ConsumeContext<FollowUpUnreachable> context)
    {
        var m = context.Message;
        Note(m.RequestId, m.At, "followUpUnreachable", m.By, new { m.FollowUpId, m.OrderId, m.Attempts });
        return CalledBack(context, m.RequestId, m.Kind, m.OrderId);
    }

    public Task Consume(ConsumeContext<ComplaintRaised> context)
    {
        var m = context.Message;
        Note(m.RequestId, m.At, "complaintRaised", m.By, new { m.ComplaintId, m.FollowUpId, m.OrderId, m.VendorId, m.Description });
        return Task.CompletedTask;
    }

    private void Note(Guid request, DateTimeOffset at, string kind, string actor, object data) =>
        timeline.Add(request, at, kind, actor, data);

    private Task Follow(ConsumeContext context, Guid request, Guid order, string status, int version, int? ordinal) =>
        Change(context, request, r => r.FollowOrder(order, status, version, ordinal));

    private Task CalledBack(ConsumeContext context, Guid request, string kind, Guid? order) =>
        kind == "service" && order is { } served ? Change(context, request, r => r.FollowCallback(served)) : Task.CompletedTask;

    private async Task Change(ConsumeContext context, Guid id, Func<Request, Request?> follow)
    {
        var request = await requests.Find(id, context.CancellationToken)
            ?? throw new InvalidOperationException($"An event speaks of request {id}, which is not here");
        if (follow(request) is { } changed) requests.Save(changed, request.Version);
    }
}
