using System.Diagnostics;

namespace Hotline.Messaging;

/// <summary>Does something again and again. What fails is logged once, until it works again; the next tick tries anew.</summary>
/// <param name="every">From one tick to the next; one that takes longer is followed at once.</param>
/// <param name="log">The clock's own.</param>
public abstract class Clock(TimeSpan every, ILogger log) : BackgroundService
{
    /// <summary>The clock's own.</summary>
    protected ILogger Log { get; } = log;

    /// <summary>What it does.</summary>
    protected abstract Task Tick(CancellationToken stop);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failing = false;
        using var timer = new PeriodicTimer(every);
        do
        {
            try
            {
                await Tick(stoppingToken);
                if (failing) Log.LogInformation("{Clock} works again", GetType().Name);
                failing = false;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Log(failing ? LogLevel.Debug : LogLevel.Warning, e,
                    "{Clock} failed; it tries again every {Every}", GetType().Name, every);
                failing = true;
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}

/// <summary>Looks for what is due and does it. Looking leaves no trace; whatever is found is done in one trace,
/// and what it tells belongs to it.</summary>
/// <param name="scopes">Each look has a scope of its own.</param>
/// <param name="every">From one look to the next.</param>
/// <param name="most">So many at most are found by one look: then there are more, and it looks again at once.</param>
/// <param name="log">The clock's own.</param>
public abstract class Clock<T>(IServiceScopeFactory scopes, TimeSpan every, int most, ILogger log) : Clock(every, log)
{
    private static readonly ActivitySource Source = new("Hotline.Clock");

    /// <summary>What is due now.</summary>
    protected abstract Task<IReadOnlyList<T>> Look(IServiceProvider services, CancellationToken stop);

    /// <summary>Does it.</summary>
    protected abstract Task Act(IServiceProvider services, IReadOnlyList<T> found, CancellationToken stop);

    /// <inheritdoc/>
    protected sealed override async Task Tick(CancellationToken stop)
    {
        IReadOnlyList<T> found;
        do
        {
            await using var scope = scopes.CreateAsyncScope();
            found = await Look(scope.ServiceProvider, stop);
            if (found.Count == 0) return;
            using var trace = Source.StartActivity(GetType().Name);
            await Act(scope.ServiceProvider, found, stop);
        } while (found.Count >= most);
    }
}
