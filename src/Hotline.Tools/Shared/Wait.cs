namespace Hotline.Tools.Shared;

/// <summary>Nobody sleeps and hopes: one waits on a condition, with a deadline.</summary>
public static class Wait
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <summary>Until the condition holds.</summary>
    /// <exception cref="TimeoutException">It never did.</exception>
    public static Task Until(Func<Task<bool>> holds, string what, TimeSpan? atMost = null, TimeSpan? pause = null) =>
        For(async () => await holds() ? "" : null, what, atMost, pause);

    public static Task Until(Func<bool> holds, string what, TimeSpan? atMost = null) => Until(() => Task.FromResult(holds()), what, atMost);

    /// <summary>Until there is something.</summary>
    /// <exception cref="TimeoutException">There never was.</exception>
    public static async Task<T> For<T>(Func<Task<T?>> look, string what, TimeSpan? atMost = null, TimeSpan? pause = null) where T : class
    {
        var limit = DateTime.UtcNow + (atMost ?? Patience);
        while (true)
        {
            if (await look() is { } found) return found;
            if (DateTime.UtcNow > limit) throw new TimeoutException($"Waited in vain for: {what}");
            await Task.Delay(pause ?? Pause);
        }
    }
}
