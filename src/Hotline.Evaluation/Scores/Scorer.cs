using Hotline.Contracts.Evaluation;
using Hotline.Messaging;

namespace Hotline.Evaluation.Scores;

/// <summary>Turns new facts into scores. A fact is marked in the same commit as the score that counts it, so none is left out after a crash; of two scorers
/// at one vendor the slower finds the score changed and looks again.</summary>
public sealed class Scorer(IServiceScopeFactory scopes, TimeProvider clock, ILogger<Scorer> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try { await ScoreAll(stoppingToken); }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) { log.LogWarning(e, "Scores wait for the next tick"); }
        }
    }

    private async Task ScoreAll(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<ScoreStore>();
        var work = scope.ServiceProvider.GetRequiredService<Work>();
        foreach (var vendor in await store.Unscored(stop))
        {
            // read in this order: the tally holds at least the facts that are then marked
            var version = await store.Version(vendor, stop);
            var facts = await store.UnscoredFacts(vendor, stop);
            var tally = await store.Tally(vendor, stop);
            if (facts.Count == 0) continue;
            var score = Score.Of(tally);
            var now = clock.GetUtcNow();
            store.Put(vendor, score.Value, now, version + 1, facts);
            work.Tell(new ScoreChanged(vendor, version + 1, score.Value, score.Satisfaction, score.DeadlineReliability, tally.Completed, now));
            try { await work.Commit(stop); }
            catch (StaleException) { await work.Clear(); }
        }
    }
}
