using Hotline.Contracts.Dispatch;
using Hotline.Contracts.FollowUp;
using Hotline.Contracts.Intake;
using MassTransit;

namespace Hotline.Intake.Timeline;

/// <summary>Writes down what all services tell of a request.</summary>
public sealed class RequestTimeline(TimelineStore timeline) :
    IConsumer<RequestRegistered>, IConsumer<RequestCancelled>,
    IConsumer<OrderOffered>, IConsumer<OrderAccepted>, IConsumer<OrderRejected>, IConsumer<OfferExpired>, IConsumer<OrderWithdrawn>,
    IConsumer<CitizenContacted>, IConsumer<ContactOverdue>, IConsumer<QuoteProposed>, IConsumer<QuoteAccepted>, IConsumer<QuoteDeclined>,
    IConsumer<VisitScheduled>, IConsumer<VendorArrived>, IConsumer<OrderCompleted>, IConsumer<OrderCancelled>, IConsumer<OrderUnfulfilled>,
    IConsumer<FollowUpScheduled>, IConsumer<FollowUpAttempted>, IConsumer<FollowUpCompleted>, IConsumer<FollowUpUnreachable>, IConsumer<ComplaintRaised>
{
    private const string System = "system";

    public Task Consume(ConsumeContext<RequestRegistered> context)
    {
        var m = context.Message;
        return Note(m.RequestId, m.At, "requestRegistered", m.By, new { m.Number, m.CategoryCode, m.AreaCode, m.Urgency });
    }

    public Task Consume(ConsumeContext<RequestCancelled> context)
    {
        var m = context.Message;
        return Note(m.RequestId, m.At, "requestCancelled", m.By, new { m.Cause, m.Reason });
    }

    public Task Consume(ConsumeContext<OrderOffered> context)
    {
        var m = context.Message;
        return Note(m.RequestId, m.At, "orderOffered", m.By, new { m.OrderId, m.VendorId, m.VendorName, m.OfferExpiresAt });
    }

    public Task Consume(ConsumeContext<OrderAccepted> context)
    {
        var m = context.Message;
        return Note(m.RequestId, m.At, "orderAccepted", m.By, new { m.OrderId, m.VendorId, m.ContactBy });
    }

    public Task Consume(ConsumeContext<OrderRejected> context)
    {
        var m = context.Message;
        return Note(m.RequestId, m.At, "orderRejected", m.By, new { m.OrderId, m.VendorId, m.Reason });
    }

    public Task Consume(ConsumeContext<OfferExpired> context)
    {
        var m = context.Message;
        return Note(m.RequestId, m.At, "offerExpired", System, new { m.OrderId, m.VendorId });
    }

    public Task Consume(ConsumeContext<OrderWithdrawn> context)
    {
        var m = context.Message;
        return Note(m.RequestId, m.At, "orderWithdrawn", System, new { m.OrderId, m.VendorId, m.Reason });
    }

    public Task Consume(ConsumeContext<CitizenContacted> context)
    {
        var m = context.Message;
        return Note(m.RequestId, m.At, "citizenContacted", m.By, new { m.OrderId, m.VendorId, m.Note, m.Late });
    }

    public Task Consume(ConsumeContext<ContactOverdue> context)
    {
        var m = context.Message;
        return Note(m.RequestId, m.At, "contactOverdue", System, new { m.OrderId, m.VendorId, m.ContactBy });
    }

    public Task Consume(ConsumeContext<QuoteProposed> context)
    {
        var m = context.Message;
        return Note(m.RequestId, m.At, "quoteProposed", m.By, new { m.OrderId, m.VendorId, m.Amount, m.Note });
    }

    public Task Consume(ConsumeContext<QuoteAccepted> context)
    {
        var m = context.Message;
        return Note(m.RequestId, m.At, "quoteAccepted", m.By, new { m.OrderId, m.VendorId, m.Amount });
    }

    public Task Consume(ConsumeContext<QuoteDeclined> context)
    {
        var m = context.Message;
        return Note(m.RequestId, m.At, "quoteDeclined", m.By, new { m.OrderId, m.VendorId, m.Amount, m.Reason });
    }

    public Task Consume(ConsumeContext<VisitScheduled> context)
    {
        var m = context.Message;
        return Note(m.RequestId, m.At, "visitScheduled", m.By, new { m.OrderId, m.VendorId, m.StartsAt, m.EndsAt });
    }

    public Task Consume(ConsumeContext<VendorArrived> context)
    {
        var m = context.Message;
        return Note(m.RequestId, m.At, "vendorArrived", m.By, new { m.OrderId, m.VendorId, m.Late });
    }

    public Task Consume(ConsumeContext<OrderCompleted> context)
    {
        var m = context.Message;
        return Note(m.RequestId, m.At, "orderCompleted", m.By, new { m.OrderId, m.VendorId, m.QuotedAmount, m.FinalAmount, m.Summary, m.WarrantyDays });
    }

    public Task Consume(ConsumeContext<OrderCancelled> context)
    {
        var m = context.Message;
        return Note(m.RequestId, m.At, "orderCancelled", m.By, new { m.OrderId, m.VendorId, m.StatusBefore, m.Reason });
    }

    public Task Consume(ConsumeContext<OrderUnfulfilled> context)
    {
        var m = context.Message;
        return Note(m.RequestId, m.At, "orderUnfulfilled", System, new { m.OrderId, m.VendorId, m.Reason });
    }

    public Task Consume(ConsumeContext<FollowUpScheduled> context)
    {
        var m = context.Message;
        return Note(m.RequestId, m.At, "followUpScheduled", System, new { m.FollowUpId, m.OrderId, m.Kind });
    }

    public Task Consume(ConsumeContext<FollowUpAttempted> context)
    {
        var m = context.Message;
        return Note(m.RequestId, m.At, "followUpAttempted", m.By, new { m.FollowUpId, m.OrderId, m.Outcome, m.Attempt });
    }

    public Task Consume(ConsumeContext<FollowUpCompleted> context)
    {
        var m = context.Message;
        return Note(m.RequestId, m.At, "followUpCompleted", m.By, new { m.FollowUpId, m.OrderId, m.Satisfaction, m.Resolved, m.Punctual, m.PriceAsQuoted, m.Comment });
    }

    public Task Consume(ConsumeContext<FollowUpUnreachable> context)
    {
        var m = context.Message;
        return Note(m.RequestId, m.At, "followUpUnreachable", m.By, new { m.FollowUpId, m.OrderId, m.Attempts });
    }

    public Task Consume(ConsumeContext<ComplaintRaised> context)
    {
        var m = context.Message;
        return Note(m.RequestId, m.At, "complaintRaised", m.By, new { m.ComplaintId, m.FollowUpId, m.OrderId, m.VendorId, m.Description });
    }

    private Task Note(Guid request, DateTimeOffset at, string kind, string actor, object data)
    {
        timeline.Add(request, at, kind, actor, data);
        return Task.CompletedTask;
    }
}
