namespace Hotline.Console.Shared;

/// <summary>Looks again at a time at which something becomes due: no event tells of it.</summary>
/// <param name="clock">The console's.</param>
/// <param name="look">What to do then, once.</param>
public sealed class LookAgain(Clock clock, Action look) : IDisposable
{
    // where the browser's clock is ahead of the server's, what is due by the one is not yet by the other: asked for, but not all the time
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(2);
    private DateTimeOffset _at = DateTimeOffset.MaxValue;
    private IDisposable? _tick;

    /// <param name="due">Null = there is no such time.</param>
    /// <param name="atLatest">After so long in any case; null = not before.</param>
    public void At(DateTimeOffset? due, TimeSpan? atLatest = null)
    {
        _tick ??= clock.Every(Tick);
        var (at, now) = (due ?? DateTimeOffset.MaxValue, clock.Now);
        if (atLatest is { } most && at > now + most) at = now + most;
        _at = at < now + Soonest ? now + Soonest : at;
    }

    private void Tick()
    {
        if (clock.Now < _at) return;
        _at = DateTimeOffset.MaxValue;
        look();
    }

    public void Dispose() => _tick?.Dispose();
}
