using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Hotline.Messaging;
using Hotline.Wire;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hotline.ServiceDefaults;

/// <summary>Marks an endpoint whose answer shows a secret that is kept nowhere else: a password, a client's secret. Sealed, it is kept for
/// ten minutes for the caller whose
/// answer was lost.</summary>
public sealed record ShowsSecret;

/// <summary>Where an endpoint's answer can be looked up.</summary>
/// <param name="Path">An address of the same service, without parameters.</param>
public sealed record ShownAt(string Path);

/// <summary>What an endpoint answered, as far as it is kept.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Location">Header of that name, if any.</param>
/// <param name="Value">The body, if any.</param>
internal sealed record Answer(int Status, string? Location, object? Value)
{
    public static Answer Of(object? result)
    {
        while (result is INestedHttpResult nested) result = nested.Result;
        return new((result as IStatusCodeHttpResult)?.StatusCode ?? 200,
            result?.GetType().GetProperty("Location")?.GetValue(result) as string, (result as IValueHttpResult)?.Value);
    }
}

/// <summary>A POST, PATCH or DELETE with an Idempotency-Key has its effect once. What is kept for a day is no answer but a reference: its
/// status, and where to look. So who repeats it
/// sees what GET shows him now: masked, refused and noted as it would be, also when meanwhile the order ended, a standing changed or a
/// citizen was erased.</summary>
/// <param name="Caller">Whose key it is.</param>
/// <param name="Key">1 to 200 visible characters.</param>
/// <param name="Hash">Of method, path and body.</param>
internal sealed record Idempotency(Caller Caller, string Key, string Hash)
{
    private const string Header = "Idempotency-Key";

    private static readonly Text Reused = new("idempotency.key-reused",
        "该 Idempotency-Key 已用于另一请求，请为新请求换一个", "This Idempotency-Key was used for another request: choose a new one");
    private static readonly Text Invalid = new("idempotency.key-invalid",
        "Idempotency-Key 须为 1 到 200 个可见字符", "Idempotency-Key must be 1 to 200 visible characters");
    private static readonly Text SecretGone = new("idempotency.secret-gone",
        "操作已成功，但密钥只显示一次，且已超过 10 分钟；请重新发放",
        "It was done, but its secret is shown once, and that was more than ten minutes ago: ask for a new one");

    private sealed record Kept(string Hash, int Status, string? Location, string? Path, string? Secret, bool Fresh);

    /// <summary>The key of a request; none where it has none, a refusal where it is no key.</summary>
    public static async Task<(Idempotency? Key, ProblemHttpResult? Refusal)> Of(HttpContext http)
    {
        if (!http.Request.Headers.TryGetValue(Header, out var header)) return (null, null);
        var key = header.ToString();
        return key.Length is 0 or > 200 || key.Any(c => c is <= ' ' or > '~')
            ? (null, Problems.Of(Invalid, StatusCodes.Status400BadRequest))
            : (new(Caller.Of(http.User), key, await HashOf(http.Request, http.RequestAborted)), null);
    }

    /// <summary>The answer to a request that was made before; null where it was not.</summary>
    public async Task<object?> Repeated(HttpContext http, NpgsqlConnection? connection = null)
    {
        const string sql = """
            select hash, status, location, path, secret, at > now() - interval '10 minutes' as fresh
            from idempotency where caller = @Id and key = @Key
            """;
        var kept = connection is null
            ? await http.RequestServices.GetRequiredService<NpgsqlDataSource>().One<Kept>(sql, new { Caller.Id, Key }, http.RequestAborted)
            : await connection.QueryFirstOrDefaultAsync<Kept>(new CommandDefinition(sql, new { Caller.Id, Key },
                cancellationToken: http.RequestAborted));
        if (kept is null) return null;
        // none: kept by a release that hashed requests otherwise
        if (kept.Hash.Length > 0 && kept.Hash != Hash) return Problems.Of(Reused, StatusCodes.Status422UnprocessableEntity);
        if (kept.Secret is not null)
        {
            if (kept.Secret.Length == 0 || !kept.Fresh) return Problems.Of(SecretGone, StatusCodes.Status409Conflict);
            http.Response.Headers.Location = kept.Location;
            return TypedResults.Text(Sealing(http).OpenAnswer(kept.Secret), "application/json", Encoding.UTF8, kept.Status);
        }
        if (kept.Path is null) return TypedResults.StatusCode(kept.Status);
        http.Features.Set(new AnswersAs(kept.Path, kept.Status, kept.Location));
        return TypedResults.Empty;
    }

    /// <summary>The write that keeps an answer.</summary>
    public (string Sql, object Values) Keep(HttpContext http, Answer answer)
    {
        var shown = answer.Value is not null && http.GetEndpoint()?.Metadata.GetMetadata<ShowsSecret>() is not null;
        var secret = shown ? Sealing(http).SealAnswer(Serialize(http, answer.Value!)) : null;
        var path = answer.Value is null || secret is not null ? null : answer.Location ?? Aggregate(http);
        return ("""
            insert into idempotency (caller, key, hash, status, location, path, secret)
            values (@Id, @Key, @Hash, @Status, @Location, @path, @secret)
            """, new { Caller.Id, Key, Hash, answer.Status, answer.Location, path, secret });
    }

    /// <summary>The address of what an endpoint is about: its own up to the last parameter, so of /api/dispatch/orders/{id}/quote/accept
    /// the order's.</summary>
    public static int? AggregateSegments(RoutePattern route) =>
        route.PathSegments.ToList().FindLastIndex(s => s.Parts.Any(p => p is RoutePatternParameterPart)) is >= 0 and var last
            ? last + 1 : null;

    private static string Aggregate(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<ShownAt>()?.Path
        ?? (http.GetEndpoint() is RouteEndpoint { RoutePattern: var route } && AggregateSegments(route) is { } segments
            ? "/" + string.Join('/', http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries).Take(segments))
            : throw new InvalidOperationException(
                $"{http.GetEndpoint()?.DisplayName} answers with a body, but neither names its address nor is about one aggregate"));

    private static PersonalData Sealing(HttpContext http) => http.RequestServices.GetRequiredService<PersonalData>();

    private static string Serialize(HttpContext http, object value) =>
        JsonSerializer.Serialize(value, value.GetType(),
            http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);

    // the same JSON written otherwise is the same request
    private static async Task<string> HashOf(HttpRequest request, CancellationToken stop)
    {
        request.Body.Position = 0;
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, stop);
        request.Body.Position = 0; // an endpoint may read it itself
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}\n"));
        hash.AppendData(CanonicalJson.Of(body.ToArray()) ?? body.ToArray());
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
