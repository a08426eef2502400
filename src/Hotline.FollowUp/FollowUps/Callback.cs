using Hotline.Contracts.FollowUp;
using Hotline.ServiceDefaults;

namespace Hotline.FollowUp.FollowUps;

public enum CallbackStatus
{
    /// <summary>Waits for an operator.</summary>
    Open,

    /// <summary>An operator has it.</summary>
    Claimed,

    /// <summary>The citizen answered.</summary>
    Completed,

    /// <summary>The citizen could not be reached, or does not want to be asked.</summary>
    Unreachable,
}

/// <summary>What the callback is about.</summary>
public enum CallbackKind
{
    /// <summary>A completed service.</summary>
    Service,

    /// <summary>A declined price.</summary>
    Declined,

    /// <summary>A service that was promised and not delivered, or for which nobody was found.</summary>
    Unfulfilled,
}

public enum AttemptOutcome
{
    NoAnswer,
    Busy,
    WrongNumber,
    Refused,
}

/// <summary>What the citizen said.</summary>
/// <param name="Complaint">Against the vendor; none = no complaint.</param>
public sealed record Answers(int Satisfaction, bool Resolved, bool? Punctual, bool? PriceAsQuoted, string? Comment, string? Complaint)
{
    /// <summary>What must be asked after a service, and was not.</summary>
    public IEnumerable<string> Unasked()
    {
        if (Punctual is null) yield return "punctual";
        if (PriceAsQuoted is null) yield return "priceAsQuoted";
    }
}

/// <summary>A callback (回访): one for each order that was completed, declined or not fulfilled.</summary>
public sealed record Callback : IVersioned
{
    private static readonly Text Over = new("follow-up.closed", "该回访已结束", "The callback has ended");
    private static readonly Text Taken = new("follow-up.claimed", "该回访已被其他接线员领取", "Another operator has claimed the callback");
    private static readonly Text NotClaimed = new("follow-up.not-claimed", "请先领取该回访", "Claim the callback first");
    private static readonly Text AfterService = new("answers.after-service", "服务类回访必须询问此项", "Required after a service");
    private static readonly Text NoVendor = new("follow-up.no-vendor", "该回访没有对应企业,不能登记投诉", "No vendor was engaged, so there is none to complain about");

    public required Guid Id { get; init; }
    public required Guid RequestId { get; init; }
    public Guid? OrderId { get; init; }
    public Guid? VendorId { get; init; }
    public required string RequestNumber { get; init; }
    public string? VendorName { get; init; }
    public required string CategoryCode { get; init; }
    public CallbackKind Kind { get; init; }
    public CallbackStatus Status { get; init; }
    public DateTimeOffset DueAt { get; init; }
    public string? ClaimedBy { get; init; }
    public string? ClaimedByName { get; init; }
    public DateTimeOffset? ClaimExpiresAt { get; init; }
    public int Attempts { get; init; }
    public string? LastOutcome { get; init; }
    public int? Satisfaction { get; init; }
    public bool? Resolved { get; init; }
    public bool? Punctual { get; init; }
    public bool? PriceAsQuoted { get; init; }
    public string? Comment { get; init; }
    public Guid? ComplaintId { get; init; }
    public string? Complaint { get; init; }
    public string? EndedBy { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public int Version { get; init; }

    /// <summary>A callback is due.</summary>
    public static Decision<Callback> Schedule(Guid id, Guid request, Guid? order, Guid? vendor, string number, string? vendorName, string category, CallbackKind kind, DateTimeOffset now)
    {
        var callback = new Callback
        {
            Id = id,
            RequestId = request,
            OrderId = order,
            VendorId = vendor,
            RequestNumber = number,
            VendorName = vendorName,
            CategoryCode = category,
            Kind = kind,
            Status = CallbackStatus.Open,
            DueAt = now,
            CreatedAt = now,
            Version = 1,
        };
        return Decision.Accept(callback, new FollowUpScheduled(id, request, order, vendor, 1, kind.ToWire(), now));
    }

    /// <summary>An operator takes it, for so long. Nobody else can, until the claim lapses.</summary>
    public Decision<Callback> Claim(Caller by, TimeSpan lasts, DateTimeOffset now)
    {
        if (IsOver) return new Refusal(Over, CurrentStatus: Status.ToWire());
        if (Status is CallbackStatus.Claimed && ClaimedBy != by.Id && now < ClaimExpiresAt) return new Refusal(Taken, CurrentStatus: Status.ToWire());
        return Decision.Accept(Renewed(by, lasts, now));
    }

    /// <summary>The citizen was called and could not be asked. After so many attempts, or when he refuses, it is over.</summary>
    public Decision<Callback> Attempt(AttemptOutcome outcome, Caller by, FollowUpOptions options, DateTimeOffset now)
    {
        if (ForbidsTo(by, now) is { } refusal) return refusal;
        var tried = Renewed(by, options.ClaimLasts, now) with { Attempts = Attempts + 1, LastOutcome = outcome.ToWire(), DueAt = now + options.TryAgainAfter };
        var attempted = new FollowUpAttempted(Id, RequestId, OrderId, VendorId, tried.Version, outcome.ToWire(), tried.Attempts, by.Name, now);
        if (outcome is not AttemptOutcome.Refused && tried.Attempts < options.MaxAttempts) return Decision.Accept(tried, attempted);
        return Decision.Accept(tried.Ended(CallbackStatus.Unreachable, by, now), attempted,
            new FollowUpUnreachable(Id, RequestId, OrderId, VendorId, tried.Version, Kind.ToWire(), tried.Attempts, by.Name, now));
    }

    /// <summary>The citizen answered the questionnaire.</summary>
    public Decision<Callback> Complete(Answers answers, Guid complaintId, Caller by, DateTimeOffset now)
    {
        if (ForbidsTo(by, now) is { } refusal) return refusal;
        var unasked = Kind is CallbackKind.Service ? answers.Unasked().ToArray() : [];
        if (unasked.Length > 0) return Refusal.Invalid(unasked.Select(field => (field, AfterService)));
        if (answers.Complaint is not null && VendorId is null) return new Refusal(NoVendor, CurrentStatus: Status.ToWire());
        var next = (this with
        {
            Satisfaction = answers.Satisfaction,
            Resolved = answers.Resolved,
            Punctual = answers.Punctual,
            PriceAsQuoted = answers.PriceAsQuoted,
            Comment = answers.Comment,
            ComplaintId = answers.Complaint is null ? null : complaintId,
            Complaint = answers.Complaint,
            Version = Version + 1,
        }).Ended(CallbackStatus.Completed, by, now);
        var completed = new FollowUpCompleted(Id, RequestId, OrderId, VendorId, next.Version, Kind.ToWire(), answers.Satisfaction, answers.Resolved,
            answers.Punctual, answers.PriceAsQuoted, answers.Comment, by.Name, now);
        return answers.Complaint is null
            ? Decision.Accept(next, completed)
            : Decision.Accept(next, completed, new ComplaintRaised(complaintId, Id, RequestId, OrderId!.Value, VendorId!.Value, answers.Complaint, by.Name, now));
    }

    private bool IsOver => Status is CallbackStatus.Completed or CallbackStatus.Unreachable;

    private Callback Renewed(Caller by, TimeSpan lasts, DateTimeOffset now) =>
        this with { Status = CallbackStatus.Claimed, ClaimedBy = by.Id, ClaimedByName = by.Name, ClaimExpiresAt = now + lasts, Version = Version + 1 };

    private Callback Ended(CallbackStatus status, Caller by, DateTimeOffset now) => this with { Status = status, EndedBy = by.Name, EndedAt = now, ClaimExpiresAt = null };

    private Refusal? ForbidsTo(Caller by, DateTimeOffset now) =>
        IsOver ? new(Over, CurrentStatus: Status.ToWire())
        : Status is CallbackStatus.Open ? new(NotClaimed, CurrentStatus: Status.ToWire())
        : ClaimedBy == by.Id ? null
        : now < ClaimExpiresAt ? new(Taken, CurrentStatus: Status.ToWire()) : new(NotClaimed, CurrentStatus: CallbackStatus.Open.ToWire());
}
