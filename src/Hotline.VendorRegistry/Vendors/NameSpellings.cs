namespace Hotline.VendorRegistry.Vendors;

/// <summary>Spells the names of vendors that an earlier release registered, so that they are found by letters too.</summary>
public sealed class NameSpellings(IServiceScopeFactory scopes, ILogger<NameSpellings> log)
    : Clock<UnspeltName>(scopes, TimeSpan.FromSeconds(5), Some, log)
{
    private const int Some = 500;

    protected override Task<IReadOnlyList<UnspeltName>> Look(IServiceProvider services, CancellationToken stop) =>
        services.GetRequiredService<VendorStore>().Unspelt(Some, stop);

    protected override async Task Act(IServiceProvider services, IReadOnlyList<UnspeltName> found, CancellationToken stop)
    {
        var vendors = services.GetRequiredService<VendorStore>();
        foreach (var vendor in found) vendors.Spell(vendor);
        await services.GetRequiredService<Work>().Commit(stop);
    }
}
