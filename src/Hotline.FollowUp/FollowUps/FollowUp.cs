using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hotline.Contracts.FollowUp;
using Hotline.Wire.FollowUps;

namespace Hotline.FollowUps.FollowUps;

/// <summary>A follow-up (回访) about the last outcome of a request. A request has at most one that is not over: where something later ends
/// before the citizen was asked, the follow-up turns to that and remembers what came before.</summary>
public sealed record FollowUp : IVersioned
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private static readonly Text Over = new("follow-up.closed", "该回访已结束", "The followUp has ended");
    private static readonly Text Taken = new("follow-up.claimed", "该回访已被其他接线员领取", "Another operator has claimed the followUp");
    private static readonly Text NotClaimed = new("follow-up.not-claimed", "请先领取该回访", "Claim the followUp first");
    private static readonly Text AfterService = new("answers.after-service", "服务类回访必须询问此项", "Required after a service");
    private static readonly Text NotDue = new("follow-up.not-due", "约定 {0} 再拨，未到时间不能领取",
        "To be called again at {0}; it cannot be claimed before");
    private static readonly Text NoVendor = new("follow-up.no-vendor", "该回访没有对应企业，不能登记投诉",
        "No vendor was engaged, so there is none to complain about");

    public required Guid Id { get; init; }
    public required Guid RequestId { get; init; }
    public Guid? OrderId { get; init; }
    public Guid? VendorId { get; init; }
    public required string RequestNumber { get; init; }

    /// <summary>As the vendor was called when the order was offered; a rename does not change it.</summary>
    public string? VendorName { get; init; }
    public required string CategoryCode { get; init; }
    public FollowUpKind Kind { get; init; }

    /// <summary>The order's place among those of the request; null = unknown.</summary>
    public int? Ordinal { get; init; }

    /// <summary>When what it is about ended; null = scheduled before this was kept.</summary>
    public DateTimeOffset? OutcomeAt { get; init; }

    /// <summary>What ended before, as JSON, oldest first.</summary>
    public string History { get; init; } = "[]";

    /// <summary>Open, claimed, completed or unreachable.</summary>
    public FollowUpStatus Status { get; init; }
    public DateTimeOffset DueAt { get; init; }
    public string? ClaimedBy { get; init; }
    public string? ClaimedByName { get; init; }
    public DateTimeOffset? ClaimExpiresAt { get; init; }
    public int Attempts { get; init; }
    public string? LastOutcome { get; init; }

    /// <summary>These attempts as JSON, oldest first; those before they were kept are only counted.</summary>
    public string Tries { get; init; } = "[]";
    public int? Satisfaction { get; init; }
    public bool? Resolved { get; init; }
    public bool? Punctual { get; init; }
    public bool? PriceAsQuoted { get; init; }
    public string? Comment { get; init; }
    public Guid? ComplaintId { get; init; }
    public string? Complaint { get; init; }
    public string? EndedBy { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When what it is about fell due for a follow-up.</summary>
    public DateTimeOffset CreatedAt { get; init; }
    public int Version { get; init; }

    public bool IsOver => Status is FollowUpStatus.Completed or FollowUpStatus.Unreachable;

    /// <summary>What it is about.</summary>
    public Outcome About => new(Kind, OrderId, VendorId, VendorName, Ordinal, OutcomeAt ?? CreatedAt);

    /// <summary>What ended before, oldest first.</summary>
    public IReadOnlyList<Outcome> Earlier => JsonSerializer.Deserialize<Outcome[]>(History, Json)!;

    /// <summary>The attempts that were kept, oldest first.</summary>
    public IReadOnlyList<Attempted> Tried => JsonSerializer.Deserialize<Attempted[]>(Tries, Json)!;

    /// <summary>As it is shown at a time.</summary>
    public FollowUpStatus StatusAt(DateTimeOffset now) => Status is FollowUpStatus.Open && now < DueAt ? FollowUpStatus.Waiting : Status;

    /// <summary>Something ended for which the citizen is to be called.</summary>
    /// <param name="latest">The request's follow-up that is not over, else its last; null = none yet.</param>
    /// <param name="id">Of the follow-up, if it is a new one.</param>
    /// <returns>A new follow-up, or the latest one changed; null where it is no news.</returns>
    public static Decision<FollowUp>? Hear(
        FollowUp? latest, Guid id, Guid request, string number, string category, Outcome outcome, DateTimeOffset now)
    {
        if (latest is null) return Schedule(id, request, number, category, outcome, [], now);
        if (latest.Earlier.Append(latest.About).Any(known => known.OrderId == outcome.OrderId)) return null;
        if (!outcome.IsLaterThan(latest.About))
            return Decision.Accept(latest with { History = Write<Outcome>([.. latest.Earlier, outcome]), Version = latest.Version + 1 });
        return latest.IsOver ? Schedule(id, request, number, category, outcome, [.. latest.Earlier, latest.About], now)
            : latest.TurnTo(outcome, now);
    }

    private static Decision<FollowUp> Schedule(
        Guid id, Guid request, string number, string category, Outcome about, IReadOnlyList<Outcome> earlier, DateTimeOffset now)
    {
        var followUp = new FollowUp
        {
            Id = id,
            RequestId = request,
            OrderId = about.OrderId,
            VendorId = about.VendorId,
            RequestNumber = number,
            VendorName = about.VendorName,
            CategoryCode = category,
            Kind = about.Kind,
            Ordinal = about.Ordinal,
            OutcomeAt = about.At,
            History = Write(earlier),
            Status = FollowUpStatus.Open,
            DueAt = now,
            CreatedAt = now,
            Version = 1,
        };
        return Decision.Accept(followUp, followUp.Scheduled(now));
    }

    // Who has claimed it is asking about what is now past: he is told so by a refusal, and claims it anew. His answers must not be taken
    // for answers about the later outcome.
    private Decision<FollowUp> TurnTo(Outcome later, DateTimeOffset now)
    {
        var next = PutBack() with
        {
            OrderId = later.OrderId,
            VendorId = later.VendorId,
            VendorName = later.VendorName,
            Kind = later.Kind,
            Ordinal = later.Ordinal,
            OutcomeAt = later.At,
            History = Write<Outcome>([.. Earlier, About]),
            DueAt = now,
            CreatedAt = now,
            Attempts = 0,
            LastOutcome = null,
            Tries = "[]",
        };
        return Decision.Accept(next, next.Scheduled(now));
    }

    /// <summary>An operator takes it, for so long. Nobody else can, until the claim lapses.</summary>
    public Decision<FollowUp> Claim(Caller by, TimeSpan lasts, DateTimeOffset now)
    {
        if (IsOver) return new Refusal(Over, CurrentStatus: Status.ToWire());
        if (Status is FollowUpStatus.Claimed && ClaimedBy != by.Id && now < ClaimExpiresAt)
            return new Refusal(Taken, CurrentStatus: Status.ToWire());
        return StatusAt(now) is FollowUpStatus.Waiting ? Early() : Decision.Accept(Renewed(by, lasts, now));
    }

    /// <summary>The operator gives it back without having called.</summary>
    /// <param name="until">From when on it is due; null = at once.</param>
    public Decision<FollowUp> Release(DateTimeOffset? until, Caller by, DateTimeOffset now)
    {
        if (ForbidsTo(by, now) is { } refusal) return refusal;
        var back = PutBack();
        return until is not { } later ? Decision.Accept(back) : Decision.Accept(back with { DueAt = later },
            new FollowUpPostponed(Id, RequestId, OrderId, VendorId, back.Version, later, by.Name, now));
    }

    /// <summary>The citizen was called and could not be asked. After so many attempts, or when he refuses, it is over; before, it goes back
    /// to the queue until it is time to try again. Where no pause is set, the operator keeps it and tries again at once.</summary>
    /// <param name="again">When the citizen asked to be called; then it is not over, however often it was tried.
    /// Null = after the usual pause.</param>
    public Decision<FollowUp> Attempt(AttemptOutcome outcome, DateTimeOffset? again, Caller by, FollowUpOptions options, DateTimeOffset now)
    {
        if (ForbidsTo(by, now) is { } refusal) return refusal;
        var atOnce = again is null && options.TryAgainAfter == TimeSpan.Zero;
        var tried = (atOnce ? Renewed(by, options.ClaimLasts, now) : PutBack()) with
        {
            Attempts = Attempts + 1,
            LastOutcome = outcome.ToWire(),
            Tries = Write<Attempted>([.. Tried, new(outcome, by.Name, now)]),
            DueAt = again ?? now + options.TryAgainAfter,
        };
        var attempted = new FollowUpAttempted(Id, RequestId, OrderId, VendorId, tried.Version, outcome.ToWire(),
            tried.Attempts, by.Name, now);
        var last = outcome is AttemptOutcome.Refused || again is null && tried.Attempts >= options.MaxAttempts;
        return last ? Decision.Accept(tried.Ended(FollowUpStatus.Unreachable, by.Name, now), attempted, tried.Unreachable(by.Name, now))
            : Decision.Accept(tried, attempted);
    }

    /// <summary>Nobody knows any more whom to call.</summary>
    public Decision<FollowUp> GiveUp(DateTimeOffset now)
    {
        if (IsOver) return new Refusal(Over, CurrentStatus: Status.ToWire());
        var next = PutBack();
        return Decision.Accept(next.Ended(FollowUpStatus.Unreachable, "system", now), next.Unreachable("system", now));
    }

    /// <summary>The citizen answered the questionnaire.</summary>
    public Decision<FollowUp> Complete(Answers answers, Guid complaintId, Caller by, DateTimeOffset now)
    {
        if (ForbidsTo(by, now) is { } refusal) return refusal;
        var unasked = Kind is FollowUpKind.Service ? answers.Unasked().ToArray() : [];
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
        }).Ended(FollowUpStatus.Completed, by.Name, now);
        var completed = new FollowUpCompleted(Id, RequestId, OrderId, VendorId, next.Version, Kind.ToWire(),
            answers.Satisfaction, answers.Resolved, answers.Punctual, answers.PriceAsQuoted, answers.Comment, by.Name, now);
        return answers.Complaint is null ? Decision.Accept(next, completed)
            : Decision.Accept(next, completed,
                new ComplaintRaised(complaintId, Id, RequestId, OrderId!.Value, VendorId!.Value, answers.Complaint, by.Name, now));
    }

    private static string Write<T>(IReadOnlyList<T> kept) => JsonSerializer.Serialize(kept, Json);

    private FollowUpScheduled Scheduled(DateTimeOffset now) => new(Id, RequestId, OrderId, VendorId, Version, Kind.ToWire(), now);

    private FollowUpUnreachable Unreachable(string by, DateTimeOffset now) =>
        new(Id, RequestId, OrderId, VendorId, Version, Kind.ToWire(), Attempts, by, now);

    private FollowUp Renewed(Caller by, TimeSpan lasts, DateTimeOffset now) =>
        this with
        {
            Status = FollowUpStatus.Claimed,
            ClaimedBy = by.Id,
            ClaimedByName = by.Name,
            ClaimExpiresAt = now + lasts,
            Version = Version + 1,
        };

    private FollowUp PutBack() =>
        this with { Status = FollowUpStatus.Open, ClaimedBy = null, ClaimedByName = null, ClaimExpiresAt = null, Version = Version + 1 };

    private FollowUp Ended(FollowUpStatus status, string by, DateTimeOffset now) =>
        this with { Status = status, EndedBy = by, EndedAt = now, ClaimExpiresAt = null };

    private Refusal Early()
    {
        var local = DueAt.ToLocal().ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new(NotDue with
        {
            Zh = string.Format(CultureInfo.InvariantCulture, NotDue.Zh, local),
            En = string.Format(CultureInfo.InvariantCulture, NotDue.En, local),
        },
            CurrentStatus: FollowUpStatus.Waiting.ToWire(), Errors: new Dictionary<string, string[]>
            { ["dueAt"] = [DueAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)] });
    }

    private Refusal? ForbidsTo(Caller by, DateTimeOffset now) =>
        IsOver ? new(Over, CurrentStatus: Status.ToWire())
        : Status is FollowUpStatus.Open ? new(NotClaimed, CurrentStatus: StatusAt(now).ToWire())
        : ClaimedBy == by.Id ? null
        : now < ClaimExpiresAt ? new(Taken, CurrentStatus: Status.ToWire()) : new(NotClaimed, CurrentStatus: FollowUpStatus.Open.ToWire());
}
