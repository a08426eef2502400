namespace Hotline.Console.Shared;

/// <summary>Of several askings only the newest counts: it ends those before it, so that a late answer to an older one never
/// replaces a newer one.</summary>
public sealed class LatestOnly : IDisposable
{
    private CancellationTokenSource _asking = new();

    /// <summary>Begins an asking.</summary>
    /// <returns>Cancelled as soon as a newer one begins, or what asks is gone.</returns>
    public CancellationToken Begin()
    {
        Dispose();
        _asking = new();
        return _asking.Token;
    }

    /// <summary>Asks once nothing newer was asked for a while.</summary>
    /// <param name="ask">Given what <see cref="Begin"/> returns: where that is cancelled, the answer is an old one.</param>
    public async Task After(TimeSpan pause, Func<CancellationToken, Task> ask)
    {
        var stop = Begin();
        try
        {
            await Task.Delay(pause, stop);
            await ask(stop);
        }
        catch (OperationCanceledException)
        {
            // something newer is on its way
        }
    }

    public void Dispose()
    {
        _asking.Cancel();
        _asking.Dispose();
    }
}
