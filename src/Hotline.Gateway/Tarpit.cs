namespace Hotline.Gateway;

/// <summary>Holds refusals back for a while, so that a client that asks again as soon as it is refused does so seldom.</summary>
public sealed class Tarpit(LimitOptions limits)
{
    private int _held;

    public async Task Hold(CancellationToken stop)
    {
        try
        {
            // more would be memory that a stranger takes
            if (Interlocked.Increment(ref _held) <= limits.Connections) await Task.Delay(limits.RefusalWaits, stop);
        }
        catch (OperationCanceledException)
        {
            // it left: nobody is there to be refused
        }
        finally
        {
            Interlocked.Decrement(ref _held);
        }
    }
}
