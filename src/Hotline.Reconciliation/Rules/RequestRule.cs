namespace Hotline.Reconciliation.Rules;

/// <param name="TellsOrder">Each version of an order is told by one such entry.</param>
/// <param name="Repeats">An order may have it more than once.</param>
public sealed record TimelineCount(string Kind, Guid? OrderId, Guid? FollowUpId, int Count, bool TellsOrder = false, bool Repeats = false);

public sealed record RequestFacts(
    Guid Id, string Number, string Status, bool Cancelled, Guid? OrderId, string? OrderStatus, int OrderVersion, Guid? CalledBackOrderId,
    IReadOnlyList<TimelineCount> Timeline);

public sealed record RequestCopyFacts(Guid Id, bool Registered, bool Cancelled);

public sealed record ContactFacts(Guid Id);

/// <summary>A request is in intake, dispatch and follow-up, once; intake knows its latest order as dispatch has it.</summary>
public sealed class RequestRule : IRule
{
    public static readonly Book<RequestFacts> Requests = new("intake", "requests");
    public static readonly Book<RequestCopyFacts> Copies = new("dispatch", "requests", Requests);
    public static readonly Book<ContactFacts> Contacts = new("follow-up", "contacts", Requests);

    private static readonly HashSet<string> Free = ["rejected", "expired", "declined", "cancelled", "withdrawn"];
    private static readonly HashSet<string> Final = ["closed", "cancelled", "unfulfilled"];

    public int Place => 10;

    public BothLanguages Expected { get; } = new("工单在受理、派单、回访中各有一份，最新派单处处一致",
        "A request is in intake, dispatch and follow-up, once, with the same latest order");

    public IReadOnlyList<Book> Compares => [Requests, Copies, Contacts, OrderRule.Orders];

    public IEnumerable<Counted> Count(Books books) => [new("requests", "requests", books.Of(Requests).Count)];

    public void Check(Books books, Expectation expected, Findings findings)
    {
        var requests = books.Of(Requests);
        var known = requests.Select(r => r.Id).ToHashSet();
        foreach (var id in expected.Acknowledged.Where(id => !known.Contains(id)))
            findings.Add(Fault.Missing, "request", id, "已答复登记成功，受理中没有", "acknowledged to a client, not in intake");
        foreach (var copy in books.Of(Copies).Where(c => !known.Contains(c.Id)))
            findings.Add(Fault.Missing, "request", copy.Id, "派单中有，受理中没有", "in dispatch, not in intake");
        foreach (var number in requests.GroupBy(r => r.Number).Where(g => g.Count() > 1))
            findings.Add(Fault.Doubled, "request", number.First().Id,
                $"工单号 {number.Key} 用了 {number.Count()} 次", $"number {number.Key} given {number.Count()} times");

        var copies = books.Of(Copies).ToDictionary(r => r.Id);
        var contacts = books.Of(Contacts).Select(c => c.Id).ToHashSet();
        var orders = books.Of(OrderRule.Orders).ToLookup(o => o.RequestId);
        foreach (var request in requests)
        {
            if (!copies.TryGetValue(request.Id, out var copy) || !copy.Registered)
                findings.Add(Fault.Missing, "request", request.Id, "派单中没有", "not in dispatch");
            else if (copy.Cancelled != request.Cancelled)
                findings.Add(Fault.Disagreeing, "request", request.Id, $"受理{Cancelled(request.Cancelled)}，派单{Cancelled(copy.Cancelled)}",
                    $"cancelled: intake {request.Cancelled}, dispatch {copy.Cancelled}");
            if (!contacts.Contains(request.Id)) findings.Add(Fault.Missing, "request", request.Id, "回访中没有", "not in follow-up");
            Orders(request, [.. orders[request.Id]], findings);
            if (expected.IsFinal && !Final.Contains(request.Status))
                findings.Add(Fault.Stuck, "request", request.Id, $"状态为 {request.Status}", $"is {request.Status}");
        }
    }

    private static string Cancelled(bool cancelled) => cancelled ? "已取消" : "未取消";

    private static void Orders(RequestFacts request, OrderFacts[] orders, Findings findings)
    {
        var latest = orders.MaxBy(o => (o.Ordinal ?? 0, o.Id)); // counted since a release
        if (latest?.Id != request.OrderId)
            findings.Add(Fault.Disagreeing, "request", request.Id, $"最新派单：受理 {request.OrderId}，派单 {latest?.Id}",
                $"latest order: intake {request.OrderId}, dispatch {latest?.Id}");
        else if (latest is not null && (latest.Status, latest.Version) != (request.OrderStatus, request.OrderVersion)
            && !(latest.Status == request.OrderStatus && latest.ContactOverdueAt is not null))
            findings.Add(Fault.Disagreeing, "request", request.Id,
                $"派单：受理 {request.OrderStatus} {request.OrderVersion}，派单 {latest.Status} {latest.Version}",
                $"order: intake {request.OrderStatus} {request.OrderVersion}, dispatch {latest.Status} {latest.Version}");
        if (orders.Count(o => !Free.Contains(o.Status)) > 1)
            findings.Add(Fault.Doubled, "request", request.Id, "有两个未结束或已完成的派单", "has two orders that are open or done");
        if (request.Cancelled && latest is { EndedAt: null })
            findings.Add(Fault.Stuck, "request", request.Id,
                $"已取消，派单却是 {latest.Status}", $"cancelled, but its order is {latest.Status}");
    }
}
