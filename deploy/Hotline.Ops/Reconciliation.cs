namespace Hotline.Ops;

/// <summary>What can be wrong between the services' books.</summary>
public enum Fault
{
    /// <summary>Something happened and a service that should know does not.</summary>
    Missing,

    /// <summary>It happened once and is on the books twice.</summary>
    Doubled,

    /// <summary>It should have gone on and does not.</summary>
    Stuck,

    /// <summary>Two services say different things of it.</summary>
    Disagreeing,
}

/// <param name="Subject">Kind and id, for example order 0199….</param>
public sealed record Finding(Fault Fault, string Subject, string What);

/// <summary>Compares the books of all services. Pure: what is only under way is told from what is wrong by whoever
/// calls, by looking again.</summary>
/// <param name="books">As read.</param>
/// <param name="acknowledged">Requests that clients were told of: each must be there.</param>
/// <param name="final">Whether everything is expected to have come to its end.</param>
public sealed class Reconciliation(Books books, IReadOnlyCollection<Guid> acknowledged, bool final)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15); // clocks look twice a second; a restart takes some
    private static readonly HashSet<string> Free = ["rejected", "expired", "declined", "cancelled", "withdrawn"];
    private static readonly HashSet<string> FinalRequests = ["closed", "cancelled", "unfulfilled"];
    private readonly List<Finding> _findings = [];

    /// <summary>All that is wrong.</summary>
    public IReadOnlyList<Finding> Find()
    {
        Requests();
        Orders();
        FollowUps();
        Vendors();
        Services();
        return _findings;
    }

    private void Requests()
    {
        var copies = books.RequestCopies.ToDictionary(r => r.Id);
        var contacts = books.Contacts.Select(c => c.Id).ToHashSet();
        var orders = books.Orders.ToLookup(o => o.RequestId);
        var known = books.Requests.Select(r => r.Id).ToHashSet();
        foreach (var id in acknowledged.Where(id => !known.Contains(id)))
            Add(Fault.Missing, "request", id, "acknowledged to a client, not in intake");
        foreach (var copy in books.RequestCopies.Where(c => !known.Contains(c.Id)))
            Add(Fault.Missing, "request", copy.Id, "in dispatch, not in intake");
        foreach (var number in books.Requests.GroupBy(r => r.Number).Where(g => g.Count() > 1))
            Add(Fault.Doubled, "request", number.First().Id, $"number {number.Key} given {number.Count()} times");

        foreach (var request in books.Requests)
        {
            if (!copies.TryGetValue(request.Id, out var copy) || !copy.Registered)
                Add(Fault.Missing, "request", request.Id, "not in dispatch");
            else if (copy.Cancelled != request.Cancelled)
                Add(Fault.Disagreeing, "request", request.Id, $"cancelled: intake {request.Cancelled}, dispatch {copy.Cancelled}");
            if (!contacts.Contains(request.Id)) Add(Fault.Missing, "request", request.Id, "not in follow-up");

            Told(request, "requestRegistered", null, null, 1);
            Told(request, "requestCancelled", null, null, request.Cancelled ? 1 : 0);

            var latest = orders[request.Id].MaxBy(o => (o.Ordinal ?? 0, o.Id)); // counted since a release
            if (latest?.Id != request.OrderId)
                Add(Fault.Disagreeing, "request", request.Id, $"latest order: intake {request.OrderId}, dispatch {latest?.Id}");
            else if (latest is not null && (latest.Status, latest.Version) != (request.OrderStatus, request.OrderVersion)
                && !(latest.Status == request.OrderStatus && latest.ContactOverdueAt is not null))
                Add(Fault.Disagreeing, "request", request.Id,
                    $"order: intake {request.OrderStatus} {request.OrderVersion}, dispatch {latest.Status} {latest.Version}");
            if (orders[request.Id].Count(o => !Free.Contains(o.Status)) > 1)
                Add(Fault.Doubled, "request", request.Id, "has two orders that are open or done");
            if (request.Cancelled && latest is { EndedAt: null })
                Add(Fault.Stuck, "request", request.Id, $"cancelled, but its order is {latest.Status}");
            if (final && !FinalRequests.Contains(request.Status)) Add(Fault.Stuck, "request", request.Id, $"is {request.Status}");
        }
    }

    private void Orders()
    {
        var requests = books.Requests.ToDictionary(r => r.Id);
        var ranking = books.VendorOrders.ToDictionary(o => o.Id);
        var facts = books.Facts.ToDictionary(f => f.Id);
        var callbacks = books.FollowUps.ToLookup(f => f.RequestId);
        foreach (var order in books.Orders)
        {
            if (!requests.TryGetValue(order.RequestId, out var request))
                Add(Fault.Missing, "order", order.Id, "its request is not in intake");
            else Timeline(order, request);

            if (!ranking.TryGetValue(order.Id, out var ranked) || !ranked.Offered)
                Add(Fault.Missing, "order", order.Id, "not in vendor-registry");
            else if (ranked.Open != order.EndedAt is null)
                Add(Fault.Disagreeing, "order", order.Id, $"open: vendor-registry {ranked.Open}, dispatch {order.Status}");

            var kinds = facts.GetValueOrDefault(order.Id)?.Kinds ?? [];
            foreach (var kind in Expected(order).Where(kind => !kinds.Contains(kind)))
                Add(Fault.Missing, "order", order.Id, $"{kind} not in evaluation");

            var wanted = order.Status is "completed" or "declined" || Unfulfilled(order, request) ? 1 : 0;
            var called = callbacks[order.RequestId].Count(f => f.OrderId == order.Id);
            // what a later outcome came before is remembered by the callback about that
            if (called < wanted && !callbacks[order.RequestId].Any(f => f.Knows(order.Id)))
                Add(Fault.Missing, "order", order.Id, $"{order.Status}, without a callback");
            if (called > wanted) Add(Fault.Doubled, "order", order.Id, $"{order.Status}, with {called} callbacks");

            if (order.Status == "offered" && order.OfferExpiresAt + Grace < books.ReadAt)
                Add(Fault.Stuck, "order", order.Id, "the offer's time is over");
            if (order is { Status: "accepted", ContactOverdueAt: null } && order.ContactBy + Grace < books.ReadAt)
                Add(Fault.Stuck, "order", order.Id, "the time to phone the citizen is over, and nobody was told");
            if (final && order.EndedAt is null) Add(Fault.Stuck, "order", order.Id, $"is {order.Status}");
        }
        foreach (var unknown in facts.Keys.Concat(ranking.Keys).Distinct().Except(books.Orders.Select(o => o.Id)))
            Add(Fault.Missing, "order", unknown, "known to others, not in dispatch");
    }

    // each version of an order is told by one event
    private void Timeline(OrderFacts order, RequestFacts request)
    {
        var told = request.Timeline.Where(t => t.OrderId == order.Id && t.TellsOrder).ToArray();
        var count = told.Sum(t => t.Count);
        if (count < order.Version)
            Add(Fault.Missing, "order", order.Id, $"{order.Version - count} of {order.Version} events not in the timeline");
        if (count > order.Version) Add(Fault.Doubled, "order", order.Id, $"{count} events in the timeline, {order.Version} happened");
        foreach (var twice in told.Where(t => t.Count > 1 && !t.Repeats))
            Add(Fault.Doubled, "order", order.Id, $"{twice.Kind} {twice.Count} times in the timeline");
        Told(request, "orderUnfulfilled", order.Id, null, Unfulfilled(order, request) ? 1 : 0);
    }

    private void FollowUps()
    {
        var requests = books.Requests.ToDictionary(r => r.Id);
        var orders = books.Orders.ToDictionary(o => o.Id);
        var facts = books.Facts.ToDictionary(f => f.Id);
        foreach (var callback in books.FollowUps)
        {
            if (!requests.TryGetValue(callback.RequestId, out var request))
            {
                Add(Fault.Missing, "follow-up", callback.Id, "its request is not in intake");
                continue;
            }
            Told(request, "followUpScheduled", callback.OrderId, callback.Id, 1);
            Told(request, "followUpCompleted", callback.OrderId, callback.Id, callback.Status == "completed" ? 1 : 0);
            Told(request, "followUpUnreachable", callback.OrderId, callback.Id, callback.Status == "unreachable" ? 1 : 0);
            if (callback.OrderId is { } orderId)
            {
                Told(request, "complaintRaised", orderId, callback.Id, callback.Complaint ? 1 : 0);
                if (!orders.ContainsKey(orderId)) Add(Fault.Missing, "follow-up", callback.Id, "its order is not in dispatch");
                var kinds = facts.GetValueOrDefault(orderId)?.Kinds ?? [];
                if (callback is { Kind: "service", Status: "completed" } && !kinds.Contains("satisfaction"))
                    Add(Fault.Missing, "follow-up", callback.Id, "what the citizen said is not in evaluation");
                if (callback.Complaint && !kinds.Contains("complaint"))
                    Add(Fault.Missing, "follow-up", callback.Id, "the complaint is not in evaluation");
                if (callback is { Kind: "service", Status: "completed" or "unreachable" } && request.OrderId == orderId
                    && request.Status != "closed")
                    Add(Fault.Disagreeing, "request", request.Id, $"called back, but {request.Status} in intake");
            }
            if (final && !callback.IsOver) Add(Fault.Stuck, "follow-up", callback.Id, $"is {callback.Status}");
        }
        var called = books.FollowUps.Where(f => f.Knows(null)).Select(f => f.RequestId).ToHashSet();
        foreach (var request in books.Requests.Where(r => r.Status == "unfulfilled" && !called.Contains(r.Id)))
            Add(Fault.Missing, "request", request.Id, "nobody was found, and there is no callback");
        foreach (var twice in books.FollowUps.Where(f => f.OrderId is null).GroupBy(f => f.RequestId).Where(g => g.Count() > 1))
            Add(Fault.Doubled, "request", twice.Key, $"{twice.Count()} callbacks");
        foreach (var several in books.FollowUps.Where(f => !f.IsOver).GroupBy(f => f.RequestId).Where(g => g.Count() > 1))
            Add(Fault.Doubled, "request", several.Key, $"{several.Count()} callbacks that are not over");
    }

    private void Vendors()
    {
        foreach (var (service, copies) in books.VendorCopies)
        {
            var byId = copies.ToDictionary(c => c.Id);
            foreach (var vendor in books.Vendors.Where(v => v.Standing is not null))
            {
                if (!byId.TryGetValue(vendor.Id, out var copy)) Add(Fault.Missing, "vendor", vendor.Id, $"not in {service}");
                else if (copy.Standing != vendor.Standing)
                    Add(Fault.Disagreeing, "vendor", vendor.Id, $"standing: vendor-registry {vendor.Standing}, {service} {copy.Standing}");
                else if (copy.ScoreVersion is { } version && version != vendor.ScoreVersion)
                    Add(Fault.Disagreeing, "vendor", vendor.Id, $"score: {service} {version}, vendor-registry {vendor.ScoreVersion}");
            }
            foreach (var unknown in byId.Keys.Except(books.Vendors.Select(v => v.Id)))
                Add(Fault.Missing, "vendor", unknown, $"in {service}, not in vendor-registry");
        }
        foreach (var waiting in books.Facts.Where(f => f.Unscored > 0))
            Add(Fault.Stuck, "order", waiting.Id, $"{waiting.Unscored} facts not in a score");
    }

    private void Services()
    {
        foreach (var service in books.Services)
        {
            if (service.Status != "healthy") Add(Fault.Stuck, service.Service, $"is {service.Status}");
            if (service.Outbox is { Rows: > 0 } outbox) Add(Fault.Stuck, service.Service, $"{outbox.Rows} events wait in the outbox");
            foreach (var queue in service.Queues ?? [])
            {
                if (queue.Waiting > 0) Add(Fault.Stuck, queue.Name, "messages wait");
                if (queue.Errors > 0) Add(Fault.Stuck, queue.Name, "messages in the error queue (deploy/redrive list)");
            }
        }
    }

    // a vendor had taken it and the citizen still wanted it; whether he still did where the request was cancelled too, only the event says
    private static bool Unfulfilled(OrderFacts order, RequestFacts? request) =>
        order.Status is "cancelled" or "withdrawn" && order.AcceptedAt is not null
        && (request is not { Cancelled: true } || request.Timeline.Any(t => t.Kind == "orderUnfulfilled" && t.OrderId == order.Id));

    private static IEnumerable<string> Expected(OrderFacts order)
    {
        if (order.AcceptedAt is not null) yield return "accepted";
        if (order.Status is "rejected" or "expired" or "completed" or "declined") yield return order.Status;
        if (order.ContactedAt is not null || order.ContactOverdueAt is not null) yield return "contactDeadline";
        if (order is { ArrivedAt: not null, VisitEndsAt: not null }) yield return "visitDeadline";
    }

    private void Told(RequestFacts request, string kind, Guid? order, Guid? followUp, int wanted)
    {
        var count = request.Timeline.Where(t => t.Kind == kind && t.OrderId == order && t.FollowUpId == followUp).Sum(t => t.Count);
        if (count < wanted) Add(Fault.Missing, "request", request.Id, $"{kind} not in the timeline");
        if (count > wanted) Add(wanted == 0 ? Fault.Disagreeing : Fault.Doubled, "request", request.Id,
            $"{kind} {count} times in the timeline, {wanted} happened");
    }

    private void Add(Fault fault, string kind, Guid id, string what) => Add(fault, $"{kind} {id}", what);

    private void Add(Fault fault, string subject, string what) => _findings.Add(new(fault, subject, what));
}
