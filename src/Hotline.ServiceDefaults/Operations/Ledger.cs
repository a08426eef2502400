using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Hotline.Messaging;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Hotline.ServiceDefaults;

/// <summary>One kind of thing that a service answers for.</summary>
/// <param name="Name">For example orders.</param>
/// <param name="Sql">Selects <c>id uuid</c> and <c>facts json</c>: what others must agree with. No personal data.</param>
public sealed record Book(string Name, string Sql);

/// <summary>A page of a book, by id.</summary>
/// <param name="Next">Id to go on after; null = the end.</param>
public sealed record LedgerPage(IReadOnlyList<JsonElement> Items, Guid? Next);

/// <summary>What each service has on its books, for reconciling them (deploy/reconcile).</summary>
public static class Ledger
{
    private const int Largest = 5000;

    private sealed record Row(Guid Id, string Facts);

    /// <summary>GET /api/ops/{service}/ledger/{book}?after=&amp;limit= for each book.</summary>
    public static void MapLedger(this IEndpointRouteBuilder routes, string service, params Book[] books)
    {
        foreach (var book in books)
        {
            routes.MapGet($"/api/ops/{service}/ledger/{book.Name}",
                (NpgsqlDataSource database, Guid? after, [Range(1, Largest)] int? limit, CancellationToken stop) =>
                    Read(database, book, after, limit, stop))
                .WithName($"readBook-{service}-{book.Name}").WithSummary($"The book of {book.Name}, for reconciliation")
                    .WithTags("Operations").RequireAuthorization(Policies.Operations);
        }
    }

    private static async Task<Ok<LedgerPage>> Read(NpgsqlDataSource database, Book book, Guid? after, int? limit, CancellationToken stop)
    {
        var take = Math.Clamp(limit ?? Largest, 1, Largest);
        var rows = await database.Many<Row>($"select id, facts::text as facts from ({book.Sql}) as book where id > @after "
            + "order by id limit @take", new { after = after ?? Guid.Empty, take }, stop);
        return TypedResults.Ok(new LedgerPage([.. rows.Select(r => JsonDocument.Parse(r.Facts).RootElement)],
            rows.Count == take ? rows[^1].Id : null));
    }
}
