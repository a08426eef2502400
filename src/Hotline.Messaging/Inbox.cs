using Dapper;
using MassTransit;
using Npgsql;

namespace Hotline.Messaging;

/// <summary>A consumer's effect and the note that it happened are one commit; a second delivery commits nothing.</summary>
public sealed class InboxFilter<T>(Work work) : IFilter<ConsumeContext<T>> where T : class
{
    /// <inheritdoc/>
    public async Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        // redelivery replaces the message id: the original one is what identifies the event
        var message = context.GetOriginalMessageId()
            ?? throw new InvalidOperationException("A message without an id cannot be recognised when it comes twice");
        var consumer = context.ReceiveContext.InputAddress.AbsolutePath.Split('/')[^1];
        work.Write("insert into inbox (consumer, message_id) values (@consumer, @message)", new { consumer, message });
        await next.Send(context);
        try { await work.Commit(context.CancellationToken); }
        catch (PostgresException e) when (e.ConstraintName == "inbox_pkey") { await work.Clear(); } // seen before: nothing was written
    }

    /// <inheritdoc/>
    public void Probe(ProbeContext context) => context.CreateFilterScope("inbox");
}

/// <summary>Forgets what is too old to come again: inbox rows of events older than 14 days (longer than an error queue is left alone),
/// idempotency keys after one, the trend after 25 hours;
/// access log and redrives after three years.</summary>
public sealed class InboxCleaner(NpgsqlDataSource database, TimeProvider clock, ILogger<InboxCleaner> log)
    : Clock(TimeSpan.FromHours(1), log)
{
    private static readonly string[] Deletes =
    [
        "delete from inbox where ctid = any(array(select ctid from inbox where message_id < @oldest order by message_id limit 5000))",
        "delete from idempotency where ctid = any(array(select ctid from idempotency where at < now() - interval '1 day' limit 5000))",
        // no longer given again since ten minutes after they were shown
        """
        update idempotency set secret = ''
        where ctid = any(array(select ctid from idempotency where secret <> '' and at < now() - interval '10 minutes' limit 5000))
        """,
        "delete from access_log where ctid = any(array(select ctid from access_log where at < now() - interval '3 years' limit 5000))",
        "delete from redrives where ctid = any(array(select ctid from redrives where at < now() - interval '3 years' limit 5000))",
        "delete from trend where ctid = any(array(select ctid from trend where at < now() - interval '25 hours' limit 5000))",
    ];

    /// <inheritdoc/>
    protected override async Task Tick(CancellationToken stop)
    {
        var oldest = Guid.CreateVersion7(clock.GetUtcNow().AddDays(-14)); // an event's id begins with its time
        await using var connection = await database.OpenConnectionAsync(stop);
        foreach (var delete in Deletes)
        {
            while (await connection.ExecuteAsync(new CommandDefinition(delete, new { oldest }, cancellationToken: stop)) == 5000) { }
        }
    }
}
