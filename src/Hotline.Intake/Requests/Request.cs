using Hotline.Contracts.Intake;
using Hotline.Wire.Intake;

namespace Hotline.Intake.Requests;

public static class RequestStatuses
{
    /// <summary>It stays so: neither service nor callback is to come.
    /// A vendor at work in spite of a cancellation may still complete.</summary>
    public static bool IsFinal(this RequestStatus status) =>
        status is RequestStatus.Closed or RequestStatus.Cancelled or RequestStatus.Unfulfilled;

    /// <summary>Nothing more is done for the citizen, a callback aside.</summary>
    public static bool IsFinished(this RequestStatus status) => status is RequestStatus.Completed || status.IsFinal();
}

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

    /// <summary>Forgets who the citizen is and what was said; what was done and when stays.</summary>
    public Decision<Request> Erase(DateTimeOffset now) => Decision.Accept(
        this with { Citizen = null, PhoneHash = null, Description = "", CancelReason = null, Version = Version + 1 },
        new RequestErased(Id, Version + 1, now));

    /// <summary>What dispatch told of an order of this request. Of two orders the one with the greater ordinal is the later;
    /// where an earlier release told of one of them, the one with the greater id (UUIDv7, by the clock of the host that made it).</summary>
    /// <returns>The request after it, or null where it is no news.</returns>
    public Request? FollowOrder(Guid order, string status, int version, int? ordinal)
    {
        if (order == OrderId ? version <= OrderVersion : IsEarlier(order, ordinal)) return null;
        var counted = ordinal ?? (order == OrderId ? OrderOrdinal : null);
        return this with { OrderId = order, OrderStatus = status, OrderVersion = version, OrderOrdinal = counted, Version = Version + 1 };
    }

    private bool IsEarlier(Guid order, int? ordinal) =>
        ordinal is { } told && OrderOrdinal is { } known ? told < known : order.CompareTo(OrderId ?? Guid.Empty) < 0;

    /// <summary>The citizen was called back about an order's service, or could not be reached.</summary>
    public Request? FollowCallback(Guid order) =>
        CalledBackOrderId == order ? null : this with { CalledBackOrderId = order, Version = Version + 1 };
}
