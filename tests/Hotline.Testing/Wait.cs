namespace Hotline.Testing;

/// <summary>Tests don't sleep: they wait on a condition with a deadline.</summary>
public static class Wait
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Until the condition holds.</summary>
    public static Task Until(Func<Task<bool>> holds, string what, TimeSpan? atMost = null) =>
        For(async () => await holds() ? "" : null, what, atMost);

    public static Task Until(Func<bool> holds, string what, TimeSpan? atMost = null) => Until(() => Task.FromResult(holds()), what, atMost);

    /// <summary>Until there is something.</summary>
    public static async Task<T> For<T>(Func<Task<T?>> look, string what, TimeSpan? atMost = null) where T : class
    {
        var limit = DateTime.UtcNow + (atMost ?? Patience);
        while (true)
        {
            if (await look() is { } found) return found;
            if (DateTime.UtcNow > limit) throw new TimeoutException($"Waited in vain for: {what}");
            await Task.Delay(25);
        }
    }
}
