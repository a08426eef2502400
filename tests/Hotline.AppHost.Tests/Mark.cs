namespace Hotline.AppHost.Tests;

/// <summary>A variable in this process' environment, by which all are found that it started, and those that they started.</summary>
public sealed class Mark
{
    private readonly string _name = $"HOTLINE_MARK_{Guid.NewGuid():N}";

    public Mark() => Environment.SetEnvironmentVariable(_name, "set");

    /// <summary>Command lines of those that are there, without this process.</summary>
    public IReadOnlyList<string> Processes() =>
        [.. Directory.EnumerateDirectories("/proc").Where(p => int.TryParse(Path.GetFileName(p), out var id) && id != Environment.ProcessId)
            .Where(p => Read(p, "environ").Contains(_name, StringComparison.Ordinal)).Select(p => Read(p, "cmdline").Replace('\0', ' '))];

    // a process that ends while it is looked at has ended
    private static string Read(string process, string file)
    {
        try { return File.ReadAllText(Path.Combine(process, file)); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return ""; }
    }
}
