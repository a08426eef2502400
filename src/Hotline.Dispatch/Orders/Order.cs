using Hotline.Contracts.Dispatch;
using Hotline.Dispatch.Copies;
using Hotline.Wire.Dispatch;

namespace Hotline.Dispatch.Orders;

/// <summary>One vendor's engagement for a request (派单). Each decision is pure: the new state and the events that tell of it, or a
/// refusal.</summary>
public sealed record Order : IVersioned
{
    public required Guid Id { get; init; }
    public required Guid RequestId { get; init; }
    public required Guid VendorId { get; init; }
    public required string RequestNumber { get; init; }

    /// <summary>As the vendor was called when the order was offered; a rename does not change it.</summary>
    public required string VendorName { get; init; }
    public required string CategoryCode { get; init; }
    public OrderStatus Status { get; init; }

    /// <summary>Its place among the orders of the request, from 1; null = offered before orders were counted.</summary>
    public int? Ordinal { get; init; }

    /// <summary>Why it was offered although the vendor does not offer the service, does not cover the area or is closed.</summary>
    public string? OverrideReason { get; init; }
    public required string OfferedBy { get; init; }
    public DateTimeOffset OfferedAt { get; init; }
    public DateTimeOffset OfferExpiresAt { get; init; }
    public DateTimeOffset? AcceptedAt { get; init; }
    public DateTimeOffset? ContactBy { get; init; }
    public DateTimeOffset? ContactedAt { get; init; }
    public DateTimeOffset? ContactOverdueAt { get; init; }
    public decimal? QuoteAmount { get; init; }
    public string? QuoteNote { get; init; }
    public DateTimeOffset? QuotedAt { get; init; }
    public DateTimeOffset? AgreedAt { get; init; }
    public DateTimeOffset? VisitStartsAt { get; init; }
    public DateTimeOffset? VisitEndsAt { get; init; }

    /// <summary>How often the appointment was moved.</summary>
    public int VisitMoves { get; init; }

    /// <summary>Moved after it began, or more than once: whenever the vendor arrives now, it did not keep what was agreed.</summary>
    public bool VisitMissed { get; init; }
    public DateTimeOffset? ArrivedAt { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }
    public decimal? FinalAmount { get; init; }
    public string? Summary { get; init; }
    public int? WarrantyDays { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? EndReason { get; init; }
    public int Version { get; init; }

    /// <summary>Asks a vendor to take a request.</summary>
    public static Decision<Order> Offer(
        Guid id, RequestCopy request, VendorCopy vendor, TimeSpan lasts, string? overrideReason, string by, DateTimeOffset now)
    {
        var order = new Order
        {
            Id = id,
            RequestId = request.RequestId,
            VendorId = vendor.VendorId,
            RequestNumber = request.Number!,
            VendorName = vendor.Name,
            CategoryCode = request.CategoryCode!,
            Status = OrderStatus.Offered,
            Ordinal = request.Orders + 1,
            OverrideReason = overrideReason,
            OfferedBy = by,
            OfferedAt = now,
            OfferExpiresAt = now + lasts,
            Version = 1,
        };
        return Decision.Accept(order, new OrderOffered(id, order.RequestId, order.VendorId, 1, order.RequestNumber, order.VendorName,
            order.CategoryCode, order.OfferExpiresAt, by, now, order.Ordinal, overrideReason));
    }

    /// <summary>The vendor takes it and has so long to phone the citizen.</summary>
    public Decision<Order> Accept(TimeSpan contactWithin, string by, DateTimeOffset now)
    {
        if (Forbids(OrderAction.Accept) is { } refusal) return refusal;
        if (now >= OfferExpiresAt) return new Refusal(OrderTexts.OfferOver, CurrentStatus: OrderStatus.Expired.ToWire());
        var next = To(OrderStatus.Accepted) with { AcceptedAt = now, ContactBy = now + contactWithin };
        return Decision.Accept(next, new OrderAccepted(Id, RequestId, VendorId, next.Version, now + contactWithin, by, now, Ordinal));
    }

    /// <summary>The vendor refuses the offer; the request is free for another.</summary>
    public Decision<Order> Reject(string reason, string by, DateTimeOffset now)
    {
        if (Forbids(OrderAction.Reject) is { } refusal) return refusal;
        var next = Ended(OrderStatus.Rejected, reason, now);
        return Decision.Accept(next, new OrderRejected(Id, RequestId, VendorId, next.Version, reason, by, now, Ordinal));
    }

    /// <summary>The vendor did not answer in time.</summary>
    public Decision<Order> Expire(DateTimeOffset now)
    {
        if (Forbids(OrderAction.Expire) is { } refusal) return refusal;
        if (now < OfferExpiresAt) return new Refusal(OrderTexts.NotDue, CurrentStatus: Status.ToWire());
        var next = Ended(OrderStatus.Expired, null, now);
        return Decision.Accept(next, new OfferExpired(Id, RequestId, VendorId, next.Version, now, Ordinal));
    }

    /// <summary>The vendor spoke with the citizen.</summary>
    public Decision<Order> Contact(string? note, string by, DateTimeOffset now)
    {
        if (Forbids(OrderAction.Contact) is { } refusal) return refusal;
        var next = To(OrderStatus.Contacted) with { ContactedAt = now };
        return Decision.Accept(next, new CitizenContacted(Id, RequestId, VendorId, next.Version, note, now > ContactBy, by, now, Ordinal));
    }

    /// <summary>The vendor did not phone the citizen in time. Said once; the order goes on.</summary>
    public Decision<Order> MissContact(DateTimeOffset now)
    {
        if (Forbids(OrderAction.MissContact) is { } refusal) return refusal;
        if (ContactOverdueAt is not null || now < ContactBy) return new Refusal(OrderTexts.NotDue, CurrentStatus: Status.ToWire());
        var next = To(OrderStatus.Accepted) with { ContactOverdueAt = now };
        return Decision.Accept(next, new ContactOverdue(Id, RequestId, VendorId, next.Version, ContactBy!.Value, now));
    }

    /// <summary>The vendor names a price, or another one while the citizen has not answered.</summary>
    public Decision<Order> ProposeQuote(decimal amount, string? note, string by, DateTimeOffset now)
    {
        if (Forbids(OrderAction.ProposeQuote) is { } refusal) return refusal;
        var next = To(OrderStatus.Quoted) with { QuoteAmount = amount, QuoteNote = note, QuotedAt = now };
        return Decision.Accept(next, new QuoteProposed(Id, RequestId, VendorId, next.Version, amount, note, by, now, Ordinal));
    }

    /// <summary>The citizen agrees to the price.</summary>
    /// <param name="seen">The price that he was told, in CNY; null = not said which.</param>
    public Decision<Order> AcceptQuote(decimal? seen, string by, DateTimeOffset now)
    {
        if (Forbids(OrderAction.AcceptQuote) is { } refusal) return refusal;
        if (seen is not null && seen != QuoteAmount) return OtherAmount(QuoteAmount!.Value);
        var next = To(OrderStatus.Agreed) with { AgreedAt = now };
        return Decision.Accept(next, new QuoteAccepted(Id, RequestId, VendorId, next.Version, QuoteAmount!.Value, by, now, Ordinal));
    }

    /// <summary>The citizen finds the price too high; the request is free for another vendor.</summary>
    public Decision<Order> DeclineQuote(string reason, string by, DateTimeOffset now)
    {
        if (Forbids(OrderAction.DeclineQuote) is { } refusal) return refusal;
        var next = Ended(OrderStatus.Declined, reason, now);
        return Decision.Accept(next, new QuoteDeclined(Id, RequestId, VendorId, next.Version, RequestNumber, VendorName, CategoryCode,
            QuoteAmount!.Value, reason, by, now, Ordinal));
    }

    /// <summary>Vendor and citizen agree on a time, or on another one. To move an appointment once, before it begins, is no fault; later or
    /// again, it counts as not kept: otherwise nobody who can move it would ever be late.</summary>
    public Decision<Order> Schedule(DateTimeOffset startsAt, DateTimeOffset endsAt, string by, DateTimeOffset now)
    {
        if (Forbids(OrderAction.Schedule) is { } refusal) return refusal;
        var moved = VisitStartsAt is not null && (VisitStartsAt, VisitEndsAt) != (startsAt, endsAt);
        var next = To(OrderStatus.Scheduled) with
        {
            VisitStartsAt = startsAt,
            VisitEndsAt = endsAt,
            VisitMoves = VisitMoves + (moved ? 1 : 0),
            VisitMissed = VisitMissed || moved && (now >= VisitStartsAt || VisitMoves > 0),
        };
        return Decision.Accept(next, new VisitScheduled(Id, RequestId, VendorId, next.Version, startsAt, endsAt, by, now, Ordinal));
    }

    /// <summary>The technician is there. Without an appointment that means at once, and there is none to be late for.</summary>
    public Decision<Order> Arrive(string by, DateTimeOffset now)
    {
        if (Forbids(OrderAction.Arrive) is { } refusal) return refusal;
        var next = To(OrderStatus.Arrived) with { ArrivedAt = now };
        var late = VisitMissed || now > VisitEndsAt;
        bool? kept = VisitEndsAt is null ? null : !late;
        return Decision.Accept(next, new VendorArrived(Id, RequestId, VendorId, next.Version, late, by, now, Ordinal, kept));
    }

    /// <summary>The work is done.</summary>
    public Decision<Order> Complete(decimal finalAmount, string summary, int warrantyDays, string by, DateTimeOffset now)
    {
        if (Forbids(OrderAction.Complete) is { } refusal) return refusal;
        var next = Ended(OrderStatus.Completed, null, now) with
        {
            CompletedAt = now,
            FinalAmount = finalAmount,
            Summary = summary,
            WarrantyDays = warrantyDays,
        };
        return Decision.Accept(next, new OrderCompleted(Id, RequestId, VendorId, next.Version, RequestNumber, VendorName, CategoryCode,
            QuoteAmount!.Value, finalAmount, summary, warrantyDays, by, now, Ordinal));
    }

    /// <summary>The operator ends it, or the citizen gave up the request.</summary>
    /// <param name="wantedNoMore">The request is over: nobody is left without a service that he wants, and no callback is due.</param>
    public Decision<Order> Cancel(string reason, bool wantedNoMore, string by, DateTimeOffset now)
    {
        if (Forbids(OrderAction.Cancel) is { } refusal) return refusal;
        var next = Ended(OrderStatus.Cancelled, reason, now);
        var cancelled = new OrderCancelled(Id, RequestId, VendorId, next.Version, Status.ToWire(), reason, by, now, Ordinal);
        return Status.IsEngaged() && !wantedNoMore
            ? Decision.Accept(next, cancelled, next.Unfulfilled(reason, now))
            : Decision.Accept(next, cancelled);
    }

    /// <summary>The vendor's standing forbids it: an offer is taken back from a suspended vendor, any order from one that was
    /// removed.</summary>
    public Decision<Order> Withdraw(string reason, DateTimeOffset now)
    {
        if (Forbids(OrderAction.Withdraw) is { } refusal) return refusal;
        var next = Ended(OrderStatus.Withdrawn, reason, now);
        var withdrawn = new OrderWithdrawn(Id, RequestId, VendorId, next.Version, reason, now, Ordinal);
        return Status.IsEngaged() ? Decision.Accept(next, withdrawn, next.Unfulfilled(reason, now)) : Decision.Accept(next, withdrawn);
    }

    private static Refusal OtherAmount(decimal current) => new(OrderTexts.QuoteChanged, CurrentStatus: OrderStatus.Quoted.ToWire(),
        Errors: new Dictionary<string, string[]> { ["amount"] = [OrderTexts.CurrentQuote.Say(current)] });

    private OrderUnfulfilled Unfulfilled(string reason, DateTimeOffset now) =>
        new(Id, RequestId, VendorId, Version, RequestNumber, VendorName, CategoryCode, reason, now, Ordinal);

    private Order To(OrderStatus status) => this with { Status = status, Version = Version + 1 };

    private Order Ended(OrderStatus status, string? reason, DateTimeOffset now) => To(status) with { EndedAt = now, EndReason = reason };

    private Refusal? Forbids(OrderAction action) => OrderTable.Allowed[Status].Contains(action)
        ? null : new(Status.IsFinal() ? OrderTexts.Closed : OrderTexts.TooEarlyOrLate(action), CurrentStatus: Status.ToWire());
}
