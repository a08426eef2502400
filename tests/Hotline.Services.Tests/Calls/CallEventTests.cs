using Hotline.ServiceDefaults;

namespace Hotline.Services.Tests.Calls;

/// <summary>The way in for telephone systems: nothing lost, nothing doubled, and each fault named.</summary>
public sealed class CallEventTests(IntakeApi api) : IClassFixture<IntakeApi>
{
    private readonly Pbx _pbx = new(api);

    private static string Id() => Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Good_ones_are_taken_and_each_of_the_others_is_named()
    {
        var call = Id();
        var now = DateTimeOffset.UtcNow;
        object[] told =
        [
            _pbx.Event(call, "rang", from: "14500010001"),
            new { at = now, linkedId = call, type = "rang" },
            new { eventId = Id(), at = now.AddMinutes(6), linkedId = call, type = "rang" },
            new { eventId = Id(), at = now.AddDays(-8), linkedId = call, type = "rang" },
            new { eventId = Id(), at = "yesterday", linkedId = call, type = "rang" },
            new { eventId = Id(), at = now, linkedId = call, type = "danced" },
            new { eventId = Id(), at = now, linkedId = call, type = "rang", pbx = "pbx-2" },
            new { eventId = Id(), at = now, type = "rang" },
            new { eventId = Id(), at = now, linkedId = call, type = "answered" },
            new { eventId = Id(), at = now, linkedId = call, type = "offered", seat = "座席一" },
            new { eventId = Id(), at = now, linkedId = call, type = "rang", direction = "up" },
            new { eventId = Id(), at = now, linkedId = call, type = "queued", position = 0 },
            new { eventId = 7, at = now, linkedId = call, type = "queued" },
            "rang",
            _pbx.Event(call, "queued"),
        ];
        var answer = await _pbx.Tells(told);
        answer.Number("accepted").ShouldBe(2);
        answer.Body["refused"]!.AsArray().Select(r => (r!["index"]!.GetValue<int>(), r["code"]!.ToString())).ShouldBe([
            (1, "event.id"), (2, "event.time"), (3, "event.time"), (4, "event.time"), (5, "event.type"), (6, "event.pbx"),
            (7, "event.call"),
            (8, "event.seat"), (9, "event.seat"), (10, "event.direction"), (11, "event.field"), (12, "event.unreadable"),
            (13, "event.unreadable")]);
        answer.Body["refused"]![4]!["message"]!.ToString().ShouldContain("seatState");
    }

    [Fact]
    public async Task The_same_event_again_has_no_effect_and_the_same_answer()
    {
        var call = Id();
        object[] told = [_pbx.Event(call, "rang", from: "14500010002", id: $"{call}-a"), _pbx.Event(call, "queued", id: $"{call}-b")];
        (await _pbx.Tells(told)).Number("accepted").ShouldBe(2);
        var version = (await _pbx.Call("14500010002"))["version"]!.GetValue<int>();
        var again = await _pbx.Tells([.. told, told[0]]);
        (again.Number("accepted"), again.Number("repeated")).ShouldBe((0, 3));
        (await _pbx.Call("14500010002"))["version"]!.GetValue<int>().ShouldBe(version);
    }

    [Fact]
    public async Task Too_many_or_none_are_refused_whole()
    {
        var before = await api.Count("call_events");
        object[] many = [.. Enumerable.Range(0, 10_000)
            .Select(i => new { eventId = $"{i}", at = DateTimeOffset.UtcNow, linkedId = "1", type = "rang" })];
        (await _pbx.Client.Post(Pbx.Path, many[..101])).Text("code").ShouldBe("events.too-many");
        (await _pbx.Client.Post(Pbx.Path, many)).Code.ShouldBeOneOf(400, 413);
        (await _pbx.Client.Post(Pbx.Path, Array.Empty<object>())).Text("code").ShouldBe("events.none");
        (await api.Count("call_events")).ShouldBe(before);
    }

    [Fact]
    public async Task Whatever_stands_in_a_number_the_call_is_taken()
    {
        string[] numbers = ["anonymous", "", "sip:alice@example.org", "+8613800000001", "008613800000001", "65000000", "95588",
            "8004001234",
            "+85223456789", "8001", "not/a number", new('9', 300), "\u0000\u202e1"];
        foreach (var number in numbers)
        {
            var call = Id();
            var told = await _pbx.Client.Post(Pbx.Path, new
            {
                eventId = Id(),
                at = DateTimeOffset.UtcNow,
                linkedId = call,
                type = "rang",
                from = number,
                to = number,
            });
            (told.Code, told.Number("accepted")).ShouldBe((200, 1), number);
        }
        (await api.Scalar<long>("select count(*) from calls where numbers like '%138%' or numbers like '%alice%'")).ShouldBe(0);
    }

    /// <summary>zammad 5128: a number in another form was not matched.</summary>
    [Fact]
    public async Task A_caller_is_found_in_every_form_of_the_number()
    {
        foreach (var form in (string[])["13800010003", "+8613800010003", "008613800010003", "86 138 0001 0003", "sip:13800010003@pbx"])
            await _pbx.Tells(_pbx.Event(Id(), "rang", from: form));
        (await api.Operator.Get("/api/calls?phone=138-0001-0003")).Items.Length.ShouldBe(5);
        await _pbx.Tells(_pbx.Event(Id(), "rang", from: "65010004"));
        (await _pbx.Call("0577-65010004"))["callerNumber"]!.ToString().ShouldBe("057****0004");
    }

    [Fact]
    public async Task Which_of_our_numbers_was_dialled_is_known_however_it_is_told()
    {
        foreach (var (to, known) in ((string, string)[])[("81890000", "81890000"), ("057781890", "81890"), ("sip:12345@10.0.0.1", "12345"),
            ("+8657712345", "12345"), ("110", "110")])
        {
            var from = $"1450002{Random.Shared.Next(1000, 9999)}";
            await _pbx.Tells(_pbx.Event(Id(), "rang", from: from, to: to));
            (await _pbx.Call(from))["dialledNumber"]!.ToString().ShouldBe(known);
        }
    }

    [Fact]
    public async Task Two_telephone_systems_may_use_the_same_ids()
    {
        var (call, other) = (Id(), new Pbx(api, "pbx-2"));
        await _pbx.Tells(_pbx.Event(call, "rang", from: "14500010005", id: call));
        await other.Tells(other.Event(call, "rang", from: "14500010006", id: call));
        (await _pbx.Call("14500010005"))["id"]!.ToString().ShouldNotBe((await _pbx.Call("14500010006"))["id"]!.ToString());
    }

    [Fact]
    public async Task Told_at_the_same_moment_in_any_order_and_twice_nothing_is_lost_or_doubled()
    {
        const int calls = 60;
        var names = Enumerable.Range(0, calls).Select(i => $"{Id()}-{i}").ToArray();
        object[] told = [.. names.SelectMany((name, i) => (object[])
        [
            _pbx.Event(name, "rang", 90, $"1450003{i:0000}"), _pbx.Event(name, "queued", 89.9),
            _pbx.Event(name, "offered", 85, seat: "7001"),
            _pbx.Event(name, "answered", 80, seat: "7001"), _pbx.Event(name, "ended", i),
        ])];
        object[] twice = [.. told, .. told];
        new Random(3).Shuffle(twice);
        var answers = await Task.WhenAll(twice.Chunk(37).Select(some => _pbx.Tells(some)));
        (answers.Sum(a => a.Number("accepted")), answers.Sum(a => a.Number("repeated"))).ShouldBe((told.Length, told.Length));
        (await api.Scalar<long>("select count(*) from calls where linked_id = any('{" + string.Join(',', names) + "}') "
            + "and outcome = 'answered' and wait_seconds = 9 "
            + "and talk_seconds between 79 - regexp_replace(linked_id, '^.*-', '')::int "
                + "and 80 - regexp_replace(linked_id, '^.*-', '')::int")).ShouldBe(calls);
    }

    [Theory]
    [InlineData(Roles.Operator), InlineData(Roles.Supervisor), InlineData(Roles.Ops), InlineData(Roles.Vendor)]
    public async Task Only_telephone_systems_tell(string role) =>
        (await api.As(role).Post(Pbx.Path, new[] { _pbx.Event(Id(), "rang") })).Code.ShouldBe(403);
}
