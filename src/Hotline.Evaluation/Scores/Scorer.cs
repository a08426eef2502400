using Hotline.Contracts.Evaluation;
using Hotline.Messaging;

namespace Hotline.Evaluation.Scores;

/// <summary>Turns new facts into scores. A fact is struck off the list of those not counted in the same commit as the score that counts it, so none is left out or counted twice
/// after a crash; of two scorers at one vendor the slower finds the score changed and looks again.</summary>
public sealed class Scorer(IServiceScopeFactory scopes, TimeProvider clock, ILogger<Scorer> log) : BackgroundService
{
    private const int Most = 2000;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try { while (await ScoreSome(stoppingToken) == Most) { } }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) { log.LogWarning(e, "Scores wait for the next tick"); }
        }
    }

    private async Task<int> ScoreSome(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<ScoreStore>();
        var work = scope.ServiceProvider.GetRequiredService<Work>();
        var found = await store.Uncounted(Most, stop);
        foreach (var facts in found.GroupBy(f => f.VendorId))
        {
            var (vendor, version) = (facts.Key, facts.First().Version + 1);
            var tally = facts.Aggregate(Tally.Read(facts.First().Counted), (sum, fact) => sum.Plus(fact.Kind, fact.Value));
            var score = Score.Of(tally);
            var now = clock.GetUtcNow();
            store.Put(vendor, score.Value, tally, now, version, [.. facts]);
            work.Tell(new ScoreChanged(vendor, version, score.Value, score.Satisfaction, score.DeadlineReliability, tally.Completed, now));
            try { await work.Commit(stop); }
            catch (StaleException) { await work.Clear(); }
        }
        return found.Count;
    }
}
