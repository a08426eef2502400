using Hotline.Contracts.Dispatch;
using Hotline.Contracts.FollowUp;

namespace Hotline.Evaluation.Scores;

/// <summary>Notes what others tell of a vendor's work.</summary>
public sealed class WorkFacts(ScoreStore scores) : IFollow<WorkFacts>
{
    public static void Follow(Follows<WorkFacts> events) => events
        .On<OrderAccepted>((facts, e) => facts.Note(e.VendorId, e.OrderId, e.At, (Facts.Accepted, 1), (Facts.AnswerDeadline, 1)))
        .On<OrderRejected>((facts, e) => facts.Note(e.VendorId, e.OrderId, e.At, (Facts.Rejected, 1), (Facts.AnswerDeadline, 1)))
        .On<OfferExpired>((facts, e) => facts.Note(e.VendorId, e.OrderId, e.At, (Facts.Expired, 1), (Facts.AnswerDeadline, 0)))
        .On<CitizenContacted>((facts, e) => facts.Note(e.VendorId, e.OrderId, e.At, (Facts.ContactDeadline, e.Late ? 0 : 1)))
        .On<ContactOverdue>((facts, e) => facts.Note(e.VendorId, e.OrderId, e.At, (Facts.ContactDeadline, 0)))
        .On<VendorArrived>((facts, e) => facts.Arrived(e))
        .On<OrderCompleted>((facts, e) => facts.Note(e.VendorId, e.OrderId, e.At, (Facts.Completed, 1)))
        .On<QuoteDeclined>((facts, e) => facts.Note(e.VendorId, e.OrderId, e.At, (Facts.Declined, 1)))
        .On<OrderUnfulfilled>((facts, e) => facts.Note(e.VendorId, e.OrderId, e.At, (Facts.Unfulfilled, 1)))
        .On<FollowUpCompleted>((facts, e) => facts.CalledBack(e))
        .On<ComplaintRaised>((facts, e) => facts.Note(e.VendorId, e.OrderId, e.At, (Facts.Complaint, 1)));

    private void Arrived(VendorArrived e)
    {
        // without an appointment there was none to keep; an earlier release told only of those missed for sure
        if ((e.Kept ?? (e.Late ? false : null)) is { } kept) Note(e.VendorId, e.OrderId, e.At, (Facts.VisitDeadline, kept ? 1 : 0));
    }

    private void CalledBack(FollowUpCompleted e)
    {
        // only a service tells of the vendor's work; a declined price or a missing vendor is no fault by itself
        if (e is not { Kind: "service", VendorId: { } vendor, OrderId: { } order }) return;
        List<(string, int)> facts = [(Facts.Satisfaction, e.Satisfaction), (Facts.Resolved, e.Resolved ? 1 : 0)];
        if (e.Punctual is { } punctual) facts.Add((Facts.Punctual, punctual ? 1 : 0));
        if (e.PriceAsQuoted is { } asQuoted) facts.Add((Facts.PriceAsQuoted, asQuoted ? 1 : 0));
        Note(vendor, order, e.At, [.. facts]);
    }

    private void Note(Guid vendor, Guid order, DateTimeOffset at, params ReadOnlySpan<(string Kind, int Value)> facts) =>
        scores.Add(vendor, order, at, facts);
}
