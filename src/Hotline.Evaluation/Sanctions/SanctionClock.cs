using Hotline.Messaging;
using Hotline.ServiceDefaults;

namespace Hotline.Evaluation.Sanctions;

/// <summary>Lifts sanctions whose time is over.</summary>
public sealed class SanctionClock(IServiceScopeFactory scopes, TimeProvider clock, ILogger<SanctionClock> log) : BackgroundService
{
    private static readonly Text Over = new("sanction.over", "处置期满,自动解除", "Its time is over");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try { await LiftEnded(stoppingToken); }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) { log.LogWarning(e, "Ended sanctions wait for the next tick"); }
        }
    }

    private async Task LiftEnded(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var sanctions = scope.ServiceProvider.GetRequiredService<SanctionStore>();
        var work = scope.ServiceProvider.GetRequiredService<Work>();
        foreach (var sanction in await sanctions.Ended(clock.GetUtcNow(), stop))
        {
            sanctions.Save(sanction.Lift(Over.Say(), "system", clock.GetUtcNow()), sanction.Version);
            try { await work.Commit(stop); }
            catch (StaleException) { await work.Clear(); } // a supervisor lifted it at this very moment
        }
    }
}
