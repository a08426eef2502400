using System.Globalization;

namespace Hotline.Gateway.Live;

/// <summary>The last few thousand changes, and a beat at which all who listen look for new ones.
/// The first change after silence is a beat at once; what comes within the pause after one goes out together at the next:
/// however much happens, no browser is written to more than twenty times a second, and however many look on, there is one clock.</summary>
public sealed class LiveFeed(TimeProvider clock) : BackgroundService
{
    private const int Kept = 5000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50), Silence = TimeSpan.FromSeconds(15);
    private readonly string _epoch = Guid.CreateVersion7().ToString("N")[..12];
    private readonly Lock _lock = new();
    private readonly StreamItem[] _recent = new StreamItem[Kept]; // a ring: position n is at n modulo its length
    private readonly SemaphoreSlim _published = new(0, 1);
    private TaskCompletionSource _beat = NewBeat();
    private long _last;

    /// <summary>Takes an event from the broker.</summary>
    public void Publish(object message)
    {
        var shape = EventShape.Of(message.GetType());
        lock (_lock)
        {
            _last++;
            _recent[_last % Kept] = shape.Read(IdOf(_last), message);
            if (_published.CurrentCount == 0) _published.Release();
        }
    }

    /// <summary>What the caller missed since <paramref name="lastSeen"/>, then what comes; what came meanwhile, together.
    /// After 15 seconds without anything for the caller comes "alive".</summary>
    public async IAsyncEnumerable<IReadOnlyList<StreamItem>> Listen(
        Caller caller, string? lastSeen, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        StreamItem[] news;
        long seen;
        Task beat;
        lock (_lock)
        {
            news = string.IsNullOrEmpty(lastSeen) ? [] : Since(PositionOf(lastSeen));
            // says at once that the stream is open; its position counts only where nothing was missed
            news = [Word("connected", news.Length == 0 ? IdOf(_last) : ""), .. news.Where(i => MaySee(caller, i))];
            (seen, beat) = (_last, _beat.Task);
        }
        while (true)
        {
            yield return news;
            var shown = clock.GetTimestamp();
            do
            {
                await beat.WaitAsync(stop);
                bool silent;
                lock (_lock)
                {
                    silent = seen == _last;
                    news = Since(seen);
                    (seen, beat) = (_last, _beat.Task);
                }
                news = [.. news.Where(i => MaySee(caller, i))];
                if (news.Length == 0 && (silent || clock.GetElapsedTime(shown) >= Silence)) news = [Word("alive", "")];
            } while (news.Length == 0);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await SomethingOrSilence(stoppingToken);
            TaskCompletionSource due;
            lock (_lock) (due, _beat) = (_beat, NewBeat());
            due.SetResult();
            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    private async Task SomethingOrSilence(CancellationToken stop)
    {
        using var silence = new CancellationTokenSource(Silence, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, silence.Token);
        try { await _published.WaitAsync(either.Token); }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested) { }
    }

    private static TaskCompletionSource NewBeat() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private string IdOf(long position) => $"{_epoch}-{position}";

    private StreamItem Word(string kind, string id) => new(new(id, kind, clock.GetUtcNow(), new Dictionary<string, Guid>()));

    /// <returns>-1 where the id is none of this process.</returns>
    private long PositionOf(string id) => id.StartsWith(_epoch + "-", StringComparison.Ordinal)
        && long.TryParse(id.AsSpan(_epoch.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : -1;

    private StreamItem[] Since(long position)
    {
        if (position < Math.Max(0, _last - Kept) || position > _last) return [Word("resync", IdOf(_last))];
        var items = new StreamItem[_last - position];
        for (var i = 0; i < items.Length; i++) items[i] = _recent[(position + 1 + i) % Kept];
        return items;
    }

    private static bool MaySee(Caller caller, StreamItem item) => caller.Role switch
    {
        Roles.Operator or Roles.Supervisor => item.Person is null || item.Person == caller.Id,
        Roles.Vendor => item.Item.Kind == "resync" || item.Item.VendorId is not null && item.Item.VendorId == caller.VendorId,
        _ => item.Item.Kind == "resync",
    };
}
