namespace Hotline.Evaluation.Sanctions;

/// <summary>Lifts sanctions whose time is over.</summary>
public sealed class SanctionClock(IServiceScopeFactory scopes, TimeProvider clock, ILogger<SanctionClock> log)
    : Clock<Sanction>(scopes, TimeSpan.FromSeconds(1), int.MaxValue, log)
{
    private static readonly Text Over = new("sanction.over", "处置期满，自动解除", "Its time is over");

    protected override Task<IReadOnlyList<Sanction>> Look(IServiceProvider services, CancellationToken stop) =>
        services.GetRequiredService<SanctionStore>().Ended(clock.GetUtcNow(), stop);

    protected override async Task Act(IServiceProvider services, IReadOnlyList<Sanction> found, CancellationToken stop)
    {
        var sanctions = services.GetRequiredService<SanctionStore>();
        var work = services.GetRequiredService<Work>();
        foreach (var sanction in found)
        {
            sanctions.Save(sanction.Lift(Over.Say(), "system", clock.GetUtcNow()), sanction.Version);
            try { await work.Commit(stop); }
            catch (StaleException) { await work.Clear(); } // a supervisor lifted it at this very moment
        }
    }
}
