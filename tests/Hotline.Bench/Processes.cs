using System.Globalization;

namespace Hotline.Bench;

/// <summary>What a part of the platform used.</summary>
/// <param name="Cpu">Seconds of processor time so far.</param>
/// <param name="Peak">Largest resident memory so far, MiB.</param>
/// <param name="Now">Resident memory now, MiB.</param>
public sealed record Use(double Cpu, double Peak, double Now)
{
    public static Use operator +(Use a, Use b) => new(a.Cpu + b.Cpu, a.Peak + b.Peak, a.Now + b.Now);
}

/// <summary>Processor time and memory of a platform's processes on this machine, from Linux' /proc (proc(5)).</summary>
public sealed class Processes(string state)
{
    private const double TicksPerSecond = 100; // sysconf(_SC_CLK_TCK) on Linux
    private readonly string _servers = File.ReadAllText(Path.Combine(state, "servers-folder")).Trim();

    private sealed record Process(int Id, int Parent, string Name, Use Use);

    /// <summary>By service; postgres and rabbitmq too.</summary>
    public Dictionary<string, Use> Look()
    {
        var all = Directory.EnumerateDirectories("/proc").Select(d => int.TryParse(Path.GetFileName(d), out var id) ? Read(id) : null)
            .OfType<Process>().ToArray();
        var names = new Dictionary<int, string>();
        foreach (var process in all.OrderBy(p => p.Id)) names[process.Id] = process.Name.Length > 0 ? process.Name
            : names.GetValueOrDefault(process.Parent, "") is "postgres" ? "postgres" : "";
        return all.Where(p => names[p.Id].Length > 0).GroupBy(p => names[p.Id])
            .ToDictionary(g => g.Key, g => g.Select(p => p.Use).Aggregate((a, b) => a + b));
    }

    private Process? Read(int id)
    {
        try
        {
            var command = File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ');
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' '); // from field 3, the state, on
            var status = File.ReadLines($"/proc/{id}/status").Where(l => l.StartsWith("Vm", StringComparison.Ordinal))
                .Select(l => l.Split([':', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
                .ToDictionary(p => p[0], p => double.Parse(p[1], CultureInfo.InvariantCulture) / 1024);
            return new(id, int.Parse(fields[1], CultureInfo.InvariantCulture), NameOf(id, command),
                new((double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12],
                    CultureInfo.InvariantCulture)) / TicksPerSecond, status.GetValueOrDefault("VmHWM"), status.GetValueOrDefault("VmRSS")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // ended meanwhile
        }
    }

    private string NameOf(int id, string command)
    {
        if (command.StartsWith("dotnet ", StringComparison.Ordinal)
            && new DirectoryInfo($"/proc/{id}/cwd").ResolveLinkTarget(true)?.FullName is { } folder
            && folder.StartsWith($"{state}/app/", StringComparison.Ordinal)) return Path.GetFileName(folder);
        if (command.Contains($"{_servers}/postgres", StringComparison.Ordinal)
            && command.Contains("bin/postgres", StringComparison.Ordinal)) return "postgres";
        return command.Contains("beam.smp", StringComparison.Ordinal) && command.Contains(_servers, StringComparison.Ordinal)
            ? "rabbitmq" : "";
    }
}
