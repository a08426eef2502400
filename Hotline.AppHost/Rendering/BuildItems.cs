using Hotline.AppHost.Description;

namespace Hotline.AppHost.Rendering;

/// <summary>The services as items of MSBuild.</summary>
public static class BuildItems
{
    /// <summary>deploy/rendered/services.props: @(Service) with %(Assembly) and %(ProjectFile), which holds from any folder.</summary>
    public static string Render(Platform platform) => $"""
        <Project>
          <ItemGroup Label="{RenderedFiles.Origin}">
            {string.Join("\n    ", platform.Services.Select(Item))}
          </ItemGroup>
        </Project>

        """;

    private static string Item(ServiceDescription service) =>
        $"<Service Include=\"{service.Name}\" Assembly=\"{service.Project}\" "
        + $"ProjectFile=\"$(MSBuildThisFileDirectory)../../{service.ProjectFile}\" />";
}
