namespace Hotline.Reconciliation.Rules;

/// <summary>The timeline that intake keeps tells what happened in all services, each thing once.</summary>
public sealed class TimelineRule : IRule
{
    public int Place => 40;

    public BothLanguages Expected { get; } = new("每件事在工单时间线上记一次，且只记一次",
        "The timeline tells what happened in all services, each thing once");

    public IReadOnlyList<Book> Compares => [RequestRule.Requests, OrderRule.Orders, FollowUpRule.FollowUps];

    public IEnumerable<Counted> Count(Books books) =>
        [new("timeline entries", "timeline", books.Of(RequestRule.Requests).Sum(r => r.Timeline.Sum(t => (long)t.Count)))];

    public void Check(Books books, Expectation expected, Findings findings)
    {
        var requests = books.Of(RequestRule.Requests).ToDictionary(r => r.Id);
        foreach (var request in requests.Values)
        {
            Told(request, "requestRegistered", null, null, true, findings);
            Told(request, "requestCancelled", null, null, request.Cancelled, findings);
        }
        foreach (var order in books.Of(OrderRule.Orders))
            if (requests.TryGetValue(order.RequestId, out var request)) Order(order, request, findings);
        foreach (var followUp in books.Of(FollowUpRule.FollowUps))
            if (requests.TryGetValue(followUp.RequestId, out var request)) FollowUp(followUp, request, findings);
    }

    // each version of an order is told by one event
    private static void Order(OrderFacts order, RequestFacts request, Findings findings)
    {
        var told = request.Timeline.Where(t => t.OrderId == order.Id && t.TellsOrder).ToArray();
        var count = told.Sum(t => t.Count);
        if (count < order.Version)
            findings.Add(Fault.Missing, "order", order.Id, $"{order.Version} 件事中有 {order.Version - count} 件不在时间线上",
                $"{order.Version - count} of {order.Version} events not in the timeline");
        if (count > order.Version)
            findings.Add(Fault.Doubled, "order", order.Id, $"时间线上有 {count} 件事，实际 {order.Version} 件",
                $"{count} events in the timeline, {order.Version} happened");
        foreach (var twice in told.Where(t => t.Count > 1 && !t.Repeats))
            findings.Add(Fault.Doubled, "order", order.Id, $"{twice.Kind} 在时间线上出现 {twice.Count} 次",
                $"{twice.Kind} {twice.Count} times in the timeline");
        Told(request, "orderUnfulfilled", order.Id, null, order.IsUnfulfilled(request), findings);
    }

    private static void FollowUp(FollowUpFacts followUp, RequestFacts request, Findings findings)
    {
        Told(request, "followUpScheduled", followUp.OrderId, followUp.Id, true, findings);
        Told(request, "followUpCompleted", followUp.OrderId, followUp.Id, followUp.Status == "completed", findings);
        Told(request, "followUpUnreachable", followUp.OrderId, followUp.Id, followUp.Status == "unreachable", findings);
        if (followUp.OrderId is not null)
            Told(request, "complaintRaised", followUp.OrderId, followUp.Id, followUp.Complaint, findings);
    }

    private static void Told(RequestFacts request, string kind, Guid? order, Guid? followUp, bool happened, Findings findings)
    {
        var (count, wanted) = (request.Timeline.Where(t => t.Kind == kind && t.OrderId == order && t.FollowUpId == followUp)
            .Sum(t => t.Count), happened ? 1 : 0);
        if (count < wanted)
            findings.Add(Fault.Missing, "request", request.Id, $"{kind} 不在时间线上", $"{kind} not in the timeline");
        if (count > wanted) findings.Add(happened ? Fault.Doubled : Fault.Disagreeing, "request", request.Id,
            $"{kind} 在时间线上出现 {count} 次，实际 {wanted} 次", $"{kind} {count} times in the timeline, {wanted} happened");
    }
}
