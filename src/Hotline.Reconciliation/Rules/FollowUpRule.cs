namespace Hotline.Reconciliation.Rules;

/// <param name="Earlier">Orders that ended before the one it is about; null among them = nobody was found for the request.</param>
public sealed record FollowUpFacts(
    Guid Id, Guid RequestId, Guid? OrderId, string Kind, string Status, int Attempts, bool Complaint, IReadOnlyList<Guid?>? Earlier = null)
{
    public bool IsOver => Status is "completed" or "unreachable";

    /// <summary>Whether the citizen is, or was to be, asked about how an order ended,
    /// or about the request for which nobody was found.</summary>
    public bool Knows(Guid? order) => OrderId == order || Earlier?.Contains(order) == true;
}

/// <summary>Whoever was served or let down is called back, once.</summary>
public sealed class FollowUpRule : IRule
{
    public static readonly Book<FollowUpFacts> FollowUps = new("follow-up", "follow-ups", OrderRule.Orders);

    public int Place => 30;

    public BothLanguages Expected { get; } = new("服务完成或没能完成的，都回访一次，且只回访一次",
        "Whoever was served or let down is called back, once");

    public IReadOnlyList<Book> Compares => [FollowUps, OrderRule.Orders, RequestRule.Requests];

    public IEnumerable<Counted> Count(Books books) => [new("callbacks", "callbacks", books.Of(FollowUps).Count)];

    public void Check(Books books, Expectation expected, Findings findings)
    {
        var requests = books.Of(RequestRule.Requests).ToDictionary(r => r.Id);
        var followUps = books.Of(FollowUps);
        AboutOrders(books, requests, findings);

        var orders = books.Of(OrderRule.Orders).Select(o => o.Id).ToHashSet();
        foreach (var followUp in followUps)
        {
            if (expected.IsFinal && !followUp.IsOver)
                findings.Add(Fault.Stuck, "follow-up", followUp.Id, $"状态为 {followUp.Status}", $"is {followUp.Status}");
            if (!requests.TryGetValue(followUp.RequestId, out var request))
            {
                findings.Add(Fault.Missing, "follow-up", followUp.Id, "受理中没有它的工单", "its request is not in intake");
                continue;
            }
            if (followUp.OrderId is not { } orderId) continue;
            if (!orders.Contains(orderId))
                findings.Add(Fault.Missing, "follow-up", followUp.Id, "派单中没有它的派单", "its order is not in dispatch");
            if (followUp is { Kind: "service", Status: "completed" or "unreachable" } && request.OrderId == orderId
                && request.Status != "closed")
                findings.Add(Fault.Disagreeing, "request", request.Id,
                    $"已回访，受理中却是 {request.Status}", $"called back, but {request.Status} in intake");
        }

        var called = followUps.Where(f => f.Knows(null)).Select(f => f.RequestId).ToHashSet();
        foreach (var request in requests.Values.Where(r => r.Status == "unfulfilled" && !called.Contains(r.Id)))
            findings.Add(Fault.Missing, "request", request.Id, "没有企业接单，也没有回访", "nobody was found, and there is no callback");
        foreach (var twice in followUps.Where(f => f.OrderId is null).GroupBy(f => f.RequestId).Where(g => g.Count() > 1))
            findings.Add(Fault.Doubled, "request", twice.Key, $"有 {twice.Count()} 个回访", $"{twice.Count()} callbacks");
        foreach (var several in followUps.Where(f => !f.IsOver).GroupBy(f => f.RequestId).Where(g => g.Count() > 1))
            findings.Add(Fault.Doubled, "request", several.Key,
                $"有 {several.Count()} 个未结束的回访", $"{several.Count()} callbacks that are not over");
    }

    private static void AboutOrders(Books books, Dictionary<Guid, RequestFacts> requests, Findings findings)
    {
        var followUps = books.Of(FollowUps).ToLookup(f => f.RequestId);
        foreach (var order in books.Of(OrderRule.Orders))
        {
            var request = requests.GetValueOrDefault(order.RequestId);
            var wanted = order.Status is "completed" or "declined" || order.IsUnfulfilled(request) ? 1 : 0;
            var called = followUps[order.RequestId].Count(f => f.OrderId == order.Id);
            // what a later outcome came before is remembered by the callback about that
            if (called < wanted && !followUps[order.RequestId].Any(f => f.Knows(order.Id)))
                findings.Add(Fault.Missing, "order", order.Id, $"{order.Status}，没有回访", $"{order.Status}, without a callback");
            if (called > wanted)
                findings.Add(Fault.Doubled, "order", order.Id,
                    $"{order.Status}，有 {called} 个回访", $"{order.Status}, with {called} callbacks");
        }
    }
}
