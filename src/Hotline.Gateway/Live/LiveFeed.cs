using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using Hotline.ServiceDefaults;

namespace Hotline.Gateway.Live;

/// <summary>Something changed. Ids only: whoever may know more asks the API.</summary>
/// <param name="Id">Position in the stream; a browser that reconnects names the last one it saw.</param>
/// <param name="Kind">The event, for example orderAccepted; resync = more was missed than is kept, load anew.</param>
public sealed record LiveItem(string Id, string Kind, Guid? RequestId, Guid? OrderId, Guid? VendorId, Guid? FollowUpId, DateTimeOffset At)
{
    private static readonly JsonSerializerOptions Web = new JsonSerializerOptions(JsonSerializerDefaults.Web).Configure();
    private string? _json;

    /// <summary>As it is sent: written once, however many look on.</summary>
    [JsonIgnore]
    public string Json => _json ??= JsonSerializer.Serialize(this, Web);
}

/// <summary>The last few thousand changes, and who listens to new ones.</summary>
public sealed class LiveFeed
{
    private const int Kept = 5000;
    private const int MostBehind = 1000;
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);
    private readonly string _epoch = Guid.CreateVersion7().ToString("N")[..12];
    private readonly Lock _lock = new();
    private readonly Queue<LiveItem> _recent = new();
    private ImmutableList<Listener> _listeners = [];
    private long _last;

    /// <summary>Takes an event from the broker.</summary>
    public void Publish(object message)
    {
        var type = message.GetType();
        Guid? Id(string name) => type.GetProperty(name)?.GetValue(message) as Guid?;
        var at = type.GetProperty("At")?.GetValue(message) as DateTimeOffset? ?? default;
        lock (_lock)
        {
            var item = new LiveItem($"{_epoch}-{++_last}", JsonNamingPolicy.CamelCase.ConvertName(type.Name), Id("RequestId"), Id("OrderId"), Id("VendorId"), Id("FollowUpId"), at);
            _recent.Enqueue(item);
            if (_recent.Count > Kept) _recent.Dequeue();
            foreach (var listener in _listeners) listener.Offer(item);
        }
    }

    /// <summary>What the caller missed since <paramref name="lastSeen"/>, then what comes.</summary>
    public async IAsyncEnumerable<LiveItem> Listen(Caller caller, string? lastSeen, TimeProvider clock, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        var listener = new Listener();
        LiveItem[] missed;
        LiveItem start; // says at once that the stream is open; its position counts only where nothing was missed
        lock (_lock)
        {
            missed = [.. Missed(lastSeen, clock.GetUtcNow())];
            start = Word("connected", missed.Length == 0 ? $"{_epoch}-{_last}" : "", clock);
            _listeners = _listeners.Add(listener);
        }
        try
        {
            yield return start;
            foreach (var item in missed.Where(i => MaySee(caller, i))) yield return item;
            while (true)
            {
                if (!await listener.Comes(Silence, clock, stop)) yield return Word("alive", "", clock);
                while (listener.Items.Reader.TryRead(out var item)) if (MaySee(caller, item)) yield return item;
                // it read too slowly to be kept up with: what it knows has holes
                if (listener.TakeOverrun()) yield return Word("resync", "", clock);
            }
        }
        finally
        {
            lock (_lock) _listeners = _listeners.Remove(listener);
        }
    }

    private static LiveItem Word(string kind, string id, TimeProvider clock) => new(id, kind, null, null, null, null, clock.GetUtcNow());

    private IEnumerable<LiveItem> Missed(string? lastSeen, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(lastSeen)) return [];
        var known = _recent.Any(i => i.Id == lastSeen);
        if (lastSeen == $"{_epoch}-{_last - _recent.Count}") return _recent;
        return known ? _recent.SkipWhile(i => i.Id != lastSeen).Skip(1) : [new($"{_epoch}-{_last}", "resync", null, null, null, null, now)];
    }

    private static bool MaySee(Caller caller, LiveItem item) => caller.Role switch
    {
        Roles.Operator or Roles.Supervisor => true,
        Roles.Vendor => item.Kind == "resync" || item.VendorId is not null && item.VendorId == caller.VendorId,
        _ => item.Kind == "resync",
    };

    /// <summary>A browser's queue: bounded, so that one that reads too slowly costs no memory.</summary>
    private sealed class Listener
    {
        private int _overrun;

        public Channel<LiveItem> Items { get; } = Channel.CreateBounded<LiveItem>(new BoundedChannelOptions(MostBehind) { SingleReader = true });

        public void Offer(LiveItem item)
        {
            if (!Items.Writer.TryWrite(item)) Interlocked.Exchange(ref _overrun, 1);
        }

        public bool TakeOverrun() => Interlocked.Exchange(ref _overrun, 0) == 1;

        /// <returns>False where nothing came for so long.</returns>
        public async Task<bool> Comes(TimeSpan atMost, TimeProvider clock, CancellationToken stop)
        {
            using var limit = new CancellationTokenSource(atMost, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
            try { return await Items.Reader.WaitToReadAsync(either.Token); }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested) { return false; }
        }
    }
}
