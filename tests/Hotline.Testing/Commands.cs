using System.Diagnostics;

namespace Hotline.Testing;

/// <summary>Programs that a test runs as a person would at a terminal.</summary>
public static class Commands
{
    /// <summary>Runs a program to its end, without input.</summary>
    /// <returns>Its exit code, and what it wrote: output, then errors.</returns>
    public static async Task<(int Code, string Output)> Run(string program, params string[] words)
    {
        var start = new ProcessStartInfo(program, words)
        { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}
