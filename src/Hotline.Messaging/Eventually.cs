namespace Hotline.Messaging;

/// <summary>A copy of what another service owns may still be on its way when a client, having just been told of it, asks for it here.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <summary>Asks again for a moment before saying that it is unknown. Ids that the platform did not make (its own are UUIDv7, the demo
    /// vendors' UUIDv8) are not waited for.</summary>
    /// <param name="id">The id asked for.</param>
    /// <param name="find">Looks the copy up; null = not (yet) here.</param>
    /// <param name="stop">Ends the wait.</param>
    public static async Task<T?> Find<T>(Guid id, Func<Task<T?>> find, CancellationToken stop) where T : class
    {
        var until = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await find() is { } found) return found;
            if (id.Version is not (7 or 8) || TimeProvider.System.GetElapsedTime(until) > Patience) return null;
            await Task.Delay(Pause, stop);
        }
    }
}
