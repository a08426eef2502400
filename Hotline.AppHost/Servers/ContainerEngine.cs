using System.ComponentModel;
using System.Diagnostics;

namespace Hotline.AppHost.Servers;

/// <summary>Whether this machine can run containers.</summary>
internal static class ContainerEngine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Asks docker and podman, or only the one that is configured.</summary>
    /// <param name="configured">Name of the program; null = either.</param>
    /// <returns>Whether one answers, and in words which one or why none does.</returns>
    public static (bool Answers, string Reason) Look(string? configured)
    {
        var reasons = new List<string>();
        foreach (var engine in (string[])(configured is { Length: > 0 } ? [configured] : ["docker", "podman"]))
        {
            var (answers, reason) = Ask(engine);
            if (answers) return (true, $"{engine} answers");
            reasons.Add($"{engine} {reason}");
        }
        return (false, $"no container engine answers ({string.Join(", ", reasons)})");
    }

    private static (bool Answers, string Reason) Ask(string engine)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(engine, ["ps", "--quiet"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
            })!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                return (false, $"says nothing for {Patience.TotalSeconds:0} s");
            }
            _ = output.GetAwaiter().GetResult();
            var said = error.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
            return process.ExitCode == 0 ? (true, "") : (false, $"says {said ?? $"exit code {process.ExitCode}"}");
        }
        catch (Win32Exception)
        {
            return (false, "is not installed");
        }
    }
}
