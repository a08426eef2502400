using Hotline.Wire.Vendors;

namespace Hotline.VendorRegistry.Matching;

/// <summary>A vendor that offers the category, covers the area and is open now, with what is known of its work.</summary>
/// <param name="Satisfaction">Bayesian average of the callbacks, 1 to 5; none before the first evaluation.</param>
/// <param name="DeadlineReliability">Share of deadlines kept, 0 to 1; none before the first evaluation.</param>
/// <param name="LastOfferedAt">When it was last offered an order.</param>
public sealed record Candidate(
    Guid VendorId, string Name, string Phone, Standing Standing, bool WholeCity, decimal PriceFrom, decimal PriceTo, string Unit,
    double? Score, double? Satisfaction, double? DeadlineReliability, int CompletedOrders, int OpenOrders, DateTimeOffset? LastOfferedAt);

/// <summary>Since when a vendor is warned, and who warned it.</summary>
public sealed record Warning
{
    public Guid VendorId { get; init; }
    public DateTimeOffset At { get; init; }
    public string By { get; init; } = "";
}

/// <summary>A candidate in its place.</summary>
/// <param name="Rank">0 to 1, see <see cref="Ranking"/>.</param>
public sealed record Ranked(
    Candidate Candidate, double Rank, double SatisfactionPart, double DeadlinePart, double FreePart, double TurnPart);

/// <summary>
/// The order in which vendors are proposed. rank = 0.50 x satisfaction + 0.20 x deadlines + 0.15 x free + 0.15 x turn - 0.10 if warned,
/// where satisfaction = (Bayesian average - 1) / 4, deadlines = share kept (both from Hotline.Evaluation,
/// with its priors for vendors it does not know yet), free = 1 / (1 + open orders), turn = hours since the last offer / 24, at most 1:
/// so that new and small vendors get work too. Our own rule; the weights are a judgement: what citizens say counts half.
/// </summary>
public static class Ranking
{
    private const double PriorSatisfaction = 4.0;
    private const double PriorReliability = 0.9;

    public static IReadOnlyList<Ranked> Rank(IEnumerable<Candidate> candidates, DateTimeOffset now) =>
        [.. candidates.Select(c => Rank(c, now)).OrderByDescending(r => r.Rank).ThenBy(r => r.Candidate.PriceFrom)
            .ThenBy(r => r.Candidate.VendorId)];

    /// <summary>The best of them that are shown. Vendors without a score, of whom nothing speaks against the average,
    /// would often fill the list: of three places they get one, and more only where there are not enough others.</summary>
    public static IReadOnlyList<Ranked> Shown(IReadOnlyList<Ranked> ranked, int most)
    {
        var places = most - Math.Min(most, ranked.Count(r => r.Candidate.Score is not null));
        var newcomers = ranked.Where(r => r.Candidate.Score is null).Take(Math.Max((most + 2) / 3, places)).ToHashSet();
        return [.. ranked.Where(r => r.Candidate.Score is not null || newcomers.Contains(r)).Take(most)];
    }

    private static Ranked Rank(Candidate c, DateTimeOffset now)
    {
        var satisfaction = ((c.Satisfaction ?? PriorSatisfaction) - 1) / 4;
        var deadlines = c.DeadlineReliability ?? PriorReliability;
        var free = 1.0 / (1 + c.OpenOrders);
        var turn = c.LastOfferedAt is { } last ? Math.Clamp((now - last).TotalHours / 24, 0, 1) : 1;
        var rank = 0.50 * satisfaction + 0.20 * deadlines + 0.15 * free + 0.15 * turn - (c.Standing is Standing.Warned ? 0.10 : 0);
        return new(c, rank, satisfaction, deadlines, free, turn);
    }
}
