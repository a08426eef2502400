using Hotline.Messaging;

namespace Hotline.VendorRegistry.Vendors;

/// <summary>Tells the other services of vendors of whom they know only what an earlier release told. The vendors keep their versions: a copy
/// takes what it lacks and ignores the rest.</summary>
public sealed class Announcement(IServiceScopeFactory scopes, TimeProvider clock, ILogger<Announcement> log) : BackgroundService
{
    private const int Some = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>The verb <c>announce</c>: all vendors of the alliance are told of again, by the services that run or when they start.</summary>
    public static async Task All(IServiceProvider services)
    {
        services.GetRequiredService<VendorStore>().ForgetTold();
        await services.GetRequiredService<Work>().Commit();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause);
        do
        {
            try { while (await TellSome(stoppingToken) > 0) { } }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) { log.LogWarning(e, "Vendors are told of at the next tick"); }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<int> TellSome(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var vendors = scope.ServiceProvider.GetRequiredService<VendorStore>();
        var work = scope.ServiceProvider.GetRequiredService<Work>();
        var untold = await vendors.Untold(Some, stop);
        foreach (var vendor in untold)
        {
            vendors.TellAgain(vendor, clock.GetUtcNow());
            try { await work.Commit(stop); }
            catch (StaleException) { await work.Clear(); } // it changed at this moment, or another replica tells of it
        }
        return untold.Count;
    }
}
