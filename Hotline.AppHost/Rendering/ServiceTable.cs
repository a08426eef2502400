using Hotline.AppHost.Description;

namespace Hotline.AppHost.Rendering;

/// <summary>The services as C#, compiled into whatever needs their list: the gateway, the console, tools and tests.</summary>
public static class ServiceTable
{
    /// <summary>deploy/rendered/PlatformServices.cs.</summary>
    public static string Render(Platform platform) => $$"""
        // {{RenderedFiles.Origin}}
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
                {{string.Join("\n        ", platform.Services.Select(s => Row(platform, s)))}}
            ];

            public static readonly string[] Names = [.. All.Select(s => s.Name)];

            /// <summary>Those with an API, which the gateway hands requests to.</summary>
            public static readonly string[] BehindTheGateway = [.. All.Where(s => !s.IsPublic).Select(s => s.Name)];

            public static readonly string[] Databases = [.. All.Select(s => s.Database).OfType<string>()];
        }

        """;

    private static string Row(Platform platform, ServiceDescription service) =>
        $"new(\"{service.Name}\", \"{service.Project}\", {(service.Database is { } database ? $"\"{database}\"" : "null")}, "
        + $"{platform.PortOffset(service)}, {(service.IsPublic ? "true" : "false")}),";
}
