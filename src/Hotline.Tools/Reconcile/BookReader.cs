using System.Text.Json;
using System.Text.Json.Nodes;
using Hotline.Tools.Shared;

namespace Hotline.Tools.Reconcile;

/// <summary>Reads the books through the gateway.</summary>
public static class BookReader
{
    /// <summary>What the rules compare.</summary>
    /// <exception cref="PlatformException">A service does not answer.</exception>
    public static async Task<Books> Read(Client ops)
    {
        var ledgers = new List<(Book Book, object Entries)>();
        foreach (var book in Reconciliation.Compared) ledgers.Add((book, book.Parse(await Entries(ops, book))));
        var services = new List<ServiceFacts>();
        foreach (var service in PlatformServices.Names)
            services.Add((await ops.Read($"/api/ops/{service}")).Body.Deserialize<ServiceFacts>(JsonSerializerOptions.Web)!);
        return ledgers.Aggregate(new Books(DateTimeOffset.UtcNow, services), (books, ledger) => books.Add(ledger.Book, ledger.Entries));
    }

    private static async Task<IReadOnlyList<JsonNode>> Entries(Client ops, Book book)
    {
        var items = new List<JsonNode>();
        for (var after = Guid.Empty.ToString(); after is not null;)
        {
            var page = await ops.Read($"/api/ops/{book.Service}/ledger/{book.Name}?after={after}");
            items.AddRange(page.Items);
            after = page["next"]?.ToString();
        }
        return items;
    }
}
