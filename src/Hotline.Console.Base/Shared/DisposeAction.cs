namespace Hotline.Console.Shared;

/// <summary>What is done when something that was begun ends: taking back a subscription, for example.</summary>
public sealed class DisposeAction(Action end) : IDisposable
{
    public void Dispose() => end();
}
