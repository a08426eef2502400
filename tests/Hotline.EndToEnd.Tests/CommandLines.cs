using System.Text;

namespace Hotline.EndToEnd.Tests;

/// <summary>Watches the command lines of all processes on this machine, as anybody who has an account there can.</summary>
public sealed class CommandLines : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly HashSet<string> _seen = [];
    private readonly Task _watching;

    public CommandLines() => _watching = Task.Run(Watch);

    /// <summary>Ends the watch.</summary>
    /// <returns>Every command line that was there at some moment.</returns>
    public async Task<IReadOnlyCollection<string>> Seen()
    {
        await _end.CancelAsync();
        await _watching;
        return _seen;
    }

    public async ValueTask DisposeAsync()
    {
        await Seen();
        _end.Dispose();
    }

    // without a pause: many a process lives for a few milliseconds
    private void Watch()
    {
        while (!_end.IsCancellationRequested)
        {
            foreach (var process in Directory.EnumerateDirectories("/proc"))
            {
                if (!char.IsAsciiDigit(Path.GetFileName(process)[0])) continue;
                try { _seen.Add(Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(process, "cmdline"))).Replace('\0', ' ')); }
                catch (IOException) { } // ended meanwhile
            }
        }
    }
}
