namespace Hotline.VendorRegistry.Vendors;

/// <summary>Tells the other services of vendors of whom they know only what an earlier release told. The vendors keep their versions:
/// a copy takes what it lacks and ignores the rest.</summary>
public sealed class Announcement(IServiceScopeFactory scopes, TimeProvider clock, ILogger<Announcement> log)
    : Clock<Vendor>(scopes, TimeSpan.FromSeconds(5), Some, log)
{
    private const int Some = 500;

    /// <summary>The verb <c>announce</c>: all vendors of the alliance are told of again,
    /// by the services that run or when they start.</summary>
    public static async Task All(IServiceProvider services)
    {
        services.GetRequiredService<VendorStore>().ForgetTold();
        await services.GetRequiredService<Work>().Commit();
    }

    protected override Task<IReadOnlyList<Vendor>> Look(IServiceProvider services, CancellationToken stop) =>
        services.GetRequiredService<VendorStore>().Untold(Some, stop);

    protected override async Task Act(IServiceProvider services, IReadOnlyList<Vendor> found, CancellationToken stop)
    {
        var vendors = services.GetRequiredService<VendorStore>();
        var work = services.GetRequiredService<Work>();
        foreach (var vendor in found)
        {
            vendors.TellAgain(vendor, clock.GetUtcNow());
            try { await work.Commit(stop); }
            catch (StaleException) { await work.Clear(); } // it changed at this moment, or another replica tells of it
        }
    }
}
