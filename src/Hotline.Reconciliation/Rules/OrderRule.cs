namespace Hotline.Reconciliation.Rules;

public sealed record OrderFacts(
    Guid Id, Guid RequestId, Guid VendorId, string Status, int Version, DateTimeOffset OfferExpiresAt, DateTimeOffset? AcceptedAt,
    DateTimeOffset? ContactBy, DateTimeOffset? ContactedAt, DateTimeOffset? ContactOverdueAt, DateTimeOffset? ArrivedAt,
    DateTimeOffset? EndedAt, DateTimeOffset? VisitEndsAt = null, int? Ordinal = null)
{
    /// <summary>A vendor had taken it and the citizen still wanted it; whether he still did where the request was cancelled too, only the
    /// event says.</summary>
    public bool IsUnfulfilled(RequestFacts? request) => Status is "cancelled" or "withdrawn" && AcceptedAt is not null
        && (request is not { Cancelled: true } || request.Timeline.Any(t => t.Kind == "orderUnfulfilled" && t.OrderId == Id));
}

public sealed record RankedOrderFacts(Guid Id, bool Open, bool Offered);

/// <summary>An order has a request, the registry counts it among its vendor's, and its deadlines are seen to.</summary>
public sealed class OrderRule : IRule
{
    public static readonly Book<OrderFacts> Orders = new("dispatch", "orders", RequestRule.Copies);
    public static readonly Book<RankedOrderFacts> Ranked = new("vendor-registry", "orders", Orders);

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15); // clocks look twice a second; a restart takes some

    public int Place => 20;

    public BothLanguages Expected { get; } = new("派单都有工单，企业库也记着它，到时限都有处理",
        "An order has a request, the registry counts it, and its deadlines are seen to");

    public IReadOnlyList<Book> Compares => [Orders, Ranked, RequestRule.Requests, ScoreRule.Facts];

    public IEnumerable<Counted> Count(Books books) => [new("orders", "orders", books.Of(Orders).Count)];

    public void Check(Books books, Expectation expected, Findings findings)
    {
        var requests = books.Of(RequestRule.Requests).Select(r => r.Id).ToHashSet();
        var ranking = books.Of(Ranked).ToDictionary(o => o.Id);
        foreach (var order in books.Of(Orders))
        {
            if (!requests.Contains(order.RequestId))
                findings.Add(Fault.Missing, "order", order.Id, "受理中没有它的工单", "its request is not in intake");

            if (!ranking.TryGetValue(order.Id, out var ranked) || !ranked.Offered)
                findings.Add(Fault.Missing, "order", order.Id, "企业库中没有", "not in vendor-registry");
            else if (ranked.Open != order.EndedAt is null)
                findings.Add(Fault.Disagreeing, "order", order.Id,
                    $"企业库{(ranked.Open ? "未结束" : "已结束")}，派单 {order.Status}",
                    $"open: vendor-registry {ranked.Open}, dispatch {order.Status}");

            if (order.Status == "offered" && order.OfferExpiresAt + Grace < books.ReadAt)
                findings.Add(Fault.Stuck, "order", order.Id, "派单已过期限，仍未处理", "the offer's time is over");
            if (order is { Status: "accepted", ContactOverdueAt: null } && order.ContactBy + Grace < books.ReadAt)
                findings.Add(Fault.Stuck, "order", order.Id, "联系市民已超时，却没有提醒", "the time to phone the citizen is over, and nobody was told");
            if (expected.IsFinal && order.EndedAt is null)
                findings.Add(Fault.Stuck, "order", order.Id, $"状态为 {order.Status}", $"is {order.Status}");
        }
        foreach (var unknown in books.Of(ScoreRule.Facts).Select(f => f.Id).Union(ranking.Keys).Except(books.Of(Orders).Select(o => o.Id)))
            findings.Add(Fault.Missing, "order", unknown, "别处记着，派单中没有", "known to others, not in dispatch");
    }
}
