using Hotline.Contracts.Intake;
using Hotline.Wire.Intake;

namespace Hotline.Intake.Requests;

/// <summary>What an event says of an order, besides where it stands.</summary>
/// <param name="VendorName">As it is called in the offer; null = said by an event that does not name the vendor.</param>
/// <param name="DueAt">By when the vendor is to answer the offer, or to phone the citizen; null = nothing is due.</param>
public sealed record OrderTerms(Guid VendorId, string? VendorName, DateTimeOffset? DueAt);

/// <summary>What a citizen asked for (工单).</summary>
public sealed record Request : IVersioned
{
    /// <summary>What a request is while its latest order is that; an order that ended without service leaves it free for another
    /// vendor.</summary>
    public static IReadOnlyDictionary<string, RequestStatus> ByOrder { get; } = new Dictionary<string, RequestStatus>
    {
        ["offered"] = RequestStatus.Offered,
        ["accepted"] = RequestStatus.Accepted,
        ["contacted"] = RequestStatus.Contacted,
        ["quoted"] = RequestStatus.Quoted,
        ["agreed"] = RequestStatus.Agreed,
        ["scheduled"] = RequestStatus.Scheduled,
        ["arrived"] = RequestStatus.Arrived,
        ["completed"] = RequestStatus.Completed,
        ["rejected"] = RequestStatus.Registered,
        ["expired"] = RequestStatus.Registered,
        ["declined"] = RequestStatus.Registered,
        ["cancelled"] = RequestStatus.Registered,
        ["withdrawn"] = RequestStatus.Registered,
    };

    private static readonly Text IsFinished = new("request.finished", "工单已完成或已取消，服务类别不能再改",
        "The request is finished or cancelled: its category stays as it is");
    private static readonly Text IsOver = new("request.final", "工单已办结或已取消，不能再更正",
        "The request is finished or cancelled: it stays as it is");
    private static readonly Text IsForgotten = new("request.erased", "该工单的个人信息已按期删除", "The citizen of this request is forgotten");
    private static readonly Text IsFinal = new("request.final", "工单已办结或已取消，不能再取消", "The request is finished or cancelled already");

    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required string Channel { get; init; }
    public required string DialledNumber { get; init; }

    /// <summary>Name, phone and address, sealed; null = erased.</summary>
    public required string? Citizen { get; init; }

    /// <summary>By which the phone is found; null = erased.</summary>
    public required byte[]? PhoneHash { get; init; }
    public required string AreaCode { get; init; }
    public required string CategoryCode { get; init; }
    public required string Description { get; init; }
    public required string Urgency { get; init; }
    public required string RegisteredBy { get; init; }
    public required DateTimeOffset RegisteredAt { get; init; }
    public string? CancelCause { get; init; }
    public string? CancelReason { get; init; }
    public DateTimeOffset? CancelledAt { get; init; }
    public Guid? OrderId { get; init; }
    public string? OrderStatus { get; init; }

    /// <summary>Of how many orders it is the last; null = none yet, or told by an earlier release.</summary>
    public int? OrderOrdinal { get; init; }
    public int OrderVersion { get; init; }

    /// <summary>Who has the latest order; null = an earlier release heard of it. So are name and deadline then.</summary>
    public Guid? OrderVendorId { get; init; }
    public string? OrderVendorName { get; init; }

    /// <summary>By when the vendor is to answer the offer, or to phone the citizen; null = neither.</summary>
    public DateTimeOffset? OrderDueAt { get; init; }
    public Guid? CalledBackOrderId { get; init; }
    public int Version { get; init; }

    /// <summary>Who the citizen is and what was said is forgotten.</summary>
    public bool IsErased => Citizen is null;

    /// <summary>Follows from the rest. Work that was done counts even when the citizen cancelled meanwhile.</summary>
    public RequestStatus Status => OrderStatus switch
    {
        "completed" => CalledBackOrderId == OrderId ? RequestStatus.Closed : RequestStatus.Completed,
        _ when CancelledAt is not null => CancelCause == nameof(Wire.Intake.CancelCause.NoVendor) ? RequestStatus.Unfulfilled
            : RequestStatus.Cancelled,
        { } status => ByOrder[status],
        null => RequestStatus.Registered,
    };

    /// <summary>Whether a vendor is to serve it, or has served it.</summary>
    public bool IsPlaced => OrderStatus is { } status && ByOrder[status] is not RequestStatus.Registered;

    /// <summary>The event that tells the others of a new request.</summary>
    public RequestRegistered Registered() => new(Id, Number, Version, Channel, DialledNumber, Citizen!, AreaCode, CategoryCode,
        Description, Urgency, RegisteredBy, RegisteredAt);

    /// <summary>The citizen gives up, nobody can be found, or it was registered twice. An open order is cancelled by dispatch.</summary>
    /// <param name="reason">In words; of an erased request none are kept.</param>
    public Decision<Request> Cancel(CancelCause cause, string reason, string by, DateTimeOffset now)
    {
        if (Status.IsFinished()) return new Refusal(IsFinal, CurrentStatus: Status.ToWire());
        var kept = IsErased ? "" : reason;
        return Decision.Accept(this with { CancelCause = cause.ToString(), CancelReason = kept, CancelledAt = now, Version = Version + 1 },
            new RequestCancelled(Id, Number, Version + 1, cause.ToWire(), CategoryCode, kept, by, now));
    }

    /// <summary>A supervisor names the service that is asked for, or corrects it; orders keep what they were offered for.</summary>
    public Decision<Request> Recategorise(string category, string by, DateTimeOffset now)
    {
        if (Status.IsFinished()) return new Refusal(IsFinished, CurrentStatus: Status.ToWire());
        return category == CategoryCode ? Decision.Accept(this)
            : Decision.Accept(this with { CategoryCode = category, Version = Version + 1 },
                new RequestRecategorised(Id, Number, Version + 1, category, CategoryCode, by, now));
    }

    /// <summary>Name, phone or place were taken down wrongly. Who serves the request is told.</summary>
    /// <param name="correction">What is right; null = the citizen is forgotten, and there is nothing to correct.</param>
    /// <param name="reason">In words.</param>
    public Decision<Request> Correct(Correction? correction, string reason, string by, DateTimeOffset now)
    {
        if (Status.IsFinal()) return new Refusal(IsOver, CurrentStatus: Status.ToWire());
        if (correction is null) return Forgotten;
        if (correction.Fields.Length == 0) return Decision.Accept(this);
        var serves = IsPlaced ? this : null;
        return Decision.Accept(this with
        {
            Citizen = correction.Citizen,
            PhoneHash = correction.PhoneHash,
            AreaCode = correction.AreaCode,
            Version = Version + 1,
        }, new RequestCorrected(Id, Number, Version + 1, serves?.OrderId, serves?.OrderVendorId, correction.Fields, correction.Citizen,
            correction.AreaCode, reason, by, now));
    }

    /// <summary>An internal note; the request stays as it is.</summary>
    /// <param name="text">In words.</param>
    public Decision<Request> Note(Guid id, string text, string by, DateTimeOffset now) =>
        IsErased ? Forgotten : Decision.Accept(this, new RequestNoted(id, Id, text, by, now));

    private Refusal Forgotten => new(IsForgotten, CurrentStatus: Status.ToWire());

    /// <summary>Forgets who the citizen is and what was said; what was done and when stays.</summary>
    public Decision<Request> Erase(DateTimeOffset now) => Decision.Accept(
        this with { Citizen = null, PhoneHash = null, Description = "", CancelReason = null, Version = Version + 1 },
        new RequestErased(Id, Version + 1, now));

    /// <summary>What dispatch told of an order of this request. Of two orders the one with the greater ordinal is the later;
    /// where an earlier release told of one of them, the one with the greater id (UUIDv7, by the clock of the host that made it).</summary>
    /// <returns>The request after it, or null where it is no news.</returns>
    public Request? FollowOrder(Guid order, string status, int version, int? ordinal, OrderTerms? terms = null)
    {
        var known = order == OrderId;
        // the offer, which names the vendor, may be heard after what came of it
        if (known && version <= OrderVersion)
            return OrderVendorName is null && terms?.VendorName is { } name
                ? this with { OrderVendorName = name, Version = Version + 1 } : null;
        if (!known && IsEarlier(order, ordinal)) return null;
        return this with
        {
            OrderId = order,
            OrderStatus = status,
            OrderVersion = version,
            OrderOrdinal = ordinal ?? (known ? OrderOrdinal : null),
            OrderVendorId = terms?.VendorId,
            OrderVendorName = terms?.VendorName ?? (known ? OrderVendorName : null),
            OrderDueAt = terms?.DueAt,
            Version = Version + 1,
        };
    }

    private bool IsEarlier(Guid order, int? ordinal) =>
        ordinal is { } told && OrderOrdinal is { } known ? told < known : order.CompareTo(OrderId ?? Guid.Empty) < 0;

    /// <summary>The citizen was called back about an order's service, or could not be reached.</summary>
    public Request? FollowCallback(Guid order) =>
        CalledBackOrderId == order ? null : this with { CalledBackOrderId = order, Version = Version + 1 };
}
