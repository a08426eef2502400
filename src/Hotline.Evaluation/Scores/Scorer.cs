using Hotline.Contracts.Evaluation;
using Hotline.Wire.Evaluation;

namespace Hotline.Evaluation.Scores;

/// <summary>Turns new facts into scores. A fact is struck off the list of those not counted in the same commit as the score that counts it,
/// so none is left out or counted twice after a crash; of two scorers at one vendor the slower finds the score
/// changed and looks again.</summary>
public sealed class Scorer(IServiceScopeFactory scopes, TimeProvider clock, ILogger<Scorer> log)
    : Clock<Uncounted>(scopes, TimeSpan.FromMilliseconds(200), Most, log)
{
    private const int Most = 2000;

    protected override Task<IReadOnlyList<Uncounted>> Look(IServiceProvider services, CancellationToken stop) =>
        services.GetRequiredService<ScoreStore>().Uncounted(Most, stop);

    protected override async Task Act(IServiceProvider services, IReadOnlyList<Uncounted> found, CancellationToken stop)
    {
        var store = services.GetRequiredService<ScoreStore>();
        var work = services.GetRequiredService<Work>();
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
    }
}
