namespace Hotline.ServiceDefaults;

/// <summary>A copy of what another service owns may still be on its way when a client,
/// having just been told of it, asks for it here.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(25), LongestPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Asks again for a moment before saying that it is unknown. Ids that the platform did not make (its own are UUIDv7, the demo
    /// vendors' UUIDv8) are not waited for.</summary>
    /// <param name="id">The id asked for.</param>
    /// <param name="find">Looks the copy up; null = not (yet) here.</param>
    /// <param name="stop">Ends the wait.</param>
    public static async Task<T?> Find<T>(Guid id, Func<Task<T?>> find, CancellationToken stop) where T : class
    {
        var until = TimeProvider.System.GetTimestamp();
        // longer and longer: with the broker away nothing comes, and everybody who asks would ask forty times a second
        for (var pause = FirstPause; ; pause = pause * 2 > LongestPause ? LongestPause : pause * 2)
        {
            if (await find() is { } found) return found;
            if (id.Version is not (7 or 8) || TimeProvider.System.GetElapsedTime(until) > Patience) return null;
            await Task.Delay(pause, stop);
        }
    }
}
