using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hotline.Reconciliation;

/// <summary>A ledger that a service keeps (/api/ops/{service}/ledger/{name}).</summary>
/// <param name="Cause">The ledger whose entries make entries of this one; null = those of the city's life.</param>
public abstract record Book(string Service, string Name, Book? Cause)
{
    /// <summary>How many causes lie before it.</summary>
    public int Depth => Cause is null ? 0 : Cause.Depth + 1;

    /// <summary>A list of its entries.</summary>
    internal abstract Task<object> Read(IAsyncEnumerable<JsonArray> pages);
}

/// <summary>A ledger whose entries are read as <typeparamref name="T"/>; what a service does not say of them stays null.</summary>
public sealed record Book<T>(string Service, string Name, Book? Cause = null) : Book(Service, Name, Cause)
{
    internal override async Task<object> Read(IAsyncEnumerable<JsonArray> pages)
    {
        var entries = new List<T>();
        await foreach (var page in pages) entries.AddRange(page.Select(e => e.Deserialize<T>(JsonSerializerOptions.Web)!));
        return entries;
    }
}

public sealed record QueueFacts(string Name, long Waiting, long Errors);

public sealed record OutboxFacts(long Rows, double OldestSeconds);

/// <summary>How a service is (/api/ops/{service}).</summary>
public sealed record ServiceFacts(string Service, string Status, OutboxFacts? Outbox, IReadOnlyList<QueueFacts>? Queues);

/// <summary>The books of all services, read one after the other.</summary>
public sealed class Books
{
    private readonly Dictionary<Book, object> _entries;

    /// <summary>Without a ledger.</summary>
    public Books(DateTimeOffset readAt, params IReadOnlyList<ServiceFacts> services) : this(readAt, services, [])
    {
    }

    private Books(DateTimeOffset readAt, IReadOnlyList<ServiceFacts> services, Dictionary<Book, object> entries) =>
        (ReadAt, Services, _entries) = (readAt, services, entries);

    public DateTimeOffset ReadAt { get; }

    public IReadOnlyList<ServiceFacts> Services { get; }

    /// <summary>A ledger's entries.</summary>
    /// <exception cref="KeyNotFoundException">No rule says that it compares it, so nobody read it.</exception>
    public IReadOnlyList<T> Of<T>(Book<T> book) => (IReadOnlyList<T>)_entries[book];

    /// <summary>These books and another, or the same with other entries.</summary>
    public Books With<T>(Book<T> book, params IReadOnlyList<T> entries) => Add(book, entries);

    /// <summary>These books, and how the services are.</summary>
    public Books With(params IReadOnlyList<ServiceFacts> services) => new(ReadAt, services, _entries);

    internal Books Add(Book book, object entries) => new(ReadAt, Services, new(_entries) { [book] = entries });
}
