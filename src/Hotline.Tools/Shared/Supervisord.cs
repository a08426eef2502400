using System.Globalization;

namespace Hotline.Tools.Shared;

/// <summary>The supervisord of a state folder, which keeps servers and services running.</summary>
public sealed class Supervisord(string state)
{
    /// <summary>Tells it: stop, start, restart, pid, signal KILL, …</summary>
    /// <returns>What it says; some of its answers are no 0 though all is well.</returns>
    public Task<(int Code, string Output)> Tell(params string[] words) =>
        ProcessRunner.Run("supervisorctl", Words(words));

    /// <summary>Tells it what must be done.</summary>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    public Task Must(params string[] words) => ProcessRunner.Must("supervisorctl", Words(words));

    /// <summary>Id of a process, 0 where it does not run.</summary>
    public async Task<int> ProcessId(string process) =>
        int.TryParse((await Tell("pid", process)).Output.Trim(), CultureInfo.InvariantCulture, out var id) ? id : 0;

    private string[] Words(string[] words) => ["-c", Path.Combine(state, "supervisord.conf"), .. words];
}
