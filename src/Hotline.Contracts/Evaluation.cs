namespace Hotline.Contracts.Evaluation;

/// <summary>What is known of a vendor's work changed its score.</summary>
/// <param name="Version">Of the score; a consumer ignores what is not newer than what it has.</param>
/// <param name="Score">0 to 100, see Hotline.Evaluation's Score for the formula.</param>
/// <param name="Satisfaction">Bayesian average of the answers, 1 to 5.</param>
/// <param name="DeadlineReliability">Share of deadlines kept, 0 to 1, smoothed.</param>
/// <param name="CompletedOrders">Services completed so far.</param>
public sealed record ScoreChanged(
    Guid VendorId, int Version, double Score, double Satisfaction, double DeadlineReliability, int CompletedOrders, DateTimeOffset At);

/// <summary>A vendor was warned, suspended from dispatch or removed.</summary>
/// <param name="Kind">warning, suspension or termination.</param>
/// <param name="Until">End, UTC; none = until lifted. A termination has none.</param>
public sealed record SanctionImposed(
    Guid SanctionId, Guid VendorId, string Kind, string Reason, DateTimeOffset? Until, string By, DateTimeOffset At);

/// <summary>A sanction ended: lifted by a supervisor, or its time is over.</summary>
public sealed record SanctionLifted(Guid SanctionId, Guid VendorId, string Kind, string Reason, string By, DateTimeOffset At);
