namespace Hotline.Console.Api;

// What the API answers, as far as the console shows it.
// Fields and meanings are those of the API reference at /docs; times are UTC, amounts CNY.

public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <param name="StaffNumber">The number of the person's seat; none where none was given, as for vendors' people.</param>
public sealed record Me(string Name, string Role, Guid? VendorId, string? StaffNumber);

public sealed record Category(string Code, string Name, string GroupName, IReadOnlyList<string> Synonyms);

public sealed record Area(string Code, string Name, string Pinyin)
{
    /// <summary>Whether what was typed may mean this area: a part of its name or code, its pinyin, or the initials of it.</summary>
    public bool Answers(string typed)
    {
        var letters = typed.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        return Name.Contains(typed, StringComparison.Ordinal) || Code.EndsWith(typed, StringComparison.Ordinal)
            || Pinyin.Replace(" ", "", StringComparison.Ordinal).StartsWith(letters, StringComparison.Ordinal)
            || string.Concat(Pinyin.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(syllable => syllable[0]))
                .StartsWith(letters, StringComparison.Ordinal);
    }
}

public sealed record CategoryName(string Code, string Name);

public sealed record Service(string CategoryCode, string Name, decimal PriceFrom, decimal PriceTo, string Unit);

public sealed record MatchItem(
    Guid VendorId, string Name, string Phone, IReadOnlyList<Service> Services, double? Score, int OpenOrders, string Standing,
    IReadOnlyList<string> Reasons);

public sealed record Match(CategoryName? Category, IReadOnlyList<CategoryName> OtherCategories, IReadOnlyList<CategoryName> Suggestions,
    IReadOnlyList<MatchItem> Items);

public sealed record Citizen(string Name, string Phone, string? AreaCode, string? Address, bool Masked);

public sealed record Request(
    Guid Id, string Number, string Status, string DialledNumber, Citizen Caller, string AreaCode, string AreaName, string Address,
    string CategoryCode, string CategoryName, string Description, string Urgency, string RegisteredBy, DateTimeOffset RegisteredAt,
    Guid? OrderId, string? OrderStatus, string? CancelReason, int Version);

/// <param name="Tone">plain, good or bad.</param>
public sealed record TimelineItem(DateTimeOffset At, string Kind, string Actor, string Text, string Tone);

public sealed record Timeline(IReadOnlyList<TimelineItem> Items);

public sealed record Quote(decimal Amount, string? Note, DateTimeOffset At);

public sealed record Appointment(DateTimeOffset StartsAt, DateTimeOffset EndsAt);

public sealed record Completion(decimal FinalAmount, string Summary, int WarrantyDays, DateTimeOffset At);

public sealed record Order(
    Guid Id, Guid RequestId, string RequestNumber, Guid VendorId, string VendorName, string CategoryCode, string Status, string OfferedBy,
    DateTimeOffset OfferedAt, DateTimeOffset OfferExpiresAt, DateTimeOffset? AcceptedAt, DateTimeOffset? ContactBy,
    DateTimeOffset? ContactedAt, bool ContactOverdue, Quote? Quote, DateTimeOffset? AgreedAt,
    Appointment? Appointment, DateTimeOffset? ArrivedAt, Completion? Completion, DateTimeOffset? EndedAt, string? EndReason, int Version);

public sealed record VendorOrder(
    Guid Id, string RequestNumber, string CategoryCode, string Description, string Urgency, Citizen Citizen, string Status,
    DateTimeOffset OfferedAt, DateTimeOffset OfferExpiresAt, DateTimeOffset? ContactBy, Quote? Quote, Appointment? Appointment,
    Completion? Completion, DateTimeOffset? EndedAt, string? EndReason, int Version);

public sealed record FollowUp(
    Guid Id, Guid RequestId, string RequestNumber, Guid? OrderId, Guid? VendorId, string? VendorName, string CategoryCode, string Kind,
    string Status, Citizen? Citizen, string? Description, DateTimeOffset DueAt, string? ClaimedBy, DateTimeOffset? ClaimExpiresAt,
    int Attempts, string? LastOutcome, int? Satisfaction, DateTimeOffset CreatedAt, int Version,
    IReadOnlyList<EarlierOutcome>? Earlier);

/// <summary>What ended before that of which a citizen is asked.</summary>
public sealed record EarlierOutcome(string Kind, string? VendorName, DateTimeOffset At);

/// <summary>Somebody was shown a citizen in full.</summary>
public sealed record Access(Guid Id, DateTimeOffset At, string Actor, string Role, Guid RequestId, string Action);

public sealed record Hours(TimeOnly OpensAt, TimeOnly ClosesAt);

public sealed record Vendor(
    Guid Id, string Name, string Phone, string ContactName, string? LicenceNumber, string Admission, string? AdmissionNote,
    string? AdmissionBy, DateTimeOffset? AdmissionAt, DateOnly? ContractFrom, DateOnly? ContractUntil, string? Standing,
    string? StandingReason, DateTimeOffset? StandingUntil, Hours? Hours, IReadOnlyList<Service> Services,
    IReadOnlyList<string> Coverage, bool Demo, DateTimeOffset AppliedAt, int Version);

public sealed record OwnVendor(
    Guid Id, string Name, string Phone, string? Standing, string? StandingReason, DateTimeOffset? StandingUntil, double? Score,
    double? Satisfaction, int CompletedOrders, int OpenOrders);

public sealed record Feedback(string RequestNumber, string CategoryCode, string Kind, int Satisfaction, bool Resolved, bool? Punctual,
    bool? PriceAsQuoted, string? Comment, string? Complaint, DateTimeOffset At);

public sealed record ScoreSummary(
    Guid VendorId, string Name, string Standing, double Score, int Callbacks, int CompletedOrders, int Complaints);

public sealed record ScoreComponent(string Name, double Value, double Weight, double Points, string Explanation);

public sealed record Tally(int Callbacks, int DeadlinesKept, int DeadlinesMissed, int Accepted, int Rejected, int Expired, int Completed,
    int Declined, int Unfulfilled, int Complaints, int Unresolved, int PriceNotAsQuoted);

public sealed record Sanction(Guid Id, Guid VendorId, string Kind, string Reason, DateTimeOffset? Until, string ImposedBy,
    DateTimeOffset ImposedAt, bool Active, string? LiftedBy, string? LiftReason, DateTimeOffset? LiftedAt, int Version);

public sealed record Scorecard(Guid VendorId, string Name, string Standing, double Score, double Satisfaction,
    IReadOnlyList<ScoreComponent> Components, Tally Counts, IReadOnlyList<Sanction> Sanctions, DateTimeOffset? ScoredAt);

public sealed record ClientCredentials(string ClientId, string? ClientSecret);

public sealed record UserCredentials(string Username, string Password);

public sealed record VendorUser(string Username, string DisplayName, bool Locked);

public sealed record VendorSignIns(IReadOnlyList<VendorUser> Items, string? ClientId);

public sealed record CategoryCount(string Code, string Name, int Count);

public sealed record IntakeFigures(DateOnly Day, int Registered, int Urgent, IReadOnlyList<int> ByHour,
    IReadOnlyList<CategoryCount> ByCategory, IReadOnlyDictionary<string, int> ByStatus);

public sealed record IntakeSettings(IReadOnlyList<string> DialledNumbers);

public sealed record DurationFigure(int Count, double? MedianSeconds, double? P90Seconds, int InTime);

public sealed record DispatchFigures(IReadOnlyDictionary<string, int> ByStatus, IReadOnlyDictionary<string, int> Open, int Overdue,
    DurationFigure FirstContact, DurationFigure Completion);

public sealed record FollowUpFigures(
    int Services, int ServicesCalledBack, int Answered, int Unreachable, int Complaints, double? MeanSatisfaction, int ServicesAnswered,
    int Satisfied, int Resolved, int Waiting);

public sealed record OutboxState(long Rows, double OldestSeconds);

public sealed record QueueState(string Name, long Waiting, long Consumers, long Errors);

public sealed record OpsView(string Service, string Status, IReadOnlyDictionary<string, string> Checks, double UptimeSeconds,
    long MemoryBytes, OutboxState? Outbox, IReadOnlyList<QueueState>? Queues);

/// <summary>RFC 9457 problem details, or what stands for them where no answer came.</summary>
/// <param name="Status">0 = no answer.</param>
/// <param name="Lines">Of an import: what is wrong with which line.</param>
public sealed record Problem(
    int Status, string? Code, string? Title, string? Detail, IReadOnlyDictionary<string, string[]>? Errors,
    string? TraceId, string? CurrentStatus, IReadOnlyList<ImportFault>? Lines = null)
{
    /// <summary>All of it in one line.</summary>
    public string Says => Errors is { Count: > 0 } ? string.Join(";", Errors.Values.SelectMany(e => e).Distinct())
        : Detail ?? Title ?? Status.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What the ops team can look for; none where somebody only mistyped.</summary>
    public string? Trace => Errors is { Count: > 0 } || TraceId is not { Length: > 0 } ? null : TraceId;

    /// <summary>Without what is wrong with these fields; null where nothing is left.</summary>
    public Problem? Besides(string[] fields)
    {
        if (fields.Length == 0 || Errors is not { Count: > 0 }) return this;
        var left = Errors.Where(e => !fields.Contains(e.Key, StringComparer.OrdinalIgnoreCase)).ToDictionary();
        return left.Count == 0 ? null : this with { Errors = left };
    }

    /// <summary>What is wrong with a field; null where nothing is.</summary>
    public string? Of(string field) =>
        Errors?.FirstOrDefault(e => string.Equals(e.Key, field, StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault();
}
