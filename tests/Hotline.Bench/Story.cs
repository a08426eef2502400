using System.Collections.Concurrent;

namespace Hotline.Bench;

/// <summary>The whole story by API: 10 calls and all their events, until the callback is done.
/// That there is a callback is heard over the live stream, as an operator's page hears it.</summary>
public sealed class Story : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Platform _platform;
    private readonly (Guid Id, string Token)[] _vendors;
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<Guid>> _callbacks = new();
    private readonly CancellationTokenSource _end = new();
    private readonly HttpClient _http;
    private readonly Task _listening;

    private Story(Platform platform, (Guid Id, string Token)[] vendors, TaskCompletionSource open)
    {
        (_platform, _vendors, _http) = (platform, vendors, platform.Endless());
        _listening = LiveFeed.Follow(_http, platform.Token("operator"), Heard, open.SetResult, _end.Token);
    }

    /// <summary>Begins to listen.</summary>
    public static async Task<Story> Open(Platform platform)
    {
        var open = new TaskCompletionSource();
        var story = new Story(platform, await platform.Vendors(10), open);
        await await Task.WhenAny(open.Task, story._listening);
        return story;
    }

    /// <summary>Called as a vendor is about to accept, with the order.</summary>
    public Action<Guid>? Accepting { get; set; }

    public async Task Play(int number)
    {
        var (op, vendor, platform) = (_platform.Token("operator"), _vendors[number % _vendors.Length], _platform);
        var request = Guid.Parse((await platform.Register(number))["id"]!.ToString());
        var order = Guid.Parse((await platform.Post(op, "/api/dispatch/orders", new { requestId = request, vendorId = vendor.Id },
            201))["id"]!.ToString());
        Accepting?.Invoke(order);
        await platform.Post(vendor.Token, $"/api/vendor/orders/{order}/accept");
        await platform.Post(vendor.Token, $"/api/vendor/orders/{order}/contact", new { note = "马上来" });
        await platform.Post(vendor.Token, $"/api/vendor/orders/{order}/quote", new { amount = 120, note = "含人工" });
        await platform.Post(op, $"/api/dispatch/orders/{order}/quote/accept");
        await platform.Post(vendor.Token, $"/api/vendor/orders/{order}/arrive");
        await platform.Post(vendor.Token, $"/api/vendor/orders/{order}/complete",
            new { finalAmount = 120, summary = "已疏通", warrantyDays = 30 });
        var callback = await Expect(request).Task.WaitAsync(Patience);
        _callbacks.TryRemove(request, out _);
        await platform.Post(op, $"/api/follow-ups/{callback}/claim");
        await platform.Post(op, $"/api/follow-ups/{callback}/complete",
            new { satisfaction = 5, resolved = true, punctual = true, priceAsQuoted = true });
    }

    private void Heard(string kind, string data)
    {
        if (kind == "followUpScheduled" && LiveFeed.Id(data, "requestId") is { } request && LiveFeed.Id(data, "followUpId") is { } callback)
            Expect(request).TrySetResult(callback);
    }

    private TaskCompletionSource<Guid> Expect(Guid request) =>
        _callbacks.GetOrAdd(request, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Waits until nothing is under way: outboxes and queues empty, scores current.</summary>
    public async Task Settle()
    {
        foreach (var service in (string[])[.. PlatformServices.BehindTheGateway, .. PlatformServices.BehindTheGateway])
        {
            while (true)
            {
                var state = await _platform.Get(_platform.Token("ops"), $"/api/ops/{service}");
                var waiting = (state["outbox"]?["rows"]?.GetValue<long>() ?? 1)
                    + (state["queues"]?.AsArray().Sum(q => q!["waiting"]!.GetValue<long>()) ?? 1);
                if (waiting == 0) break;
                await Task.Delay(100);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _listening;
        _end.Dispose();
        _http.Dispose();
    }
}
