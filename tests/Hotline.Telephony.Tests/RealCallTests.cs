using System.Collections.Concurrent;
using Hotline.Telephony.Ami;

namespace Hotline.Telephony.Tests;

/// <summary>Calls through a real Asterisk, from a caller's phone to what the platform is told.</summary>
public sealed class RealCallTests(AsteriskPbx pbx) : IClassFixture<AsteriskPbx>, IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2), Long = TimeSpan.FromSeconds(25);
    private readonly string _state = Adapter.Folder();
    private readonly List<IDisposable> _phones = [];
    private RecordingPlatform _platform = null!;
    private Adapter? _adapter;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(pbx.Missing is null, pbx.Missing ?? "");
        _platform = await RecordingPlatform.Start();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var phone in _phones) phone.Dispose();
        if (_adapter is not null) await _adapter.DisposeAsync();
        if (_platform is not null) await _platform.DisposeAsync();
        await Adapter.Forget(_state);
    }

    [Fact]
    public async Task Two_numbers_reach_one_queue_and_who_gives_up_is_abandoned()
    {
        await Start();
        With(pbx.Seat("1001", "answers"));
        With(pbx.Call("81890", "13900000011", Soon));
        await Told("13900000011", "rang|queued|offered 1001|answered 1001|ended normalClearing");
        With(pbx.Call("12345", "13900000012", TimeSpan.FromSeconds(3)));
        await Told("13900000012", "rang|queued|offered 1001|answered 1001|ended normalClearing");
        To("13900000011").ShouldBe("81890");
        To("13900000012").ShouldBe("12345");
        _platform.All.First(e => (string?)e["type"] == "recording")["recording"]!.ToString().ShouldEndWith(".wav");

        _phones[0].Dispose();
        With(pbx.Seat("1001", "rings"));
        With(pbx.Call("81890000", "13900000013", Soon));
        await Told("13900000013", "rang|queued|offered 1001|ended abandoned");
        To("13900000013").ShouldBe("81890000");
    }

    [Fact]
    public async Task A_seat_that_does_not_answer_is_followed_by_another()
    {
        await Start();
        With(pbx.Seat("1001", "rings"));
        With(pbx.Seat("1002", "answers"));
        With(pbx.Call("81890", "13900000021", TimeSpan.FromSeconds(8)));
        await Told("13900000021", "rang|queued|offered 1001|noAnswer 1001 noAnswer|offered 1002|answered 1002|ended normalClearing");
    }

    [Fact]
    public async Task A_call_is_held_and_resumed()
    {
        await Start();
        With(pbx.Seat("1001", "holds"));
        With(pbx.Call("81890", "13900000031", TimeSpan.FromSeconds(5)));
        await Told("13900000031", "rang|queued|offered 1001|answered 1001|held 1001|resumed 1001|ended normalClearing");
    }

    [Fact]
    public async Task A_call_is_handed_on_without_asking_and_stays_one_call()
    {
        await Start();
        With(pbx.Seat("1001", "transfers"));
        With(pbx.Seat("1002", "answers"));
        With(pbx.Call("81890", "13900000041", TimeSpan.FromSeconds(6)));
        await Told("13900000041",
            "rang|queued|offered 1001|answered 1001|transferred 1001 1002|offered 1002|answered 1002|ended normalClearing");
        To("13900000041").ShouldBe("81890");
    }

    [Fact]
    public async Task A_call_is_handed_on_after_asking_and_stays_one_call()
    {
        await Start();
        With(pbx.Seat("1001", "answers"));
        With(pbx.Seat("1002", "answers"));
        With(pbx.Call("81890", "13900000051", Long));
        await Seen("13900000051", "answered 1001");
        using var operators = await Manager.Open(pbx);
        var phone = await operators.ChannelOf("PJSIP/1001");
        await operators.Press(phone, "*2");
        await Seen("13900000051", "held 1001");
        await operators.Press(phone, "1002");
        await Seen("13900000051", "answered 1002");
        await operators.HangUp(phone);
        await Seen("13900000051", "transferred 1001 1002");
        await operators.HangUp(await operators.ChannelOf("PJSIP/trunk"));
        await Told("13900000051", "rang|queued|offered 1001|answered 1001|held 1001|offered 1002|answered 1002|transferred 1001 1002"
            + "|ended normalClearing");
    }

    [Fact]
    public async Task A_call_in_which_the_PBX_dies_is_lost_and_the_next_one_is_heard()
    {
        await Start();
        With(pbx.Seat("1001", "answers"));
        With(pbx.Call("81890", "13900000061", Long));
        await Seen("13900000061", "answered 1001");
        await pbx.Kill();
        foreach (var phone in _phones) phone.Dispose();
        await pbx.Start();
        await Told("13900000061", "rang|queued|offered 1001|answered 1001|lost");
        With(pbx.Seat("1001", "answers"));
        With(pbx.Call("81890", "13900000062", Soon));
        await Told("13900000062", "rang|queued|offered 1001|answered 1001|ended normalClearing");
    }

    [Fact]
    public async Task Who_gives_up_while_the_line_to_the_PBX_is_cut_is_known_afterwards()
    {
        using var cable = new Cable(pbx.AmiPort);
        cable.Join();
        await Start(cable.Port);
        With(pbx.Seat("1001", "answers"));
        With(pbx.Call("81890", "13900000071", TimeSpan.FromSeconds(4)));
        await Seen("13900000071", "answered 1001");
        cable.Cut();
        await Wait.Until(async () => await _adapter!.Health() == "Degraded", "the cut is noticed");
        await Wait.Until(() => LastInLog("COMPLETECALLER"), "the one who spoke has hung up");
        _phones[0].Dispose(); // nobody is at the phone
        With(pbx.Call("12345", "13900000072", TimeSpan.FromSeconds(15)));
        await Wait.Until(() => LastInLog("ABANDON"), "the other one has given up");
        cable.Join();
        await Seen("13900000072", "ended abandoned");
        await Told("13900000071", "rang|queued|offered 1001|answered 1001|ended normalClearing");
        To("13900000072").ShouldBe("12345");
    }

    [Fact]
    public async Task The_platform_dials_listens_in_pauses_and_hangs_up()
    {
        await Start();
        With(pbx.Seat("1001", "answers"));
        With(pbx.Seat("1002", "answers"));
        With(pbx.Outside("answers"));
        await Ask("d1", """{"id":"d1","kind":"dial","seat":"1001","to":"13900000081","linkedId":"dial-81"}""");
        await Wait.Until(() => Of("dial-81") == "rang 1001|answered 1001", "reached");
        await Ask("l1", """{"id":"l1","kind":"listen","seat":"1002","target":"1001"}""");
        await Ask("p1", """{"id":"p1","kind":"pause","seat":"1002","reason":"wrapup"}""");
        await Ask("p2", """{"id":"p2","kind":"unpause","seat":"1002"}""");
        await Ask("h1", """{"id":"h1","kind":"hangup","linkedId":"dial-81"}""");
        await Wait.Until(() => Of("dial-81") == "rang 1001|answered 1001|ended 1001 normalClearing", "ended");
        _platform.Done.Values.ShouldAllBe(done => (bool)done["ok"]!);
        _platform.All.Where(e => (string?)e["type"] != "seatState").Select(e => (string?)e["linkedId"]).Distinct().ShouldBe(["dial-81"]);
        await Wait.Until(() => _platform.All.Any(e => (string?)e["cause"] == "paused:wrapup"), "the pause is seen");
    }

    private async Task Start(int? port = null)
    {
        _adapter = await Adapter.Start(_state, _platform, port ?? pbx.AmiPort, ("QueueLog", pbx.QueueLog));
        await Wait.Until(async () => await _adapter.Health() == "Healthy", "connected");
    }

    private void With(Phone phone) => _phones.Add(phone);

    // when a recording begins is a matter of chance
    private string Story(string caller) =>
        string.Join('|', _platform.Story(caller).Split('|').Where(e => !e.StartsWith("recording", StringComparison.Ordinal)));

    private async Task Told(string caller, string story)
    {
        try
        {
            await Wait.Until(() => Story(caller) == story, story, Long);
        }
        catch (TimeoutException)
        {
            Story(caller).ShouldBe(story);
        }
    }

    private Task Seen(string caller, string told) => Wait.Until(() => _platform.Story(caller).Split('|').Contains(told), told);

    private string Of(string linked) => string.Join('|',
        _platform.All.Where(e => (string?)e["linkedId"] == linked).Select(RecordingPlatform.Line));

    private string? To(string caller) => (string?)_platform.All.Last(e => (string?)e["from"] == caller)["to"];

    private bool LastInLog(string kind)
    {
        using var reader = new StreamReader(new FileStream(pbx.QueueLog, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().TrimEnd().Split('\n').Last().Contains($"|{kind}|", StringComparison.Ordinal);
    }

    private async Task Ask(string id, string command)
    {
        await _platform.Says.Writer.WriteAsync($"id: {id}\ndata: {command}\n\n", TestContext.Current.CancellationToken);
        await Wait.Until(() => _platform.Done.ContainsKey(id), $"{id} is done");
    }

    /// <summary>What the hand of an operator does at the phone.</summary>
    private sealed class Manager : IDisposable
    {
        private readonly ConcurrentQueue<AmiMessage> _heard = new();
        private readonly AmiConnection _ami;
        private readonly Task _listening;
        private int _lists;

        private Manager(AmiConnection ami)
        {
            _ami = ami;
            _listening = Listen();
        }

        private static CancellationToken Stop => TestContext.Current.CancellationToken;

        public static async Task<Manager> Open(AsteriskPbx pbx) => new(await pbx.Manager());

        public async Task<string> ChannelOf(string phone)
        {
            var list = $"list-{++_lists}";
            await _ami.AskList("CoreShowChannels", list, Stop);
            await Wait.Until(() => _heard.Any(m => m["ActionID"] == list && m.Event == "CoreShowChannelsComplete"), "channels");
            return _heard.Last(m => m["ActionID"] == list && m["Channel"].StartsWith(phone, StringComparison.Ordinal))["Channel"];
        }

        public async Task Press(string channel, string digits)
        {
            foreach (var digit in digits)
            {
                // a tone takes its time; one that comes before the last one's end, or before the dialplan listens, is lost
                var heard = _heard.Count(IsTone);
                await Wait.Until(async () =>
                {
                    if (_heard.Count(IsTone) > heard) return true;
                    await _ami.Ask("PlayDTMF", Stop, ("Channel", channel), ("Digit", $"{digit}"), ("Receive", "true"));
                    return false;
                }, $"the tone of {digit}", pause: TimeSpan.FromMilliseconds(500));
            }
        }

        private static bool IsTone(AmiMessage message) => message.Event == "DTMFEnd";

        public Task HangUp(string channel) => _ami.Ask("Hangup", Stop, ("Channel", channel));

        public void Dispose()
        {
            _ami.Dispose();
            _listening.Wait(Stop);
        }

        private async Task Listen()
        {
            try
            {
                await foreach (var message in _ami.Listen(Stop)) _heard.Enqueue(message);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
            }
        }
    }
}
