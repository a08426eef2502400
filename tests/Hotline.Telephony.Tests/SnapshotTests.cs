using Hotline.Telephony.Calls;

namespace Hotline.Telephony.Tests;

/// <summary>What a look at all channels makes of what we know.</summary>
public sealed class SnapshotTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1795736457);
    private static readonly SeatPattern Seats = new(SeatPattern.Usual);
    private readonly CallBook _book = new("pbx-test");
    private readonly CallTranslation _translation;
    private readonly CallSnapshot _snapshot;

    public SnapshotTests()
    {
        _translation = new(_book, Seats);
        _snapshot = new(_book, Seats);
    }

    [Fact]
    public async Task A_call_that_is_missing_twice_is_lost_and_one_that_is_missing_once_may_have_a_hang_up_on_its_way()
    {
        await Rings("pbx-test-1.1");
        (await Look()).ShouldBeEmpty();
        _snapshot.IsInDoubt.ShouldBeTrue();
        var lost = (await Look()).ShouldHaveSingleItem();
        (lost.Type, lost.LinkedId).ShouldBe((CallEventType.Lost, "pbx-test-1.1"));
        _snapshot.IsInDoubt.ShouldBeFalse();
        (await Look()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_that_comes_or_goes_while_the_channels_are_listed_is_neither_lost_nor_found()
    {
        await Rings("pbx-test-1.1");
        var ids = _snapshot.Begin();
        await Rings("pbx-test-2.1"); // too late for the list
        await Say("Event: Hangup\nUniqueid: pbx-test-1.1\nLinkedid: pbx-test-1.1\nCause: 16");
        await Whole(ids, Channel("pbx-test-1.1", "PJSIP/trunk-00000001"));
        _snapshot.Apply(Now).ShouldBeEmpty();
        _snapshot.IsInDoubt.ShouldBeFalse();
    }

    [Fact]
    public async Task A_call_from_before_our_time_is_made_known_with_where_it_is()
    {
        var told = await Look(
            Channel("pbx-test-1.1", "PJSIP/trunk-00000001", bridge: "b1"),
            Channel("pbx-test-1.2", "PJSIP/1001-00000002", "pbx-test-1.1", "b1"),
            Channel("pbx-test-3.1", "PJSIP/trunk-00000003"),
            "Event: QueueEntry\nActionID: {queues}\nQueue: pool\nPosition: 2\nWait: 9\nUniqueid: pbx-test-3.1");
        told.Select(Transcript.Line).ShouldBe(["rang", "answered 1001", "rang", "queued"]);
        told[0].At.ShouldBe(Now - TimeSpan.FromSeconds(30));
        told[0].To.ShouldBe("81890");
        told[3].At.ShouldBe(Now - TimeSpan.FromSeconds(9));
        told[3].Position.ShouldBe(2);
        (await Look(Channel("pbx-test-1.1", "PJSIP/trunk-00000001", bridge: "b1"),
            Channel("pbx-test-1.2", "PJSIP/1001-00000002", "pbx-test-1.1", "b1"),
            Channel("pbx-test-3.1", "PJSIP/trunk-00000003"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_answered_while_we_were_away_is_told()
    {
        await Rings("pbx-test-1.1");
        var told = await Look(Channel("pbx-test-1.1", "PJSIP/trunk-00000001", bridge: "b1"),
            Channel("pbx-test-1.2", "PJSIP/1001-00000002", "pbx-test-1.1", "b1"));
        told.Select(Transcript.Line).ShouldBe(["answered 1001"]);
    }

    [Fact]
    public async Task What_has_ended_is_not_found_again()
    {
        await Rings("pbx-test-1.1");
        await Say("Event: Hangup\nUniqueid: pbx-test-1.1\nLinkedid: pbx-test-1.1\nCause: 16");
        (await Look(Channel("pbx-test-1.1", "PJSIP/trunk-00000001"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_book_goes_on_after_a_restart()
    {
        await Rings("pbx-test-1.1");
        var (later, page) = (new CallBook("pbx-test"), _book.Read());
        later.Restore(page);
        later.Calls.ShouldHaveSingleItem().From.ShouldBe("13900000001");
        var snapshot = new CallSnapshot(later, Seats);
        await Whole(snapshot.Begin(), snapshot);
        snapshot.Apply(Now).ShouldBeEmpty();
        await Whole(snapshot.Begin(), snapshot);
        snapshot.Apply(Now).ShouldHaveSingleItem().Type.ShouldBe(CallEventType.Lost);
    }

    [Fact]
    public void The_queues_log_tells_who_hung_up_in_a_gap_and_of_which_number()
    {
        var log = new QueueLog(_book, Seats, "pbx-test");
        var told = new[]
        {
            "1795736457|pbx-test-1.1|pool|NONE|DID|81890000",
            "1795736458|pbx-test-1.1|pool|NONE|ENTERQUEUE||13900000001|1",
            "1795736463|pbx-test-1.1|pool|PJSIP/1001|RINGNOANSWER|5000",
            "1795736470|pbx-test-1.1|pool|NONE|ABANDON|1|1|12",
            "1795736471|pbx-test-2.1|pool|NONE|ENTERQUEUE||13900000002|1",
            "1795736473|pbx-test-2.1|pool|PJSIP/1002|CONNECT|2|pbx-test-2.2|1",
            "1795736480|pbx-test-2.1|pool|PJSIP/1002|COMPLETECALLER|2|7|1",
            "no line of it", "1795736480|x",
        }.SelectMany(line => log.Apply(line, Now)).ToArray();
        told.Select(Transcript.Line).ShouldBe(["rang", "queued", "noAnswer 1001 noAnswer", "ended abandoned",
            "rang", "queued", "answered 1002", "ended normalClearing"]);
        told[1].To.ShouldBe("81890000");
        log.Apply("1795736470|pbx-test-1.1|pool|NONE|ABANDON|1|1|12", Now).ShouldBeEmpty();
        log.Apply("1795736440|pbx-test-9.1|pool|NONE|ENTERQUEUE||13900000009|1", Now).ShouldBeEmpty(); // heard when it was said
        _book.Calls.ShouldBeEmpty();
    }

    private Task Rings(string id) => Say($"""
        Event: Newchannel
        Timestamp: 1795736450.000000
        Channel: PJSIP/trunk-00000001
        CallerIDNum: 13900000001
        Exten: 81890
        Uniqueid: {id}
        Linkedid: {id}
        """);

    private async Task Say(string text)
    {
        foreach (var message in await Transcript.Of(text))
        {
            _translation.Apply(message, Now);
            _snapshot.Take(message);
        }
    }

    private static string Channel(string id, string channel, string? linked = null, string bridge = "") => $"""
        Event: CoreShowChannel
        ActionID: channels
        Channel: {channel}
        ChannelStateDesc: Up
        CallerIDNum: 13900000001
        Uniqueid: {id}
        Linkedid: {linked ?? id}
        ChanVariable: DIALLED=81890
        Duration: 00:00:30
        BridgeId: {bridge}
        """;

    private async Task<IReadOnlyList<CallEvent>> Look(params string[] parts)
    {
        await Whole(_snapshot.Begin(), parts);
        return _snapshot.Apply(Now);
    }

    private Task Whole((string Channels, string Queues) ids, params string[] parts) => Whole(ids, _snapshot, parts);

    private static async Task Whole((string Channels, string Queues) ids, CallSnapshot snapshot, params string[] parts)
    {
        string[] all = [.. parts, "Event: CoreShowChannelsComplete\nActionID: channels", "Event: QueueStatusComplete\nActionID: {queues}"];
        var isWhole = false;
        foreach (var part in all)
        {
            var text = part.Replace("ActionID: channels", $"ActionID: {ids.Channels}", StringComparison.Ordinal)
                .Replace("{queues}", ids.Queues, StringComparison.Ordinal);
            isWhole = snapshot.Take((await Transcript.Of(text))[0]);
        }
        isWhole.ShouldBeTrue();
    }
}
