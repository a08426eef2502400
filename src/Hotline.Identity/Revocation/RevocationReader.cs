using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hotline.Identity.Revocation;

/// <summary>What other processes are told.</summary>
/// <param name="Tag">The same for the same content, whichever replica answers.</param>
/// <param name="Sealed">By <see cref="RevocationSeal"/>.</param>
public sealed record RevocationWord(string Tag, string Sealed);

/// <summary>Reads four times a second what has ended, for this process and for all that ask. What is older than any token that it could
/// concern is left out.</summary>
public sealed class RevocationReader(
    NpgsqlDataSource database, Revocations revocations, RevocationSeal seal, IOptions<IdentityOptions> options, TimeProvider clock,
    ILogger<RevocationReader> log)
    : Clock(TimeSpan.FromMilliseconds(250), log)
{
    /// <summary>Longer than a session lasts without a renewal: the gateway's cookie remembers its sign-in for so long.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromHours(13);

    private sealed record Row(string Key, int Generation);

    /// <summary>None before the database was read.</summary>
    public RevocationWord? Word { get; private set; }

    protected override async Task Tick(CancellationToken stop)
    {
        var since = clock.GetUtcNow() - options.Value.AccessTokenLasts - Margin;
        var rows = await database.Many<Row>("select key, generation from revocations where at > @since order by key", new { since }, stop);
        var tag = Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows.Select(r => $"{r.Key} {r.Generation}")))));
        if (Word?.Tag == tag) return;
        var ended = rows.ToDictionary(r => r.Key, r => r.Generation);
        revocations.Replace(ended);
        Word = new(tag, seal.Seal(ended));
    }
}

public static class RevocationEndpoint
{
    /// <summary>GET /revocations, for the platform's own processes on the inner network: the gateway does not lead here, and only they can
    /// open the answer.</summary>
    public static void MapRevocations(this IEndpointRouteBuilder routes) =>
        routes.MapGet(RevocationPoll.Path, (HttpContext http, RevocationReader reader) =>
        {
            if (reader.Word is not { } word) return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
            var tag = $"\"{word.Tag}\"";
            if (http.Request.Headers.IfNoneMatch == tag) return Results.StatusCode(StatusCodes.Status304NotModified);
            http.Response.Headers.ETag = tag;
            return Results.Text(word.Sealed);
        }).AllowAnonymous().ExcludeFromDescription();
}
