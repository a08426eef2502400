using Hotline.Messaging;
using Hotline.Wire;
using Hotline.Wire.Operations;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using RabbitMQ.Client.Exceptions;

namespace Hotline.ServiceDefaults;

/// <summary>What consumers could not take, looked at and sent back once the cause is mended. Each time is noted, with who did it.</summary>
public static class Redrives
{
    private const int Most = 200;
    private const string Columns = "id, at, actor, queue, message_id, moved, remaining";

    // the gateway waits 30 s for an answer
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(20);

    private static readonly Text UnknownQueue = new("queue.unknown", "没有这个队列，可用：{0}",
        "There is no such queue; known are: {0}");

    /// <summary>GET /api/ops/{service}/queues/{queue}/errors, and GET and POST /api/ops/{service}/redrives.</summary>
    public static void MapRedrives(this IEndpointRouteBuilder routes, string service)
    {
        var group = routes.MapGroup($"/api/ops/{service}").WithTags("Operations").RequireAuthorization(Policies.Operations);
        group.MapGet("/queues/{queue}/errors", Errors).WithName($"listErrors-{service}")
            .WithSummary($"The first {Most} messages that consumers of a queue could not take, without what they say; "
                + "where there are more, the next look shows what follows");
        var redrives = group.MapGroup("/redrives").AnswersOnce();
        redrives.MapGet("/", List).WithName($"listRedrives-{service}").WithSummary("Who sent messages back to their queues, newest first");
        redrives.MapGet("/{id:guid}", Find).WithName($"getRedrive-{service}").WithSummary("One of them");
        redrives.MapPost("/", Redrive(service)).WithName($"redrive-{service}")
            .WithSummary("Sends messages back to their queue, one or all; what was handled before does nothing the second time. It ends "
                + "after 20 s and says how many it did not come to: sent again, it goes on");
    }

    private static async Task<Results<Ok<Page<FailedMessage>>, ProblemHttpResult>> Errors(
        string queue, ErrorQueues errors, CancellationToken stop)
    {
        if (!errors.Names.Contains(queue)) return Problems.NotFound();
        try
        {
            var (messages, total) = await errors.Look(queue, Most, Within, stop);
            return TypedResults.Ok(new Page<FailedMessage>(messages, null, total));
        }
        catch (Exception e) when (IsAway(e)) { return Away(); }
    }

    private static async Task<Results<Ok<Page<RedriveView>>, ProblemHttpResult>> List(
        NpgsqlDataSource database, int? limit, string? cursor, CancellationToken stop)
    {
        var faults = new Faults();
        if (PageRequest.Read(limit, cursor, faults) is not { } page) return faults.ToProblem();
        var rows = await database.Many<RedriveView>(
            $"select {Columns} from redrives where @after is null or id < @after order by id desc limit @take",
            new { after = page.AfterId, take = page.Limit + 1 }, stop);
        return TypedResults.Ok(page.Cut(rows, r => r.Id.ToString(), r => r));
    }

    private static async Task<Results<Ok<RedriveView>, ProblemHttpResult>> Find(
        Guid id, NpgsqlDataSource database, CancellationToken stop) =>
        await One(database, id, stop) is { } redrive ? TypedResults.Ok(redrive) : Problems.NotFound();

    private static Func<RedriveInput, Caller, NpgsqlDataSource, ErrorQueues, TimeProvider, CancellationToken,
        Task<Results<Created<RedriveView>, ProblemHttpResult>>> Redrive(string service) =>
        async (input, by, database, errors, clock, stop) =>
        {
            var faults = new Faults();
            if (input.Queue is not { } queue || !errors.Names.Contains(queue))
            {
                faults.Add("queue", UnknownQueue.Say(string.Join(", ", errors.Names)));
                return faults.ToProblem();
            }
            var now = clock.GetUtcNow();
            var id = Guid.CreateVersion7(now);
            // first the note: nothing is moved by nobody
            await database.Many<int>("""
                insert into redrives (id, at, actor_id, actor, queue, message_id)
                values (@id, @now, @actorId, @actor, @queue, @message) returning 1
                """, new { id, now, actorId = by.Id, actor = by.Name, queue, message = input.MessageId }, stop);
            try
            {
                // begun is gone through with, whether the caller still listens or not
                var (moved, remaining) = await errors.MoveBack(queue, input.MessageId, Within, CancellationToken.None);
                await Moved(database, id, moved, remaining);
            }
            catch (OtherPassException)
            {
                await Moved(database, id, 0, null);
                return Away();
            }
            catch (Exception e) when (IsAway(e)) { return Away(); }
            return TypedResults.Created($"/api/ops/{service}/redrives/{id}", (await One(database, id, CancellationToken.None))!);
        };

    private static Task Moved(NpgsqlDataSource database, Guid id, int moved, int? remaining) => database.Many<int>(
        "update redrives set moved = @moved, remaining = @remaining where id = @id returning 1", new { id, moved, remaining },
        CancellationToken.None);

    private static Task<RedriveView?> One(NpgsqlDataSource database, Guid id, CancellationToken stop) =>
        database.One<RedriveView>($"select {Columns} from redrives where id = @id", new { id }, stop);

    private static bool IsAway(Exception e) => e is RabbitMQClientException or IOException or TimeoutException;

    private static ProblemHttpResult Away() =>
        Problems.Of(Problems.TextOf(StatusCodes.Status503ServiceUnavailable), StatusCodes.Status503ServiceUnavailable);
}
