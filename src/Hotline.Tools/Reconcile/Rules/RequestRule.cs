namespace Hotline.Tools.Reconcile.Rules;

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

    public IReadOnlyList<Book> Compares => [Requests, Copies, Contacts, OrderRule.Orders];

    public IEnumerable<Counted> Count(Books books) => [new("requests", "requests", books.Of(Requests).Count)];

    public void Check(Books books, Expectation expected, Findings findings)
    {
        var requests = books.Of(Requests);
        var known = requests.Select(r => r.Id).ToHashSet();
        foreach (var id in expected.Acknowledged.Where(id => !known.Contains(id)))
            findings.Add(Fault.Missing, "request", id, "acknowledged to a client, not in intake");
        foreach (var copy in books.Of(Copies).Where(c => !known.Contains(c.Id)))
            findings.Add(Fault.Missing, "request", copy.Id, "in dispatch, not in intake");
        foreach (var number in requests.GroupBy(r => r.Number).Where(g => g.Count() > 1))
            findings.Add(Fault.Doubled, "request", number.First().Id, $"number {number.Key} given {number.Count()} times");

        var copies = books.Of(Copies).ToDictionary(r => r.Id);
        var contacts = books.Of(Contacts).Select(c => c.Id).ToHashSet();
        var orders = books.Of(OrderRule.Orders).ToLookup(o => o.RequestId);
        foreach (var request in requests)
        {
            if (!copies.TryGetValue(request.Id, out var copy) || !copy.Registered)
                findings.Add(Fault.Missing, "request", request.Id, "not in dispatch");
            else if (copy.Cancelled != request.Cancelled)
                findings.Add(Fault.Disagreeing, "request", request.Id, $"cancelled: intake {request.Cancelled}, dispatch {copy.Cancelled}");
            if (!contacts.Contains(request.Id)) findings.Add(Fault.Missing, "request", request.Id, "not in follow-up");
            Orders(request, [.. orders[request.Id]], findings);
            if (expected.IsFinal && !Final.Contains(request.Status))
                findings.Add(Fault.Stuck, "request", request.Id, $"is {request.Status}");
        }
    }

    private static void Orders(RequestFacts request, OrderFacts[] orders, Findings findings)
    {
        var latest = orders.MaxBy(o => (o.Ordinal ?? 0, o.Id)); // counted since a release
        if (latest?.Id != request.OrderId)
            findings.Add(Fault.Disagreeing, "request", request.Id, $"latest order: intake {request.OrderId}, dispatch {latest?.Id}");
        else if (latest is not null && (latest.Status, latest.Version) != (request.OrderStatus, request.OrderVersion)
            && !(latest.Status == request.OrderStatus && latest.ContactOverdueAt is not null))
            findings.Add(Fault.Disagreeing, "request", request.Id,
                $"order: intake {request.OrderStatus} {request.OrderVersion}, dispatch {latest.Status} {latest.Version}");
        if (orders.Count(o => !Free.Contains(o.Status)) > 1)
            findings.Add(Fault.Doubled, "request", request.Id, "has two orders that are open or done");
        if (request.Cancelled && latest is { EndedAt: null })
            findings.Add(Fault.Stuck, "request", request.Id, $"cancelled, but its order is {latest.Status}");
    }
}
