namespace Hotline.Wire.Dispatch;

/// <param name="AnswerWithinSeconds">For an urgent case the vendor may be given less time than usual:
/// from 5 seconds up to the configured time, which is the default.</param>
/// <param name="Override">Offers it although the vendor does not offer the service, does not cover the area or is closed now.</param>
public sealed record OfferInput(Guid? RequestId, Guid? VendorId, int? AnswerWithinSeconds, OverrideInput? Override) : Shown;

/// <param name="Reason">Why, in words, at most 500 characters; noted in the timeline.</param>
public sealed record OverrideInput(string? Reason) : Shown;

/// <param name="Amount">The price that the citizen was told, CNY; where it is another one by now,
/// nothing is agreed. May be missing.</param>
public sealed record AcceptQuoteInput(decimal? Amount) : Shown;

/// <param name="Reason">In words, at most 500 characters.</param>
public sealed record ReasonInput(string? Reason) : Shown;

/// <param name="Note">What was said; may be missing.</param>
public sealed record ContactInput(string? Note) : Shown;

/// <param name="Amount">CNY, tax included, from 0.01 to 1,000,000.</param>
public sealed record QuoteInput(decimal? Amount, string? Note) : Shown;

/// <param name="StartsAt">RFC 3339, in the future, at most 60 days ahead.</param>
/// <param name="EndsAt">After StartsAt, at most 24 hours later.</param>
public sealed record AppointmentInput(DateTimeOffset? StartsAt, DateTimeOffset? EndsAt) : Shown;

/// <param name="FinalAmount">CNY charged, from 0 to 1,000,000.</param>
/// <param name="Summary">What was done, at most 1,000 characters.</param>
/// <param name="WarrantyDays">0 (none, the default) to 3,650.</param>
public sealed record CompleteInput(decimal? FinalAmount, string? Summary, int? WarrantyDays) : Shown;
