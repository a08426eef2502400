using System.Globalization;

namespace Hotline.Telephony.Tests;

/// <summary>The adapter between a PBX and a platform that are cut off, refuse, and come back.</summary>
public sealed class AdapterTests : IAsyncLifetime
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private readonly string _state = Adapter.Folder();
    private readonly FakePbx _pbx = new();
    private RecordingPlatform _platform = null!;
    private int _calls;

    public async ValueTask InitializeAsync()
    {
        _pbx.Start();
        _platform = await RecordingPlatform.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await _platform.DisposeAsync();
        await _pbx.DisposeAsync();
        await Adapter.Forget(_state);
    }

    [Fact]
    public async Task Events_arrive_in_their_order_and_in_batches_of_at_most_a_hundred()
    {
        await using var adapter = await Start();
        for (var i = 0; i < 150; i++) await Call();
        await Arrived(300);
        _platform.Batches.ShouldAllBe(size => size <= 100);
        _platform.All.Where(IsOfCall).Select(e => (string)e["at"]!).ShouldBeInOrder();
        _platform.All.Where(IsOfCall).GroupBy(e => (string)e["linkedId"]!)
            .ShouldAllBe(c => string.Join('|', c.Select(RecordingPlatform.Line)) == "rang|ended normalClearing");
        await Wait.Until(async () => await adapter.Health() == "Healthy", "healthy");
    }

    [Fact]
    public async Task While_the_platform_is_away_events_are_kept_and_none_is_lost_or_doubled_by_a_restart()
    {
        var (port, url) = (new Uri(_platform.Url).Port, _platform.Url);
        var adapter = await Start();
        await Call();
        await Arrived(2);
        await Wait.Until(() => _platform.All.Count == 3, "the seat's state too");
        await Wait.Until(() => Lines("events") == 0, "delivered");
        await _platform.DisposeAsync();
        for (var i = 0; i < 5; i++) await Call();
        await Wait.Until(() => Lines("events") == 10, "kept on the disk");
        await adapter.DisposeAsync();

        // readable by their owner alone, and without the caller's number
        var file = Path.Combine(_state, "waiting", "events");
        (await ProcessRunner.Must("stat", ["-c", "%a", file])).Trim().ShouldBe("600");
        (await File.ReadAllTextAsync(file, Stop)).ShouldNotContain("139000");

        _platform = await RecordingPlatform.Start(port);
        _platform.Url.ShouldBe(url);
        await using var again = await Start();
        await Arrived(10);
        _platform.All.Where(IsOfCall).Select(e => (string)e["at"]!).ShouldBeInOrder();
        _platform.Repeated.ShouldBe(0);
        await Wait.Until(() => new FileInfo(file).Length == 0, "delivered, so forgotten");
    }

    [Fact]
    public async Task Half_a_line_that_a_crash_left_is_no_event_and_stops_nothing()
    {
        var first = await Start();
        await Wait.Until(() => _pbx.Logins == 1, "connected");
        await first.DisposeAsync();
        await File.AppendAllTextAsync(Path.Combine(_state, "waiting", "events"), "CfDJ8half", Stop);
        await using var adapter = await Start();
        await Wait.Until(() => _pbx.Logins == 2, "connected again");
        await Call();
        await Arrived(2);
    }

    [Theory]
    [InlineData(503, null)]
    [InlineData(429, "1")]
    [InlineData(403, null)]
    public async Task A_refusal_that_may_pass_is_waited_for(int status, string? retryAfter)
    {
        await using var adapter = await Start();
        await Wait.Until(() => !_platform.Batches.IsEmpty, "seats");
        _platform.Refusing = (status, retryAfter);
        await Call();
        await Wait.Until(() => _platform.RefusedCalls >= 2, "tried again");
        _platform.Refusing = null;
        await Arrived(2);
        Lines("refused").ShouldBe(0);
    }

    [Fact]
    public async Task A_token_that_ended_is_renewed()
    {
        await using var adapter = await Start();
        await Call();
        await Arrived(2);
        _platform.EndToken();
        await Call();
        await Arrived(4);
    }

    [Fact]
    public async Task An_event_that_the_platform_will_never_take_is_put_aside_and_the_others_of_its_batch_are_not()
    {
        await using var adapter = await Start();
        await Wait.Until(() => !_platform.Batches.IsEmpty, "seats");
        _platform.RefusedCaller = "13900000002";
        _platform.PoisonousCaller = "13900000005";
        _platform.Refusing = (503, null);
        for (var i = 0; i < 8; i++) await Call();
        await Wait.Until(() => Lines("events") == 16, "one batch");
        _platform.Refusing = null;
        await Arrived(12);
        await Wait.Until(() => Lines("refused") == 4, "put aside");
        var aside = await File.ReadAllTextAsync(Path.Combine(_state, "waiting", "refused"), Stop);
        aside.ShouldNotContain("139000");
        aside.ShouldContain("event.time ");
        aside.ShouldContain("body.invalid ");
    }

    [Fact]
    public async Task After_a_cut_a_call_that_ended_meanwhile_is_lost_and_one_that_came_meanwhile_is_known()
    {
        await using var adapter = await Start();
        await Rings("pbx-test-1.1", "13900000001");
        await Arrived(1);
        _pbx.Cut();
        await Wait.Until(async () => await adapter.Health() == "Degraded", "noticed");
        _pbx.Channels.Clear();
        _pbx.Channels["pbx-test-2.1"] = "Channel: PJSIP/trunk-00000002\nChannelStateDesc: Up\nCallerIDNum: 13900000002\nExten: s\n"
            + "Uniqueid: pbx-test-2.1\nLinkedid: pbx-test-2.1\nChanVariable: DIALLED=81890\nDuration: 00:00:10\nBridgeId: \n";
        _pbx.Start();
        await Wait.Until(() => _platform.Story("13900000001") == "rang|lost", "lost");
        _platform.Story("13900000002").ShouldBe("rang");
        _pbx.Logins.ShouldBe(2);
    }

    [Fact]
    public async Task Who_hung_up_during_a_cut_is_told_by_the_queues_log()
    {
        var log = Path.Combine(_state, "queue_log");
        await File.WriteAllTextAsync(log, "1795736000|pbx-test-0.1|pool|NONE|ENTERQUEUE||13900000009|1\n", Stop);
        await using var adapter = await Start(("QueueLog", log));
        await Wait.Until(async () => await adapter.Health() == "Healthy", "connected");
        await Rings("pbx-test-1.1", "13900000001");
        await Arrived(1);
        _pbx.Cut();
        _pbx.Channels.Clear();
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        await File.AppendAllTextAsync(log,
            $"{now}|pbx-test-1.1|pool|NONE|ENTERQUEUE||13900000001|1\n{now}|pbx-test-1.1|pool|NONE|ABANDON|1|1|3\n"
            + $"{now}|pbx-test-2.1|pool|NONE|ENTERQUEUE||13900000002|1\n{now}|pbx-test-2.1|pool|NONE|ABANDON|1|1|9\n", Stop);
        _pbx.Start();
        await Wait.Until(() => _platform.Story("13900000002") == "rang|queued|ended abandoned", "abandoned in the gap");
        _platform.Story("13900000001").ShouldBe("rang|queued|ended abandoned");
        _platform.Story("13900000009").ShouldBeEmpty(); // history
    }

    [Fact]
    public async Task A_PBX_that_says_nothing_any_more_is_connected_to_anew()
    {
        await using var adapter = await Start(("SnapshotEvery", "00:00:01"));
        await Wait.Until(async () => await adapter.Health() == "Healthy", "connected");
        _pbx.IsMute = true;
        await Wait.Until(() => _pbx.Logins >= 2, "connected anew", TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_wrong_password_is_tried_again_but_seldom_and_health_says_it()
    {
        await using var adapter = await Start(("AmiSecret", "wrong"));
        (await adapter.Health()).ShouldBe("Degraded");
        _pbx.Logins.ShouldBe(0);
    }

    [Fact]
    public async Task What_the_platform_asks_for_is_done_once_and_answered()
    {
        await using var adapter = await Start();
        await Wait.Until(async () => await adapter.Health() == "Healthy", "connected");
        await Rings("pbx-test-1.1", "13900000001");
        await Arrived(1);
        string[] commands =
        [
            """{"id":"c1","kind":"pause","seat":"1001","reason":"wrapup"}""", """{"id":"c2","kind":"unpause","seat":"1001"}""",
            """{"id":"c3","kind":"pause","seat":"1009"}""", """{"id":"c4","kind":"hold","seat":"1001"}""",
            """{"id":"c5","kind":"reject","linkedId":"pbx-test-1.1"}""", """{"id":"c6","kind":"hangup","linkedId":"pbx-test-9.9"}""",
            """{"id":"c7","kind":"dial","seat":"1001","to":"13900000007","linkedId":"call-7"}""",
            """{"id":"c8","kind":"dial","seat":"1002","to":"13900000008","linkedId":"call-8"}""",
            """{"id":"c9","kind":"dial","seat":"1001","to":"1&System(rm)"}""",
            """{"id":"c10","kind":"listen","seat":"1002","target":"1005"}""",
            """{"id":"c11","kind":"pause","seat":"1001","at":"2020-01-01T00:00:00Z"}""", """{"kind":"alive"}""", "no command",
        ];
        foreach (var (index, command) in commands.Index())
            await _platform.Says.Writer.WriteAsync($"id: {index}\ndata: {command}\n\n", Stop);
        await Wait.Until(() => _platform.Done.Count == 11, "answered");
        _platform.Done.OrderBy(d => int.Parse(d.Key[1..], CultureInfo.InvariantCulture)).Select(d => (string?)d.Value["cause"] ?? "ok")
            .ShouldBe(["ok", "ok", "pbx.cannot", "pbx.cannot", "ok", "pbx.cannot", "ok", "noAnswer", "pbx.cannot", "pbx.cannot",
                "command.expired"]);
        _pbx.Asked.Single(a => a["Action"] == "Hangup")["Channel"].ShouldBe("PJSIP/trunk-pbx-test-1.1");
        var dialled = _pbx.Asked.Single(a => a["Exten"] == "13900000007");
        (dialled["Channel"], dialled["Context"], dialled["ChannelId"], dialled["CallerID"])
            .ShouldBe(("PJSIP/1001", "out", "call-7", "12345"));
        await Wait.Until(() => _platform.All.Any(e => (string?)e["linkedId"] == "call-8" && (string?)e["type"] == "ended"), "not reached");

        // the stream breaks, and says the last ones again
        await _platform.Says.Writer.WriteAsync("", Stop);
        await _platform.Says.Writer.WriteAsync(
            $"id: 1\ndata: {commands[1]}\n\nid: 20\ndata: {{\"id\":\"c20\",\"kind\":\"nothing\"}}\n\n", Stop);
        await Wait.Until(() => _platform.Done.ContainsKey("c20"), "heard again");
        _platform.LastEventIds.ShouldBe([null, "12"]);
        _pbx.Asked.Count(a => a["Action"] == "QueuePause").ShouldBe(3);
    }

    private Task<Adapter> Start(params (string Key, string Value)[] settings) => Adapter.Start(_state, _platform, _pbx.Port, settings);

    private static bool IsOfCall(System.Text.Json.Nodes.JsonNode told) => (string?)told["type"] != "seatState";

    private Task Arrived(int events) => Wait.Until(() => _platform.All.Count(IsOfCall) >= events, $"{events} events");

    private int Lines(string file) => Path.Combine(_state, "waiting", file) is var path && File.Exists(path)
        ? Read(path).Count(c => c == '\n') : 0;

    private static string Read(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    private async Task Rings(string id, string caller)
    {
        await Wait.Until(() => _pbx.IsHeard, "connected");
        _pbx.Channels[id] = $"Channel: PJSIP/trunk-{id}\nChannelStateDesc: Up\nUniqueid: {id}\nLinkedid: {id}\n";
        var at = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000m).ToString(CultureInfo.InvariantCulture);
        await _pbx.Say($"Event: Newchannel\nTimestamp: {at}\nChannel: PJSIP/trunk-{id}\nCallerIDNum: {caller}\nExten: 81890\n"
            + $"Uniqueid: {id}\nLinkedid: {id}\n");
    }

    private async Task Call()
    {
        var number = ++_calls;
        await Rings($"pbx-test-{number}.1", $"1390000000{number % 10}");
        var at = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000m).ToString(CultureInfo.InvariantCulture);
        _pbx.Channels.TryRemove($"pbx-test-{number}.1", out _);
        await _pbx.Say($"Event: Hangup\nTimestamp: {at}\nUniqueid: pbx-test-{number}.1\nLinkedid: pbx-test-{number}.1\nCause: 16\n");
    }
}
