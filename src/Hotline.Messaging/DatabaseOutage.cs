using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.ExceptionServices;
using MassTransit;
using Npgsql;

namespace Hotline.Messaging;

/// <summary>While PostgreSQL is away nobody consumes: messages wait at the door of their queue, all at once and before they wait for each
/// other, until it answers. It is never a message's fault, so none goes to an error queue however long it takes.</summary>
public sealed class DatabaseOutage(NpgsqlDataSource database, IHostApplicationLifetime host, ILogger<DatabaseOutage> log)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500), Longest = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private Task _over = Task.CompletedTask;
    private TimeSpan _pause = Shortest;
    private long _ended;

    /// <summary>Done while PostgreSQL is thought to be there.</summary>
    public Task Over
    {
        get { lock (_lock) return _over; }
    }

    /// <summary>A message met it.</summary>
    public void Begun(Exception cause)
    {
        lock (_lock)
        {
            if (_over.IsCompleted) _over = UntilItAnswers(cause);
        }
    }

    private async Task UntilItAnswers(Exception cause)
    {
        // what answers but takes nothing (a full disk) is asked less and less often
        _pause = _ended != 0 && Stopwatch.GetElapsedTime(_ended) < Longest * 2
            ? TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, Longest.Ticks)) : Shortest;
        log.LogWarning("PostgreSQL does not take what consumers write, their messages wait: {Cause}", cause.Message);
        var begun = Stopwatch.GetTimestamp();
        do await Task.Delay(_pause, host.ApplicationStopping);
        while (!await Answers());
        _ended = Stopwatch.GetTimestamp();
        log.LogInformation("PostgreSQL answers again after {Seconds:0.0} s", Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    private async Task<bool> Answers()
    {
        try { return await database.One<bool>("select not pg_is_in_recovery()", stop: host.ApplicationStopping); }
        catch (Exception e) when (!host.ApplicationStopping.IsCancellationRequested)
        {
            log.LogDebug(e, "PostgreSQL is still away"); // the warning before said so
            return false;
        }
    }
}

/// <summary>Outermost around consumers: lets no message in while PostgreSQL is away, and gives it back to its queue before
/// the broker loses patience.</summary>
/// <param name="outage">This process' view of the database.</param>
/// <param name="holdFor">Since its delivery. RabbitMQ closes the channel of a message not acknowledged for 30 minutes;
/// a queue's 32 prefetched ones may each need a last try of 15 s, one after the other, so 5 minutes leave room.</param>
internal sealed class HoldFilter(DatabaseOutage outage, TimeSpan holdFor) : IFilter<ConsumeContext>
{
    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        var left = holdFor - context.ReceiveContext.ElapsedTime; // counted from when the broker delivered it
        try { await outage.Over.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, context.CancellationToken); }
        catch (TimeoutException) { throw new DatabaseAwayException(); }
        try { await next.Send(context); }
        catch (Exception e) when (Queries.IsAway(e))
        {
            outage.Begun(e);
            throw;
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("hold");
}

/// <summary>In front of the error queue: what is not the message's fault goes back to its own queue,
/// where it counts as one of 100,000 deliveries.</summary>
internal sealed class GiveBackFilter : IFilter<ExceptionReceiveContext>
{
    private static readonly Counter<long> GivenBack =
        Meters.Messaging.CreateCounter<long>("hotline.messages.given_back", "{message}",
            "Messages given back to their queue because PostgreSQL was away or the process ended");

    public Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        if (!Blameless(context.Exception)) return next.Send(context);
        GivenBack.Add(1, new KeyValuePair<string, object?>("queue", context.InputAddress.AbsolutePath.Split('/')[^1]));
        ExceptionDispatchInfo.Throw(context.Exception); // the transport then refuses it with requeue
        return Task.CompletedTask;
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("give-back");

    private static bool Blameless(Exception e) => e is DatabaseAwayException or OperationCanceledException || Queries.IsAway(e);
}

/// <summary>PostgreSQL was away for as long as a message may be held.</summary>
internal sealed class DatabaseAwayException() : Exception("PostgreSQL is away; the message goes back to its queue.");
