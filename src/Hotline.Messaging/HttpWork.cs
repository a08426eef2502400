using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hotline.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hotline.Messaging;

/// <summary>What an endpoint answers when a unique constraint of the database forbids its writes.</summary>
/// <param name="Constraint">Name of the constraint.</param>
/// <param name="Refusal">The answer.</param>
public sealed record ConstraintRefusal(string Constraint, Refusal Refusal);

/// <summary>The unit of work around endpoints: they read, decide and collect writes in <see cref="Work"/>; this commits what they collected together
/// with the answer to an Idempotency-Key, adds the ETag, and runs the endpoint again where a concurrent change made its reading stale.</summary>
public static class HttpWork
{
    private const int Attempts = 10;
    private static readonly Text KeyReused = new("idempotency.key-reused",
        "该 Idempotency-Key 已用于另一请求,请为新请求换一个", "This Idempotency-Key was used for another request: choose a new one");
    private static readonly Text KeyTooLong = new("idempotency.key-invalid",
        "Idempotency-Key 须为 1 到 200 个可见字符", "Idempotency-Key must be 1 to 200 visible characters");

    private sealed record Kept(string Hash, int Status, string? Location, string? Body);

    private sealed record Answer(int Status, string? Location, object? Value);

    /// <summary>Commits the writes of the endpoints in this group.</summary>
    public static RouteGroupBuilder Commits(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter(Commit);
        return group;
    }

    /// <summary>Names the refusal for a unique constraint.</summary>
    public static RouteHandlerBuilder RefusesOn(this RouteHandlerBuilder endpoint, string constraint, Refusal refusal) =>
        endpoint.WithMetadata(new ConstraintRefusal(constraint, refusal));

    /// <summary>The refusal of a change whose If-Match names another version; null where it may go on.</summary>
    /// <param name="ifMatch">The header, for example "3"; none or * = any version.</param>
    /// <param name="version">The version that is there.</param>
    public static Refusal? Stale(string? ifMatch, int version) =>
        string.IsNullOrWhiteSpace(ifMatch) || ifMatch.Split(',').Any(tag => tag.Trim() is "*" || tag.Trim() == Tag(version))
            ? null : new(Problems.Stale, StatusCodes.Status412PreconditionFailed);

    /// <summary>The course of every change of one aggregate: 404 where it is not there, 412 where the caller saw an older version, then the decision, saved or refused.</summary>
    /// <param name="found">The aggregate as read; null = not there, or not the caller's.</param>
    /// <param name="ifMatch">The header If-Match.</param>
    /// <param name="decide">The decision.</param>
    /// <param name="save">Collects the writes and events of a decision on the version that was read.</param>
    /// <param name="view">What the caller sees of the new state.</param>
    public static Results<Ok<TView>, ProblemHttpResult> Change<T, TView>(
        T? found, string? ifMatch, Func<T, Decision<T>> decide, Action<Decision<T>, int> save, Func<T, TView> view) where T : class, IVersioned
    {
        if (found is null) return Problems.NotFound();
        if (Stale(ifMatch, found.Version) is { } stale) return stale.ToProblem();
        var decision = decide(found);
        if (decision.Refusal is { } refusal) return refusal.ToProblem();
        save(decision, found.Version);
        return TypedResults.Ok(view(decision.State));
    }

    private static async ValueTask<object?> Commit(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var work = http.RequestServices.GetRequiredService<Work>();
        if (HttpMethods.IsGet(http.Request.Method))
        {
            var shown = await next(context);
            await work.Commit(http.RequestAborted); // an entry in the access log
            return Tagged(http, shown);
        }

        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (http.Request.Headers.ContainsKey("Idempotency-Key") && (key.Length is 0 or > 200 || key.Any(c => c is <= ' ' or > '~')))
            return Problems.Of(KeyTooLong, StatusCodes.Status400BadRequest);

        var caller = Caller.Of(http.User);
        var hash = key.Length == 0 ? "" : await Hash(http);
        if (key.Length > 0 && await Find(http, caller, key) is { } kept) return Replay(http, kept, hash);

        for (var attempt = 1; ; attempt++)
        {
            var result = await next(context);
            var answer = AnswerOf(result);
            if (answer.Status >= 400)
            {
                await work.Clear();
                // the first try with this key may have been committed after the look above: what it changed is then what refuses this one
                return key.Length > 0 && await Find(http, caller, key) is { } meanwhile ? Replay(http, meanwhile, hash) : result;
            }
            if (key.Length > 0)
            {
                work.Write("""
                    insert into idempotency (caller, key, hash, status, location, body)
                    values (@caller, @key, @hash, @Status, @Location, @body)
                    """, new { caller = caller.Id, key, hash, answer.Status, answer.Location, body = Serialize(http, answer.Value) is { } body ? Sealing(http).SealAnswer(body) : null });
            }
            try
            {
                await work.Commit(http.RequestAborted);
                return Tagged(http, result);
            }
            catch (StaleException) when (attempt < Attempts)
            {
                await work.Clear(); // someone was faster: read and decide again (If-Match is then checked against the new version)
            }
            catch (StaleException)
            {
                return Problems.Of(Problems.Busy, StatusCodes.Status409Conflict);
            }
            catch (PostgresException e) when (e.ConstraintName == "idempotency_pkey")
            {
                await work.Clear();
                return Replay(http, (await Find(http, caller, key))!, hash);
            }
            catch (PostgresException e) when (RefusalFor(http, e.ConstraintName) is { } refusal)
            {
                await work.Clear();
                return refusal.ToProblem();
            }
        }
    }

    private static Refusal? RefusalFor(HttpContext http, string? constraint) =>
        http.GetEndpoint()?.Metadata.GetOrderedMetadata<ConstraintRefusal>().FirstOrDefault(r => r.Constraint == constraint)?.Refusal;

    private static object? Tagged(HttpContext http, object? result)
    {
        if (AnswerOf(result).Value is IVersioned { Version: var version }) http.Response.Headers.ETag = Tag(version);
        return result;
    }

    private static string Tag(int version) => $"\"{version}\"";

    private static Answer AnswerOf(object? result)
    {
        while (result is INestedHttpResult nested) result = nested.Result;
        return new((result as IStatusCodeHttpResult)?.StatusCode ?? 200,
            result?.GetType().GetProperty("Location")?.GetValue(result) as string, (result as IValueHttpResult)?.Value);
    }

    private static string? Serialize(HttpContext http, object? value) => value is null ? null
        : JsonSerializer.Serialize(value, value.GetType(), http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);

    private static async Task<string> Hash(HttpContext http)
    {
        http.Request.Body.Position = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Method} {http.Request.Path}\n"));
        var buffer = new byte[16 * 1024];
        while (await http.Request.Body.ReadAsync(buffer, http.RequestAborted) is > 0 and var read) hash.AppendData(buffer, 0, read);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static PersonalData Sealing(HttpContext http) => http.RequestServices.GetRequiredService<PersonalData>();

    private static Task<Kept?> Find(HttpContext http, Caller caller, string key) =>
        http.RequestServices.GetRequiredService<NpgsqlDataSource>().One<Kept>(
            "select hash, status, location, body from idempotency where caller = @Id and key = @key", new { caller.Id, key }, http.RequestAborted);

    private static IResult Replay(HttpContext http, Kept kept, string hash)
    {
        if (kept.Hash != hash) return Problems.Of(KeyReused, StatusCodes.Status422UnprocessableEntity);
        if (kept.Location is not null) http.Response.Headers.Location = kept.Location;
        if (kept.Body is null) return TypedResults.StatusCode(kept.Status);
        var body = Sealing(http).OpenAnswer(kept.Body);
        if (JsonDocument.Parse(body).RootElement.TryGetProperty("version", out var version)) http.Response.Headers.ETag = Tag(version.GetInt32());
        return TypedResults.Text(body, "application/json", Encoding.UTF8, kept.Status);
    }
}
