namespace Hotline.Reconciliation.Rules;

/// <param name="Unscored">How many of an order's facts wait for a score.</param>
public sealed record ScoredFacts(Guid Id, IReadOnlyList<string> Kinds, int Unscored);

/// <summary>What vendors did and what citizens said of it is in their scores.</summary>
public sealed class ScoreRule : IRule
{
    public static readonly Book<ScoredFacts> Facts = new("evaluation", "facts", FollowUpRule.FollowUps);

    public int Place => 50;

    public BothLanguages Expected { get; } = new("企业做了什么、市民怎么评价，都算进评分",
        "What vendors did and what citizens said of it is in their scores");

    public IReadOnlyList<Book> Compares => [Facts, OrderRule.Orders, FollowUpRule.FollowUps];

    public IEnumerable<Counted> Count(Books books) => [new("facts in scores", null, books.Of(Facts).Sum(f => f.Kinds.Count))];

    public void Check(Books books, Expectation expected, Findings findings)
    {
        var facts = books.Of(Facts).ToDictionary(f => f.Id, f => f.Kinds);
        bool Knows(Guid order, string kind) => facts.GetValueOrDefault(order)?.Contains(kind) == true;

        foreach (var order in books.Of(OrderRule.Orders))
            foreach (var kind in Wanted(order).Where(kind => !Knows(order.Id, kind)))
                findings.Add(Fault.Missing, "order", order.Id, $"评价中没有 {kind}", $"{kind} not in evaluation");
        foreach (var followUp in books.Of(FollowUpRule.FollowUps))
        {
            if (followUp.OrderId is not { } order) continue;
            if (followUp is { Kind: "service", Status: "completed" } && !Knows(order, "satisfaction"))
                findings.Add(Fault.Missing, "follow-up", followUp.Id, "评价中没有市民的意见", "what the citizen said is not in evaluation");
            if (followUp.Complaint && !Knows(order, "complaint"))
                findings.Add(Fault.Missing, "follow-up", followUp.Id, "评价中没有投诉", "the complaint is not in evaluation");
        }
        foreach (var waiting in books.Of(Facts).Where(f => f.Unscored > 0))
            findings.Add(Fault.Stuck, "order", waiting.Id, $"{waiting.Unscored} 项尚未计分", $"{waiting.Unscored} facts not in a score");
    }

    private static IEnumerable<string> Wanted(OrderFacts order)
    {
        if (order.AcceptedAt is not null) yield return "accepted";
        if (order.Status is "rejected" or "expired" or "completed" or "declined") yield return order.Status;
        if (order.ContactedAt is not null || order.ContactOverdueAt is not null) yield return "contactDeadline";
        if (order is { ArrivedAt: not null, VisitEndsAt: not null }) yield return "visitDeadline";
    }
}
