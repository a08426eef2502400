namespace Hotline.Wire.FollowUps;

/// <param name="Outcome">noAnswer, busy, wrongNumber or refused.</param>
/// <param name="Again">When the citizen asked to be called; none = after the usual pause.</param>
public sealed record AttemptInput(string? Outcome, AgainInput? Again) : Shown;

/// <param name="Again">From when on it is to be called; none = it is due at once.</param>
public sealed record ReleaseInput(AgainInput? Again) : Shown;

/// <param name="At">RFC 3339, in the future, at most 7 days ahead.</param>
public sealed record AgainInput(DateTimeOffset? At) : Shown;

public sealed record ComplaintInput(string? Description) : Shown;

/// <param name="Satisfaction">1 (very dissatisfied) to 5 (very satisfied).</param>
/// <param name="Resolved">The problem is solved.</param>
/// <param name="Punctual">The vendor kept the time; required after a service.</param>
/// <param name="PriceAsQuoted">The price charged was the price agreed; required after a service.</param>
/// <param name="Comment">In the citizen's words; the vendor can read it.</param>
/// <param name="Complaint">Against the vendor.</param>
public sealed record CompleteInput(
    int? Satisfaction, bool? Resolved, bool? Punctual, bool? PriceAsQuoted, string? Comment, ComplaintInput? Complaint) : Shown;
