using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hotline.Reconciliation;

/// <summary>Reads the books through the API.</summary>
public static class BookReader
{
    /// <summary>What the rules compare.</summary>
    /// <param name="get">What the API answers at a path; it throws where that is no success.</param>
    /// <param name="counted">Told how many entries each page had.</param>
    public static async Task<Books> Read(Func<string, Task<JsonNode>> get, TimeProvider clock, Action<int>? counted = null)
    {
        var ledgers = new List<(Book Book, object Entries)>();
        foreach (var book in Reconciler.Compared) ledgers.Add((book, await book.Read(Pages(get, book, counted))));
        var services = new List<ServiceFacts>();
        foreach (var service in PlatformServices.Names)
            services.Add((await get($"/api/ops/{service}")).Deserialize<ServiceFacts>(JsonSerializerOptions.Web)!);
        return ledgers.Aggregate(new Books(clock.GetUtcNow(), services), (books, ledger) => books.Add(ledger.Book, ledger.Entries));
    }

    private static async IAsyncEnumerable<JsonArray> Pages(Func<string, Task<JsonNode>> get, Book book, Action<int>? counted)
    {
        for (var after = Guid.Empty.ToString(); after is not null;)
        {
            var page = await get($"/api/ops/{book.Service}/ledger/{book.Name}?after={after}");
            var items = page["items"]!.AsArray();
            counted?.Invoke(items.Count);
            yield return items;
            after = page["next"]?.ToString();
        }
    }
}
