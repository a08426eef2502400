using Hotline.Wire.FollowUps;

namespace Hotline.FollowUps.FollowUps;

/// <summary>How an order ended, or that nobody was found for a request: what a follow-up is about.</summary>
/// <param name="OrderId">None where nobody was found.</param>
/// <param name="VendorName">As the vendor was called when the order was offered.</param>
/// <param name="Ordinal">The order's place among those of the request; null = unknown.</param>
/// <param name="At">When it ended, UTC.</param>
public sealed record Outcome(FollowUpKind Kind, Guid? OrderId, Guid? VendorId, string? VendorName, int? Ordinal, DateTimeOffset At)
{
    /// <summary>Whether it came after another of the same request, whichever was heard of first: after a completed service nothing comes,
    /// after the end of the request no other order; of two orders the later says so.</summary>
    public bool IsLaterThan(Outcome other) => Rank != other.Rank ? Rank > other.Rank
        : Ordinal is { } mine && other.Ordinal is { } its ? mine > its : At > other.At;

    private int Rank => Kind is FollowUpKind.Service ? 2 : OrderId is null ? 1 : 0;
}

/// <summary>A call in which the citizen could not be asked.</summary>
public sealed record Attempted(AttemptOutcome Outcome, string By, DateTimeOffset At);

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
