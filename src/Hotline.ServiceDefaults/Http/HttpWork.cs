using Dapper;
using Hotline.Messaging;
using Hotline.Wire;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Hotline.ServiceDefaults;

/// <summary>What an endpoint answers when a unique constraint of the database forbids its writes.</summary>
/// <param name="Constraint">Name of the constraint.</param>
/// <param name="Refusal">The answer.</param>
public sealed record ConstraintRefusal(string Constraint, Refusal Refusal);

/// <summary>The unit of work around endpoints: they read, decide and collect writes in <see cref="Work"/>; this commits what they collected
/// together with what is kept for an Idempotency-Key, adds the ETag, and runs the endpoint again where a concurrent change made its reading
/// stale.</summary>
public static class HttpWork
{
    private const int Attempts = 10;

    // an effect elsewhere holds one of the process' 14 connections while it takes another: not all may wait for the second one
    private static readonly SemaphoreSlim Elsewhere = new(4);

    /// <summary>Commits the writes of the endpoints in this group.</summary>
    public static RouteGroupBuilder Commits(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter(Commit).WithMetadata(new TakesIdempotencyKey());
        return group;
    }

    /// <summary>Commits the writes of the endpoints in this group, which know by themselves what was sent before.</summary>
    public static RouteGroupBuilder CommitsRepeats(this RouteGroupBuilder group) => group.AddEndpointFilter(Commit);

    /// <summary>Where what the endpoint answers can be looked up, if not at its own address up to the last parameter.</summary>
    public static RouteHandlerBuilder ShownAt(this RouteHandlerBuilder endpoint, string path) => endpoint.WithMetadata(new ShownAt(path));

    /// <summary>For endpoints whose effect is not in <see cref="Work"/> (users and clients of Identity): those with the same
    /// Idempotency-Key run one after the other, the first
    /// alone has its effect. A process that dies between effect and note leaves the effect: a repeated rotation rotates again.</summary>
    public static T AnswersOnce<T>(this T endpoints) where T : IEndpointConventionBuilder =>
        endpoints.AddEndpointFilter(AnswerOnce).WithMetadata(new TakesIdempotencyKey());

    /// <summary>The answer shows a secret that is kept nowhere else: a repeated request gets it again for ten minutes.</summary>
    public static RouteHandlerBuilder ShowsSecretOnce(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new ShowsSecret())
        .Refuses("idempotency.secret-gone");

    /// <summary>Names the refusal for a unique constraint.</summary>
    public static RouteHandlerBuilder RefusesOn(this RouteHandlerBuilder endpoint, string constraint, Refusal refusal) =>
        endpoint.WithMetadata(new ConstraintRefusal(constraint, refusal)).Refuses(refusal.Status, refusal.Text.Code);

    /// <summary>The course of every change of one aggregate: 404 where it is not there, 412 where the caller saw an older version,
    /// then the decision, saved or refused.</summary>
    /// <param name="found">The aggregate as read; null = not there, or not the caller's.</param>
    /// <param name="ifMatch">The version that the caller saw.</param>
    /// <param name="decide">The decision.</param>
    /// <param name="save">Collects the writes and events of a decision on the version that was read.</param>
    /// <param name="view">What the caller sees of the new state.</param>
    public static Results<Ok<TView>, ProblemHttpResult> Change<T, TView>(
        T? found, IfMatch ifMatch, Func<T, Decision<T>> decide, Action<Decision<T>, int> save, Func<T, TView> view)
            where T : class, IVersioned
    {
        if (found is null) return Problems.NotFound();
        if (ifMatch.Refuses(found.Version) is { } stale) return stale.ToProblem();
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

        var (key, refused) = http.GetEndpoint()?.Metadata.GetMetadata<TakesIdempotencyKey>() is null ? (null, null)
            : await Idempotency.Of(http);
        if (refused is not null) return refused;
        if (key is not null && await key.Repeated(http) is { } before) return before;

        // whatever refuses this one, the first with its key may have been committed since the look above, and be the reason
        async Task<object?> Refused(object? refusal)
        {
            await work.Clear();
            return key is not null && await key.Repeated(http) is { } meanwhile ? meanwhile : refusal;
        }

        for (var attempt = 1; ; attempt++)
        {
            var result = await next(context);
            var answer = Answer.Of(result);
            if (answer.Status >= 400) return await Refused(result);
            if (key?.Keep(http, answer) is { } keep) work.Write(keep.Sql, keep.Values);
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
                return await Refused(Problems.Of(Problems.Busy, StatusCodes.Status409Conflict));
            }
            catch (PostgresException e) when (e.ConstraintName == "idempotency_pkey")
            {
                return await Refused(Problems.Of(Problems.Busy, StatusCodes.Status409Conflict));
            }
            catch (PostgresException e) when (RefusalFor(http, e.ConstraintName) is { } refusal)
            {
                return await Refused(refusal.ToProblem());
            }
        }
    }

    private static async ValueTask<object?> AnswerOnce(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsGet(http.Request.Method)) return Tagged(http, await next(context));
        var (key, refused) = await Idempotency.Of(http);
        if (refused is not null) return refused;
        var work = http.RequestServices.GetRequiredService<Work>();
        if (key is null) return await Done(http, work, await next(context));

        await Elsewhere.WaitAsync(http.RequestAborted);
        try
        {
            await using var connection = await http.RequestServices.GetRequiredService<NpgsqlDataSource>()
                .OpenConnectionAsync(http.RequestAborted);
            await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
            await connection.ExecuteAsync(new CommandDefinition("select pg_advisory_xact_lock(hashtextextended(@Id || ' ' || @Key, 0))",
                new { key.Caller.Id, key.Key }, transaction, cancellationToken: http.RequestAborted));
            if (await key.Repeated(http, connection) is { } before) return before;
            var result = await Done(http, work, await next(context));
            if (Answer.Of(result) is { Status: < 400 } answer)
            {
                // done is done, whether the caller still listens or not
                var (sql, values) = key.Keep(http, answer);
                await connection.ExecuteAsync(sql, values, transaction);
                await transaction.CommitAsync(CancellationToken.None);
            }
            return result;
        }
        finally
        {
            Elsewhere.Release();
        }
    }

    private static async Task<object?> Done(HttpContext http, Work work, object? result)
    {
        if (Answer.Of(result).Status < 400) await work.Commit(CancellationToken.None);
        else await work.Clear();
        return Tagged(http, result);
    }

    private static Refusal? RefusalFor(HttpContext http, string? constraint) =>
        http.GetEndpoint()?.Metadata.GetOrderedMetadata<ConstraintRefusal>().FirstOrDefault(r => r.Constraint == constraint)?.Refusal;

    private static object? Tagged(HttpContext http, object? result)
    {
        if (Answer.Of(result) is not { Status: < 300, Value: IVersioned shown }) return result;
        var tag = EntityTag.Of(shown);
        http.Response.Headers.ETag = tag;
        return HttpMethods.IsGet(http.Request.Method) && EntityTag.IsKnown(http.Request.Headers.IfNoneMatch, tag)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : result;
    }
}
