using System.Text.Json;

namespace Hotline.Evaluation.Scores;

/// <summary>What is counted of a vendor's work.</summary>
public sealed record Tally
{
    public int Callbacks { get; init; }

    /// <summary>Sum of the answers, 1 to 5 each.</summary>
    public int SatisfactionSum { get; init; }
    public int DeadlinesKept { get; init; }
    public int DeadlinesMissed { get; init; }
    public int Accepted { get; init; }
    public int Rejected { get; init; }
    public int Expired { get; init; }
    public int Completed { get; init; }
    public int Declined { get; init; }
    public int Unfulfilled { get; init; }
    public int Complaints { get; init; }
    public int Unresolved { get; init; }
    public int PriceNotAsQuoted { get; init; }

    /// <summary>As it is stored; nothing yet where there is none.</summary>
    public static Tally Read(string? json) => json is null ? new() : JsonSerializer.Deserialize<Tally>(json, JsonSerializerOptions.Web)!;

    /// <summary>One fact more.</summary>
    /// <param name="kind">One of <see cref="Facts"/>.</param>
    public Tally Plus(string kind, int value) => kind switch
    {
        Facts.Satisfaction => this with { Callbacks = Callbacks + 1, SatisfactionSum = SatisfactionSum + value },
        Facts.AnswerDeadline or Facts.ContactDeadline or Facts.VisitDeadline or Facts.Punctual => value == 1
            ? this with { DeadlinesKept = DeadlinesKept + 1 } : this with { DeadlinesMissed = DeadlinesMissed + 1 },
        Facts.Accepted => this with { Accepted = Accepted + 1 },
        Facts.Rejected => this with { Rejected = Rejected + 1 },
        Facts.Expired => this with { Expired = Expired + 1 },
        Facts.Completed => this with { Completed = Completed + 1 },
        Facts.Declined => this with { Declined = Declined + 1 },
        Facts.Unfulfilled => this with { Unfulfilled = Unfulfilled + 1 },
        Facts.Complaint => this with { Complaints = Complaints + 1 },
        Facts.Resolved => this with { Unresolved = Unresolved + 1 - value },
        Facts.PriceAsQuoted => this with { PriceNotAsQuoted = PriceNotAsQuoted + 1 - value },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of fact"),
    };
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
