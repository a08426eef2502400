using System.Xml.Linq;
using Hotline.AppHost.Description;
using Hotline.Tools.Shared;

namespace Hotline.House.Tests;

/// <summary>The source tree.</summary>
internal static class Tree
{
    public static string Root { get; } = FindRoot();

    /// <summary>The services, by the name they have everywhere, with their projects.</summary>
    public static readonly Dictionary<string, string> Services = PlatformDescription.Services.ToDictionary(s => s.Name, s => s.Project);

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static IEnumerable<string> Sources(string project) =>
        Directory.EnumerateFiles(Path.Combine(Root, "src", project), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));

    public static string[] References(string project) =>
        [.. XDocument.Load(Path.Combine(Root, "src", project, $"{project}.csproj")).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value))];

    /// <summary>The files that git knows, by their paths from the root.</summary>
    public static string[] TrackedFiles()
    {
        var files = ProcessRunner.Must("git", ["-C", Root, "ls-files"]).GetAwaiter().GetResult()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        files.ShouldNotBeEmpty();
        return [.. files.Where(f => File.Exists(Path.Combine(Root, f)))];
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Hotline.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("No Hotline.sln above the tests");
        return folder;
    }
}
