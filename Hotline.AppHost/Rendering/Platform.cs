using Hotline.AppHost.Description;

namespace Hotline.AppHost.Rendering;

/// <summary>A description as a value, so that one with another service or setting can be rendered too.</summary>
/// <param name="Services">In their order, from which ports follow; the public one is last.</param>
/// <param name="CommonSettings">What every service reads.</param>
/// <param name="FrameworkSettings">Of .NET and OpenTelemetry.</param>
public sealed record Platform(
    IReadOnlyList<ServiceDescription> Services,
    IReadOnlyList<SettingDescription> CommonSettings,
    IReadOnlyList<SettingDescription> FrameworkSettings)
{
    /// <summary>The one that is described.</summary>
    public static Platform Described { get; } =
        new(PlatformDescription.Services, PlatformDescription.CommonSettings, PlatformDescription.FrameworkSettings);

    /// <summary>What is added to the gateway's port to get a service's: 0 for itself, then 1, 2, … in the order of the list.</summary>
    public int PortOffset(ServiceDescription service) =>
        service.IsPublic ? 0 : 1 + Services.Where(s => !s.IsPublic).ToList().IndexOf(service);

    /// <summary>Every setting of the platform's own once, in the order of the services.</summary>
    public IReadOnlyList<SettingDescription> Settings =>
        [.. CommonSettings.Concat(Services.SelectMany(s => s.Settings)).DistinctBy(s => s.Name)];

    /// <summary>Names of the services that read a setting; empty = all of them.</summary>
    public IReadOnlyList<string> ReadersOf(SettingDescription setting) =>
        CommonSettings.Any(s => s.Name == setting.Name) ? []
            : [.. Services.Where(s => s.Settings.Any(own => own.Name == setting.Name)).Select(s => s.Name)];
}
