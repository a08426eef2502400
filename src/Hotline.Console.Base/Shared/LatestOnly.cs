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

    public void Dispose()
    {
        _asking.Cancel();
        _asking.Dispose();
    }
}
