using System.Text.Json;

namespace Hotline.Ops;

// What the services have on their books (/api/ops/{service}/ledger/{book}); null where one says nothing of it.

/// <param name="TellsOrder">Each version of an order is told by one such entry.</param>
/// <param name="Repeats">An order may have it more than once.</param>
public sealed record TimelineCount(string Kind, Guid? OrderId, Guid? FollowUpId, int Count, bool TellsOrder = false, bool Repeats = false);

public sealed record RequestFacts(
    Guid Id, string Number, string Status, bool Cancelled, Guid? OrderId, string? OrderStatus, int OrderVersion, Guid? CalledBackOrderId,
    IReadOnlyList<TimelineCount> Timeline);

public sealed record RequestCopyFacts(Guid Id, bool Registered, bool Cancelled);

public sealed record OrderFacts(
    Guid Id, Guid RequestId, Guid VendorId, string Status, int Version, DateTimeOffset OfferExpiresAt, DateTimeOffset? AcceptedAt,
    DateTimeOffset? ContactBy, DateTimeOffset? ContactedAt, DateTimeOffset? ContactOverdueAt, DateTimeOffset? ArrivedAt,
    DateTimeOffset? EndedAt, DateTimeOffset? VisitEndsAt = null,
    int? Ordinal = null);

public sealed record ContactFacts(Guid Id);

/// <param name="Earlier">Orders that ended before the one it is about; null among them = nobody was found for the request.</param>
public sealed record FollowUpFacts(
    Guid Id, Guid RequestId, Guid? OrderId, string Kind, string Status, int Attempts, bool Complaint, IReadOnlyList<Guid?>? Earlier = null)
{
    public bool IsOver => Status is "completed" or "unreachable";

    /// <summary>Whether the citizen is, or was to be, asked about how an order ended,
    /// or about the request for which nobody was found.</summary>
    public bool Knows(Guid? order) => OrderId == order || Earlier?.Contains(order) == true;
}

public sealed record ScoredFacts(Guid Id, IReadOnlyList<string> Kinds, int Unscored);

public sealed record VendorOrderFacts(Guid Id, bool Open, bool Offered);

public sealed record VendorFacts(Guid Id, string? Admission, string? Standing, int Version, int? ScoreVersion);

public sealed record QueueFacts(string Name, long Waiting, long Errors);

public sealed record OutboxFacts(long Rows, double OldestSeconds);

public sealed record ServiceFacts(string Service, string Status, OutboxFacts? Outbox, IReadOnlyList<QueueFacts>? Queues);

/// <summary>The books of all services, read one after the other.</summary>
public sealed record Books
{
    public required DateTimeOffset ReadAt { get; init; }
    public required IReadOnlyList<ServiceFacts> Services { get; init; }
    public required IReadOnlyList<RequestFacts> Requests { get; init; }
    public required IReadOnlyList<RequestCopyFacts> RequestCopies { get; init; }
    public required IReadOnlyList<ContactFacts> Contacts { get; init; }
    public required IReadOnlyList<OrderFacts> Orders { get; init; }
    public required IReadOnlyList<VendorOrderFacts> VendorOrders { get; init; }
    public required IReadOnlyList<ScoredFacts> Facts { get; init; }
    public required IReadOnlyList<FollowUpFacts> FollowUps { get; init; }

    /// <summary>The registry's: the others keep copies.</summary>
    public required IReadOnlyList<VendorFacts> Vendors { get; init; }

    /// <summary>By the service that keeps the copy.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<VendorFacts>> VendorCopies { get; init; }
}

/// <summary>Reads the books through the gateway.</summary>
public static class BookReader
{
    private static readonly string[] KeepVendors = ["dispatch", "evaluation", "identity"];

    /// <exception cref="Client.PlatformException">A service does not answer.</exception>
    public static async Task<Books> Read(Client.Api ops)
    {
        async Task<IReadOnlyList<T>> Book<T>(string service, string name)
        {
            var items = new List<T>();
            for (var after = Guid.Empty.ToString(); after is not null;)
            {
                var page = await ops.Read($"/api/ops/{service}/ledger/{name}?after={after}");
                items.AddRange(page.Items.Select(i => i.Deserialize<T>(JsonSerializerOptions.Web)!));
                after = page["next"]?.ToString();
            }
            return items;
        }

        var copies = new Dictionary<string, IReadOnlyList<VendorFacts>>();
        // effects before their causes: what is missing was not just begun
        foreach (var service in KeepVendors) copies[service] = await Book<VendorFacts>(service, "vendors");
        var facts = await Book<ScoredFacts>("evaluation", "facts");
        var followUps = await Book<FollowUpFacts>("follow-up", "follow-ups");
        var contacts = await Book<ContactFacts>("follow-up", "contacts");
        var vendorOrders = await Book<VendorOrderFacts>("vendor-registry", "orders");
        var vendors = await Book<VendorFacts>("vendor-registry", "vendors");
        var orders = await Book<OrderFacts>("dispatch", "orders");
        var requestCopies = await Book<RequestCopyFacts>("dispatch", "requests");
        var requests = await Book<RequestFacts>("intake", "requests");
        var services = new List<ServiceFacts>();
        foreach (var service in PlatformServices.Names)
            services.Add((await ops.Read($"/api/ops/{service}")).Body.Deserialize<ServiceFacts>(JsonSerializerOptions.Web)!);
        return new()
        {
            ReadAt = DateTimeOffset.UtcNow,
            Services = services,
            Requests = requests,
            RequestCopies = requestCopies,
            Contacts = contacts,
            Orders = orders,
            VendorOrders = vendorOrders,
            Facts = facts,
            FollowUps = followUps,
            Vendors = vendors,
            VendorCopies = copies,
        };
    }
}
