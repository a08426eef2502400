namespace Hotline.AppHost.Rendering;

/// <summary>The verb render: writes what is rendered from the description into the repository.</summary>
public static class RenderCommand
{
    /// <summary>Writes each file that differs, and says which.</summary>
    /// <param name="root">Folder of the repository.</param>
    public static void Run(string root)
    {
        foreach (var (path, text) in RenderedFiles.Of(Platform.Described))
        {
            var file = Path.Combine(root, path);
            if (File.Exists(file) && File.ReadAllText(file) == text) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
            Console.WriteLine($"rendered {path}");
        }
    }
}
