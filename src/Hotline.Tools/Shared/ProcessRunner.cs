using System.Diagnostics;

namespace Hotline.Tools.Shared;

/// <summary>Runs programs as a person would at a terminal.</summary>
public static class ProcessRunner
{
    /// <summary>Runs a program to its end, without input.</summary>
    /// <returns>Its exit code, and what it wrote: output, then errors.</returns>
    public static async Task<(int Code, string Output)> Run(string program, params string[] words)
    {
        var (code, output, errors) = await Run(program, words, []);
        return (code, output + errors);
    }

    /// <summary>Runs a program that must succeed.</summary>
    /// <param name="environment">Variables besides those of this process; what holds a password comes here: everybody on the machine can
    /// read command lines.</param>
    /// <returns>Its output.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<string> Must(string program, IEnumerable<string> words, params (string Name, string? Value)[] environment)
    {
        var (code, output, errors) = await Run(program, words, environment);
        return code == 0 ? output
            : throw new InvalidOperationException($"{Path.GetFileName(program)} ended with {code}: {(output + errors).Trim()}");
    }

    private static async Task<(int Code, string Output, string Errors)> Run(
        string program, IEnumerable<string> words, (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo(program, words)
        { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
