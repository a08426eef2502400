namespace Hotline.Console.Api;

// What the console sends.

public sealed record CallerInput(string? Name, string Phone);

public sealed record RegisterInput(string Channel, string DialledNumber, CallerInput Caller, string? AreaCode, string Address,
    string? CategoryCode, string? Keyword, string Description, string Urgency);

public sealed record OfferInput(Guid RequestId, Guid VendorId, OverrideInput? Override = null);

public sealed record OverrideInput(string Reason);

public sealed record ReasonInput(string Reason);

public sealed record CategoryInput(string CategoryCode);

public sealed record CancelInput(string Reason, string Cause);

public sealed record NoteInput(string? Note);

public sealed record AcceptQuoteInput(decimal Amount);

public sealed record QuoteInput(decimal? Amount, string? Note);

public sealed record AppointmentInput(DateTimeOffset StartsAt, DateTimeOffset EndsAt);

public sealed record CompleteOrderInput(decimal? FinalAmount, string Summary, int? WarrantyDays);

public sealed record AttemptInput(string Outcome, AgainInput? Again);

public sealed record AgainInput(DateTimeOffset At);

public sealed record ComplaintInput(string Description);

public sealed record CompleteFollowUpInput(
    int? Satisfaction, bool? Resolved, bool? Punctual, bool? PriceAsQuoted, string? Comment, ComplaintInput? Complaint);

public sealed record ServiceInput(string? CategoryCode, decimal? PriceFrom, decimal? PriceTo, string? Unit);

public sealed record HoursInput(TimeOnly? OpensAt, TimeOnly? ClosesAt);

public sealed record VendorInput(
    string? Name, string? Phone, string? ContactName, string? LicenceNumber, IReadOnlyList<ServiceInput>? Services,
    IReadOnlyList<string>? Coverage, HoursInput? Hours, DateOnly? ContractFrom = null, DateOnly? ContractUntil = null);

public sealed record ApproveInput(DateOnly? ContractFrom, DateOnly? ContractUntil, string? Note);

public sealed record SanctionInput(Guid VendorId, string Kind, string Reason, DateTimeOffset? Until);

public sealed record VendorUserInput(string Username, string? DisplayName);
