using Hotline.Contracts.Dispatch;
using Hotline.Contracts.FollowUp;
using MassTransit;

namespace Hotline.Evaluation.Scores;

/// <summary>Notes what others tell of a vendor's work.</summary>
public sealed class WorkFacts(ScoreStore scores) :
    IConsumer<OrderAccepted>, IConsumer<OrderRejected>, IConsumer<OfferExpired>, IConsumer<CitizenContacted>, IConsumer<ContactOverdue>,
    IConsumer<VendorArrived>,
    IConsumer<OrderCompleted>, IConsumer<QuoteDeclined>, IConsumer<OrderUnfulfilled>, IConsumer<FollowUpCompleted>,
    IConsumer<ComplaintRaised>
{
    public Task Consume(ConsumeContext<OrderAccepted> context)
    {
        var m = context.Message;
        return Note(m.VendorId, m.OrderId, m.At, (Facts.Accepted, 1), (Facts.AnswerDeadline, 1));
    }

    public Task Consume(ConsumeContext<OrderRejected> context)
    {
        var m = context.Message;
        return Note(m.VendorId, m.OrderId, m.At, (Facts.Rejected, 1), (Facts.AnswerDeadline, 1));
    }

    public Task Consume(ConsumeContext<OfferExpired> context)
    {
        var m = context.Message;
        return Note(m.VendorId, m.OrderId, m.At, (Facts.Expired, 1), (Facts.AnswerDeadline, 0));
    }

    public Task Consume(ConsumeContext<CitizenContacted> context)
    {
        var m = context.Message;
        return Note(m.VendorId, m.OrderId, m.At, (Facts.ContactDeadline, m.Late ? 0 : 1));
    }

    public Task Consume(ConsumeContext<ContactOverdue> context)
    {
        var m = context.Message;
        return Note(m.VendorId, m.OrderId, m.At, (Facts.ContactDeadline, 0));
    }

    public Task Consume(ConsumeContext<VendorArrived> context)
    {
        var m = context.Message;
        // without an appointment there was none to keep; an earlier release told only of those missed for sure
        return (m.Kept ?? (m.Late ? false : null)) is { } kept
            ? Note(m.VendorId, m.OrderId, m.At, (Facts.VisitDeadline, kept ? 1 : 0)) : Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<OrderCompleted> context)
    {
        var m = context.Message;
        return Note(m.VendorId, m.OrderId, m.At, (Facts.Completed, 1));
    }

    public Task Consume(ConsumeContext<QuoteDeclined> context)
    {
        var m = context.Message;
        return Note(m.VendorId, m.OrderId, m.At, (Facts.Declined, 1));
    }

    public Task Consume(ConsumeContext<OrderUnfulfilled> context)
    {
        var m = context.Message;
        return Note(m.VendorId, m.OrderId, m.At, (Facts.Unfulfilled, 1));
    }

    public Task Consume(ConsumeContext<FollowUpCompleted> context)
    {
        var m = context.Message;
        // only a service tells of the vendor's work; a declined price or a missing vendor is no fault by itself
        if (m is not { Kind: "service", VendorId: { } vendor, OrderId: { } order }) return Task.CompletedTask;
        List<(string, int)> facts = [(Facts.Satisfaction, m.Satisfaction), (Facts.Resolved, m.Resolved ? 1 : 0)];
        if (m.Punctual is { } punctual) facts.Add((Facts.Punctual, punctual ? 1 : 0));
        if (m.PriceAsQuoted is { } asQuoted) facts.Add((Facts.PriceAsQuoted, asQuoted ? 1 : 0));
        return Note(vendor, order, m.At, [.. facts]);
    }

    public Task Consume(ConsumeContext<ComplaintRaised> context)
    {
        var m = context.Message;
        return Note(m.VendorId, m.OrderId, m.At, (Facts.Complaint, 1));
    }

    private Task Note(Guid vendor, Guid order, DateTimeOffset at, params ReadOnlySpan<(string Kind, int Value)> facts)
    {
        scores.Add(vendor, order, at, facts);
        return Task.CompletedTask;
    }
}
