using System.Collections.Concurrent;
using Hotline.Tools.Shared;

namespace Hotline.Bench;

/// <summary>The whole story by API: 10 calls and all their events, until the callback is done.
/// That there is a callback is heard over the live stream, as an operator's page hears it.</summary>
public sealed class Story : IAsyncDisposable
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(30);
    private readonly Platform _platform;
    private readonly IReadOnlyList<(Guid Id, Client System)> _vendors;
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<Guid>> _followUps = new();
    private readonly CancellationTokenSource _end = new();
    private readonly HttpClient _http;
    private readonly Task _listening;

    private Story(Platform platform, IReadOnlyList<(Guid, Client)> vendors, string token, TaskCompletionSource open)
    {
        (_platform, _vendors, _http) = (platform, vendors, platform.Endless());
        _listening = LiveFeed.Follow(_http, token, Heard, open.SetResult, _end.Token);
    }

    /// <summary>Begins to listen.</summary>
    public static async Task<Story> Open(Platform platform)
    {
        var open = new TaskCompletionSource();
        var story = new Story(platform, await VendorAccess.ForDrains(platform.Http, platform.Supervisor, 10),
            await platform.Token("operator"), open);
        await await Task.WhenAny(open.Task, story._listening);
        return story;
    }

    /// <summary>Called as a vendor is about to accept, with the order.</summary>
    public Action<Guid>? Accepting { get; set; }

    public async Task Play(int number)
    {
        var (life, (vendor, system)) = (_platform.Life, _vendors[number % _vendors.Count]);
        var request = (await _platform.Register(number)).Id;
        var order = await life.Offer(request, vendor, system);
        Accepting?.Invoke(order.Id);
        await order.Serve(120);
        var followUp = await Expect(request).Task.WaitAsync(AtMost);
        _followUps.TryRemove(request, out _);
        await life.CompleteFollowUp(followUp, CitizensAnswers.Content());
    }

    private void Heard(string kind, string data)
    {
        if (kind == "followUpScheduled" && LiveFeed.Id(data, "requestId") is { } request && LiveFeed.Id(data, "followUpId") is { } followUp)
            Expect(request).TrySetResult(followUp);
    }

    private TaskCompletionSource<Guid> Expect(Guid request) =>
        _followUps.GetOrAdd(request, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Waits until nothing is under way: outboxes and queues empty, scores current.</summary>
    public async Task Settle()
    {
        foreach (var service in (string[])[.. PlatformServices.BehindTheGateway, .. PlatformServices.BehindTheGateway])
        {
            while (true)
            {
                var state = await _platform.Ops.Read($"/api/ops/{service}");
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
