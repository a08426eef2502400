// Rendered from Hotline.AppHost/Description, do not edit. To make it again: dotnet run --project Hotline.AppHost -- render
namespace Hotline;

/// <summary>A service of the platform.</summary>
/// <param name="Name">As in addresses, routes, queues and logs.</param>
/// <param name="Project">Folder below src, project and assembly.</param>
/// <param name="Database">Null where it has none.</param>
/// <param name="PortOffset">Added to the gateway's port by deploy/up.</param>
/// <param name="IsPublic">Whether clients and browsers reach it: the gateway.</param>
internal sealed record PlatformService(string Name, string Project, string? Database, int PortOffset, bool IsPublic);

/// <summary>All services, in the order of their description.</summary>
internal static class PlatformServices
{
    public static readonly PlatformService[] All =
    [
        new("identity", "Hotline.Identity", "identity", 1, false),
        new("intake", "Hotline.Intake", "intake", 2, false),
        new("vendor-registry", "Hotline.VendorRegistry", "vendor_registry", 3, false),
        new("dispatch", "Hotline.Dispatch", "dispatch", 4, false),
        new("follow-up", "Hotline.FollowUp", "follow_up", 5, false),
        new("evaluation", "Hotline.Evaluation", "evaluation", 6, false),
        new("gateway", "Hotline.Gateway", null, 0, true),
    ];

    public static readonly string[] Names = [.. All.Select(s => s.Name)];

    /// <summary>Those with an API, which the gateway hands requests to.</summary>
    public static readonly string[] BehindTheGateway = [.. All.Where(s => !s.IsPublic).Select(s => s.Name)];

    public static readonly string[] Databases = [.. All.Select(s => s.Database).OfType<string>()];
}
