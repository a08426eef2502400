using System.Text.Json.Serialization;

namespace Hotline.Wire.Evaluation;

/// <param name="Value">0 to 1.</param>
/// <param name="Weight">Of 1.</param>
/// <param name="Points">What it adds to the score, of 100.</param>
/// <param name="Explanation">How it came about, in the reader's language.</param>
public sealed record ComponentView(string Name, double Value, double Weight, double Points, string Explanation) : Shown;

public sealed record ScoreSummary(
    Guid VendorId, string Name, string Standing, double Score, int Callbacks, int CompletedOrders, int Complaints) : Shown
{
    /// <summary>Why it wants attention; only where that was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Attention? Attention { get; init; }
}

/// <summary>Why a vendor wants a supervisor's attention.</summary>
/// <param name="Complaints">Between from and to.</param>
/// <param name="Reasons">Of standing (it is not in good standing), complaints, score (it is low).</param>
public sealed record Attention(int Complaints, IReadOnlyList<string> Reasons) : Shown;

/// <summary>A vendor's score at the end of a day on which it changed.</summary>
/// <param name="Day">Of the city.</param>
/// <param name="Score">0 to 100.</param>
public sealed record ScorePoint(DateOnly Day, double Score) : Shown;

/// <summary>A vendor's score and where it comes from.</summary>
/// <param name="Score">0 to 100: the sum of the components' points.</param>
/// <param name="Satisfaction">1 to 5, smoothed.</param>
public sealed record Scorecard(
    Guid VendorId, string Name, string Standing, double Score, double Satisfaction, double DeadlineReliability,
    IReadOnlyList<ComponentView> Components, Tally Counts,
    IReadOnlyList<SanctionView> Sanctions, DateTimeOffset? ScoredAt, int Version) : Shown, IVersioned;

/// <summary>What is counted of a vendor's work.</summary>
public sealed record Tally : Shown
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
}
