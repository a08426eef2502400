using System.Text.Json;
using Hotline.Wire.Evaluation;

namespace Hotline.Evaluation.Scores;

/// <summary>What is counted of a vendor's work, fact by fact.</summary>
public static class Tallies
{
    extension(Tally)
    {
        /// <summary>As it is stored; nothing yet where there is none.</summary>
        public static Tally Read(string? json) =>
            json is null ? new() : JsonSerializer.Deserialize<Tally>(json, JsonSerializerOptions.Web)!;
    }

    extension(Tally tally)
    {
        /// <summary>One fact more.</summary>
        /// <param name="kind">One of <see cref="Facts"/>.</param>
        public Tally Plus(string kind, int value) => kind switch
        {
            Facts.Satisfaction => tally with { Callbacks = tally.Callbacks + 1, SatisfactionSum = tally.SatisfactionSum + value },
            Facts.AnswerDeadline or Facts.ContactDeadline or Facts.VisitDeadline or Facts.Punctual => value == 1
                ? tally with { DeadlinesKept = tally.DeadlinesKept + 1 } : tally with { DeadlinesMissed = tally.DeadlinesMissed + 1 },
            Facts.Accepted => tally with { Accepted = tally.Accepted + 1 },
            Facts.Rejected => tally with { Rejected = tally.Rejected + 1 },
            Facts.Expired => tally with { Expired = tally.Expired + 1 },
            Facts.Completed => tally with { Completed = tally.Completed + 1 },
            Facts.Declined => tally with { Declined = tally.Declined + 1 },
            Facts.Unfulfilled => tally with { Unfulfilled = tally.Unfulfilled + 1 },
            Facts.Complaint => tally with { Complaints = tally.Complaints + 1 },
            Facts.Resolved => tally with { Unresolved = tally.Unresolved + 1 - value },
            Facts.PriceAsQuoted => tally with { PriceNotAsQuoted = tally.PriceNotAsQuoted + 1 - value },
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of fact"),
        };
    }
}

/// <summary>One part of a score.</summary>
/// <param name="Value">0 to 1.</param>
/// <param name="Weight">Of 1.</param>
public sealed record Component(string Name, double Value, double Weight)
{
    /// <summary>What it adds to the score, of 100.</summary>
    public double Points => 100 * Value * Weight;
}

/// <summary>
/// A vendor's score, 0 to 100: 100 x (0.50 x satisfaction + 0.20 x deadlines + 0.10 x acceptance + 0.20 x freedom from complaints).
/// Each part is smoothed with a prior, so that one early answer does not make or break a vendor (Bayesian average, as used for rankings
/// with few votes): satisfaction = ((5 x 4.0 + sum of answers) / (5 + answers) - 1) / 4: as if five citizens had answered 4.0 before;
/// deadlines = (10 x 0.9 + kept) / (10 + kept + missed), where the deadlines are: answer an offer, phone the citizen after acceptance,
/// arrive within the appointment (moved once at most, and before it began; without an appointment there is none to keep), and be punctual
/// in the citizen's view; acceptance = (10 x 0.9 + accepted) / (10 + accepted + rejected); complaints = (10 + completed - complaints) / (10
/// + completed), at least 0. Our own rule: priors and weights are a judgement that the supervisor can read on every scorecard.
/// </summary>
public sealed record Score(double Value, double Satisfaction, double DeadlineReliability, IReadOnlyList<Component> Components)
{
    private const double PriorAnswers = 5, PriorSatisfaction = 4.0;
    private const double PriorCases = 10, PriorShare = 0.9;

    public static Score Of(Tally t)
    {
        var satisfaction = (PriorAnswers * PriorSatisfaction + t.SatisfactionSum) / (PriorAnswers + t.Callbacks);
        var deadlines = (PriorCases * PriorShare + t.DeadlinesKept) / (PriorCases + t.DeadlinesKept + t.DeadlinesMissed);
        var acceptance = (PriorCases * PriorShare + t.Accepted) / (PriorCases + t.Accepted + t.Rejected);
        var complaints = Math.Max(0, (PriorCases + t.Completed - t.Complaints) / (PriorCases + t.Completed));
        Component[] components =
        [
            new("satisfaction", (satisfaction - 1) / 4, 0.50),
            new("deadlines", deadlines, 0.20),
            new("acceptance", acceptance, 0.10),
            new("complaints", complaints, 0.20),
        ];
        return new(components.Sum(c => c.Points), satisfaction, deadlines, components);
    }
}
