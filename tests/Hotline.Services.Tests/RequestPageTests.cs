using Hotline.Contracts.Dispatch;
using Hotline.Contracts.Intake;
using Hotline.ServiceDefaults;
using Hotline.Wire;

namespace Hotline.Services.Tests;

/// <summary>What a request shows besides itself: who has it and until when, what the desk noted, what is related to it.</summary>
public sealed class RequestPageTests(IntakeApi api) : IClassFixture<IntakeApi>
{
    private const string Requests = "/api/intake/requests";

    private async Task<Guid> A_request(string phone, string address = "瑞安广场东边三楼", string category = "drains.unclog-drain",
        string area = "330381001")
    {
        var answer = await api.Operator.Post(Requests, new
        {
            dialledNumber = "12345",
            caller = new { name = "林女士", phone },
            areaCode = area,
            address,
            categoryCode = category,
            description = "请尽快来人",
        });
        answer.Code.ShouldBe(201, answer.ToString());
        return answer.Id;
    }

    [Fact]
    public async Task It_shows_who_has_it_and_by_when_something_is_due()
    {
        var (id, order, vendor, now) = (await A_request("14500008001"), Guid.CreateVersion7(), Guid.CreateVersion7(),
            DateTimeOffset.UtcNow.ToMicroseconds());
        async Task<(string?, DateTimeOffset?)> Shows()
        {
            var view = (await api.Operator.Get($"{Requests}/{id}")).Body;
            return (view["vendorName"]?.ToString(), view["dueAt"]?.GetValue<DateTimeOffset>());
        }
        (await Shows()).ShouldBe((null, null));
        // the offer is heard after what came of it
        await api.Probe.Tell(new OrderAccepted(order, id, vendor, 2, now.AddMinutes(15), "店", now, 1));
        await Wait.Until(async () => await Shows() == (null, now.AddMinutes(15)), "accepted");
        await api.Probe.Tell(new OrderOffered(order, id, vendor, 1, "RA", "瑞安疏通店", "drains", now.AddMinutes(10), "op", now, 1));
        await Wait.Until(async () => await Shows() == ("瑞安疏通店", now.AddMinutes(15)), "named");
        var listed = (await api.Operator.Get($"{Requests}?phone=14500008001")).Items.Single();
        (listed["vendorName"]!.ToString(), listed["vendorId"]!.ToString()).ShouldBe(("瑞安疏通店", vendor.ToString()));
        await api.Probe.Tell(new CitizenContacted(order, id, vendor, 3, null, false, "店", now, 1));
        await Wait.Until(async () => await Shows() == ("瑞安疏通店", null), "contacted");
        await api.Probe.Tell(new OrderCancelled(order, id, vendor, 4, "contacted", "另派", "op", now, 1));
        await Wait.Until(async () => await Shows() == (null, null), "free for another");
        var next = Guid.CreateVersion7();
        await api.Probe.Tell(new OrderOffered(next, id, vendor, 1, "RA", "另一家", "drains", now.AddMinutes(10), "op", now, 2));
        await Wait.Until(async () => await Shows() == ("另一家", now.AddMinutes(10)), "offered to another");
    }

    [Fact]
    public async Task Notes_are_the_desks_own_are_told_in_the_timeline_and_go_with_the_citizen()
    {
        var (id, key) = (await A_request("14500008011"), ("Idempotency-Key", Guid.NewGuid().ToString()));
        var note = await api.Operator.Post($"{Requests}/{id}/notes", new { text = " 市民下午三点后在家 " }, key);
        (note.Code, note.Text("text")).ShouldBe((201, "市民下午三点后在家"), note.ToString());
        (await api.Operator.Post($"{Requests}/{id}/notes", new { text = " 市民下午三点后在家 " }, key)).Id.ShouldBe(note.Id);
        (await api.Supervisor.Post($"{Requests}/{id}/notes", new { text = "已催" })).Code.ShouldBe(201);
        var notes = (await api.Operator.Get($"{Requests}/{id}/notes")).Items;
        notes.Select(n => n["text"]!.ToString()).ShouldBe(["市民下午三点后在家", "已催"]);
        notes[0]["id"]!.ToString().ShouldBe(note.Text("id"));
        (await api.Operator.Get($"{Requests}/{id}/timeline")).Items.Select(i => i["text"]!.ToString())
            .ShouldContain("备注：市民下午三点后在家");
        (await api.Probe.Hears<RequestNoted>(n => n.NoteId == note.Id)).RequestId.ShouldBe(id);
        (await api.Operator.Get($"{Requests}/{id}")).ETag.ShouldBe("\"1\"", "the request is as it was");

        (await api.Operator.Post($"{Requests}/{id}/notes", new { text = new string('长', 2001) })).Faults.ShouldBe(["text"]);
        (await api.Operator.Post($"{Requests}/{Guid.NewGuid()}/notes", new { text = "a" })).Code.ShouldBe(404);
        (await api.Operator.Get($"{Requests}/{Guid.NewGuid()}/notes")).Code.ShouldBe(404);
        (await api.Operator.Get($"{Requests}/{id}/notes/{Guid.NewGuid()}")).Code.ShouldBe(404);
        (await api.As(Roles.Cti).Get($"{Requests}/{id}/notes")).Code.ShouldBe(403);
    }

    [Fact]
    public async Task Whom_a_note_mentions_is_told_until_it_is_read_wherever_the_request_stands()
    {
        var (id, me, other) = (await A_request("14500008031"), Guid.NewGuid(), Guid.NewGuid());
        Client As(Guid person) => api.With(Tokens.For(Roles.Operator, subject: person.ToString(),
            more: (Revocations.SessionClaim, Guid.NewGuid().ToString())));
        async Task<string[]> Unread(Guid person) =>
            [.. (await As(person).Get("/api/intake/notifications?unread=true")).Items.Select(n => n["text"]!.ToString())];
        (await As(me).Post($"{Requests}/{id}/notes", new { text = "@小王 请回电", mentions = new[] { me, other, other } })).Code.ShouldBe(201);
        (await Unread(other)).ShouldBe(["备注里提到了您，请查看"]);
        (await Unread(me)).ShouldBeEmpty();
        (await api.Probe.Hears<PersonNotified>(n => n.Person == other.ToString())).ShouldNotBeNull();
        (await api.Operator.Post($"{Requests}/{id}/cancel", new { reason = "不要了" })).Code.ShouldBe(200);
        (await Unread(other)).Length.ShouldBe(1);
        (await As(me).Post($"{Requests}/{id}/notes",
            new { text = "a", mentions = Enumerable.Range(0, 21).Select(_ => Guid.NewGuid()) })).Faults.ShouldBe(["mentions"]);
    }

    [Fact]
    public async Task Related_are_those_of_the_same_phone_and_of_the_same_service_at_the_same_address_masked()
    {
        var of = await A_request("14500008021", "外滩花园 3 幢 502");
        var phone = await A_request("14500008021", "别处", "locks.open-lock");
        var place = await A_request("14500008022", "外滩花园3幢502");
        var both = await A_request("14500008021", "外滩花园3幢502");
        var old = await A_request("14500008021");
        await api.Scalar<int>("with aged as (update requests set registered_at = now() - interval '100 days' "
            + $"where id = '{old}' returning 1) select count(*)::int from aged");
        await A_request("14500008023", "外滩花园3幢502-1"); // a longer address
        await A_request("14500008024", "外滩花园3幢502", "locks.open-lock"); // another service
        await A_request("14500008025", "外滩花园3幢502", area: "330381002"); // another place

        var related = (await api.Operator.Get($"{Requests}/{of}/related")).Items;
        related.Select(r => (Guid.Parse(r["request"]!["id"]!.ToString()), r["samePhone"]!.GetValue<bool>(),
            r["samePlace"]!.GetValue<bool>())).ShouldBe([(both, true, true), (place, false, true), (phone, true, false)]);
        related[0]["request"]!["address"]!.ToString().ShouldBe("****");
        (await api.As(Roles.Cti).Get($"{Requests}/{of}/related")).Code.ShouldBe(403);
        (await api.Operator.Get($"{Requests}/{Guid.NewGuid()}/related")).Code.ShouldBe(404);
    }

    [Fact]
    public async Task Callers_without_a_number_are_not_the_same_person()
    {
        var (one, other) = (await A_request("anonymous", "甲处"), await A_request("anonymous", "乙处"));
        (await api.Operator.Get($"{Requests}/{one}/related")).Items.Select(r => r["request"]!["id"]!.ToString())
            .ShouldNotContain(other.ToString());
    }
}
