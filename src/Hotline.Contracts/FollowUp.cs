namespace Hotline.Contracts.FollowUp;

// OrderId and VendorId are empty where a request ended before any vendor was engaged.

/// <summary>The citizen is to be called back, or is now to be asked about something later than what an unfinished callback was about: the
/// same callback then, with its next version.</summary>
/// <param name="Kind">service, declined or unfulfilled.</param>
public sealed record FollowUpScheduled(
    Guid FollowUpId, Guid RequestId, Guid? OrderId, Guid? VendorId, int Version, string Kind, DateTimeOffset At) : IAboutRequest;

/// <summary>The citizen was called and could not be asked.</summary>
/// <param name="Outcome">noAnswer, busy, wrongNumber or refused.</param>
/// <param name="Attempt">1 for the first.</param>
public sealed record FollowUpAttempted(
    Guid FollowUpId, Guid RequestId, Guid? OrderId, Guid? VendorId, int Version, string Outcome, int Attempt, string By, DateTimeOffset At)
    : IAboutRequest;

/// <summary>An operator had it, did not call, and put it off.</summary>
/// <param name="Until">From when on it is to be called, UTC.</param>
public sealed record FollowUpPostponed(
    Guid FollowUpId, Guid RequestId, Guid? OrderId, Guid? VendorId, int Version, DateTimeOffset Until, string By, DateTimeOffset At)
    : IAboutRequest;

/// <summary>The citizen answered the questionnaire.</summary>
/// <param name="Kind">service, declined or unfulfilled.</param>
/// <param name="Satisfaction">1 (very dissatisfied) to 5 (very satisfied).</param>
/// <param name="Resolved">The citizen's problem is solved.</param>
/// <param name="Punctual">The vendor kept the time agreed; none where no visit took place.</param>
/// <param name="PriceAsQuoted">The price charged was the price agreed; none where nothing was charged.</param>
public sealed record FollowUpCompleted(
    Guid FollowUpId, Guid RequestId, Guid? OrderId, Guid? VendorId, int Version, string Kind, int Satisfaction, bool Resolved,
    bool? Punctual, bool? PriceAsQuoted, [property: CitizensWords] string? Comment, string By, DateTimeOffset At) : IAboutRequest;

/// <summary>The citizen could not be reached in the configured number of attempts, or does not want to be asked.</summary>
public sealed record FollowUpUnreachable(
    Guid FollowUpId, Guid RequestId, Guid? OrderId, Guid? VendorId, int Version, string Kind, int Attempts, string By, DateTimeOffset At)
    : IAboutRequest;

/// <summary>The citizen complained about a vendor during the callback.</summary>
public sealed record ComplaintRaised(
    Guid ComplaintId, Guid FollowUpId, Guid RequestId, Guid OrderId, Guid VendorId, [property: CitizensWords] string Description,
    string By, DateTimeOffset At) : IAboutRequest;
