namespace Hotline.Console.Shared;

/// <summary>Ticks once a second for everything on the page that counts down or shows an age.</summary>
public sealed class Clock(TimeProvider time) : IDisposable
{
    private ITimer? _timer;
    private event Action? Tick;

    public DateTimeOffset Now => time.GetUtcNow();

    public DateOnly Today => Now.ToLocalDay();

    public IDisposable Every(Action tick)
    {
        Tick += tick;
        _timer ??= time.CreateTimer(_ => Tick?.Invoke(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        return new DisposeAction(() => Tick -= tick);
    }

    public void Dispose() => _timer?.Dispose();
}
