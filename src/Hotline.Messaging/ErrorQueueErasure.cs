using System.Text.Json;
using System.Text.Json.Nodes;
using MassTransit;
using Npgsql;

namespace Hotline.Messaging;

/// <summary>Notes, in every service, whose words are to be forgotten.</summary>
/// <typeparam name="T">The event that says so: the contracts' RequestErased.</typeparam>
public sealed class ErasedRequests<T>(Work work) : IConsumer<T> where T : class
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<T> context)
    {
        var request = EventTypes.RequestOf(context.Message) ?? throw new InvalidOperationException($"{typeof(T).Name} names no request");
        work.Write("insert into erased (request_id) values (@request) on conflict do nothing", new { request });
        return Task.CompletedTask;
    }
}

/// <summary>What consumers could not take lies in error queues until somebody mends the cause.
/// When a citizen is forgotten, his words are taken out of such messages too; they stay, and can still be moved back.
/// Once an hour it is looked again for two weeks, as long as the inbox remembers: a late event may fail as well.</summary>
public sealed class ErrorQueueErasure(
    NpgsqlDataSource database, ErrorQueues errors, EventTypes types, TimeProvider clock, ILogger<ErrorQueueErasure> log)
    : Clock(TimeSpan.FromSeconds(5), log)
{
    private static readonly TimeSpan Again = TimeSpan.FromHours(1), Kept = TimeSpan.FromDays(14);
    private DateTimeOffset _last = clock.GetUtcNow();

    /// <inheritdoc/>
    protected override async Task Tick(CancellationToken stop)
    {
        var due = clock.GetUtcNow() - _last >= Again;
        if (!due && !await database.One<bool>("select exists (select from erased where not swept)", stop: stop)) return;
        await Sweep(stop);
        _last = clock.GetUtcNow();
    }

    private async Task Sweep(CancellationToken stop)
    {
        var requests = (await database.Many<Guid>("select request_id from erased", stop: stop)).ToArray();
        if (requests.Length == 0) return;
        var forgotten = requests.ToHashSet();
        foreach (var (queue, depth) in await errors.Depths(stop))
        {
            if (depth > 0) await errors.Rewrite(queue, body => Without(body, forgotten), stop);
        }
        await database.Many<int>("""
            with swept as (update erased set swept = true where request_id = any(@requests) and not swept)
            delete from erased where swept and at < @old returning 1
            """, new { requests, old = clock.GetUtcNow() - Kept }, stop);
    }

    /// <returns>The message without the words of somebody who is forgotten; null where it has none.</returns>
    private byte[]? Without(ReadOnlyMemory<byte> body, HashSet<Guid> forgotten)
    {
        JsonNode? envelope;
        try { envelope = JsonNode.Parse(body.Span); }
        catch (JsonException) { return null; } // no event of ours: it names no request
        if (envelope?["message"] is not JsonObject message || !Guid.TryParse(message["requestId"]?.ToString(), out var request)
            || !forgotten.Contains(request)) return null;
        var words = types.Words.Where(w => message[w] is JsonValue value && value.ToString().Length > 0).ToArray();
        foreach (var word in words) message[word] = "";
        return words.Length == 0 ? null : JsonSerializer.SerializeToUtf8Bytes(envelope);
    }
}
