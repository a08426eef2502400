using Hotline.Contracts.Intake;
using Hotline.ServiceDefaults;

namespace Hotline.Services.Tests.Calls;

/// <summary>Seats: who sits where, what rings there, and who may say so.</summary>
public sealed class SeatApiTests(SeatApiTests.Api api) : IClassFixture<SeatApiTests.Api>
{
    /// <summary>Intake whose seats write down for a moment only.</summary>
    public sealed class Api() : IntakeApi(("Calls:WrapUp", "00:00:02"));

    private readonly Pbx _pbx = new(api);

    private static string Id() => Guid.NewGuid().ToString("N");

    private Client Person(string name) => api.As(Roles.Operator, subject: name);

    [Fact]
    public async Task An_extension_belongs_to_one_person_at_a_time()
    {
        var (one, other) = (Person("li"), Person("wang"));
        (await one.Get("/api/seats/me")).Text("state").ShouldBe("offline");
        (await one.Post("/api/seats/me/state", new { state = "ready" })).Text("code").ShouldBe("seat.none");
        (await one.Put("/api/seats/me", new { extension = "号码" })).Faults.ShouldBe(["extension"]);
        (await one.Put("/api/seats/me", new { extension = "2001" })).Text("state").ShouldBe("ready");
        (await one.Put("/api/seats/me", new { extension = "2001" })).Code.ShouldBe(200);
        var taken = await other.Put("/api/seats/me", new { extension = "2001" });
        (taken.Code, taken.Text("code")).ShouldBe((409, "seat.extension-taken"));
        (await one.Delete("/api/seats/me")).Code.ShouldBe(204);
        (await other.Put("/api/seats/me", new { extension = "2001" })).Code.ShouldBe(200);
        (await api.Supervisor.Get("/api/seats")).Items
            .ShouldContain(s => s["extension"]!.ToString() == "2001" && s["id"]!.ToString() == "wang");
        (await one.Get("/api/seats")).Code.ShouldBe(403);
    }

    [Fact]
    public async Task Two_who_want_an_extension_at_the_same_moment_do_not_both_get_it()
    {
        var people = Enumerable.Range(0, 8).Select(i => Person($"crowd-{i}").Put("/api/seats/me", new { extension = "2002" }));
        var answers = await Task.WhenAll(people);
        answers.Count(a => a.Code == 200).ShouldBe(1);
        answers.Where(a => a.Code != 200).ShouldAllBe(a => a.Code == 409 && a.Text("code") == "seat.extension-taken");
    }

    [Fact]
    public async Task The_seat_that_rings_is_told_alone_then_speaks_writes_down_and_is_ready_by_itself()
    {
        var (sits, beside) = (Person("chen"), Person("lin"));
        await sits.Put("/api/seats/me", new { extension = "2003" });
        await beside.Put("/api/seats/me", new { extension = "2004" });
        var call = Id();
        await _pbx.Tells(_pbx.Event(call, "rang", 2, "14500050001"), _pbx.Event(call, "offered", 1, seat: "2003"));
        var seat = await sits.Get("/api/seats/me");
        seat.Text("state").ShouldBe("ringing");
        var rings = Guid.Parse(seat.Text("callId"));
        await api.Probe.Hears<SeatChanged>(e => e.Person == "chen" && e.CallId == rings);
        (await beside.Get("/api/seats/me")).Text("state").ShouldBe("ready");
        await _pbx.Tells(_pbx.Event(call, "answered", seat: "2003"));
        (await sits.Get("/api/seats/me")).Text("state").ShouldBe("talking");
        var shown = await sits.Get($"/api/calls/{rings}");
        (shown.Text("state"), shown.Text("operator"), shown.Text("seat")).ShouldBe(("talking", "chen", "2003"));
        (await sits.Get("/api/calls?mine=true&active=true")).Items.Length.ShouldBe(1);
        await _pbx.Tells(_pbx.Event(call, "ended"));
        var after = await sits.Get("/api/seats/me");
        (after.Text("state"), after["callId"]).ShouldBe(("wrapUp", null));
        await Wait.Until(async () => (await sits.Get("/api/seats/me")).Text("state") == "ready", "the seat ready again");
        (await api.Scalar<long>("select count(*) from seat_spells where person = 'chen' and to_at is null")).ShouldBe(1);
        (await api.Scalar<string>("select string_agg(state, ',' order by id) from seat_spells where person = 'chen'"))
            .ShouldBe("ready,ringing,talking,wrapUp,ready");
    }

    /// <summary>zammad 2177: everybody got the pop-up, and it stayed.</summary>
    [Fact]
    public async Task A_ring_that_stops_is_withdrawn_and_moves_on()
    {
        var (first, second) = (Person("zhao"), Person("qian"));
        await first.Put("/api/seats/me", new { extension = "2005" });
        await second.Put("/api/seats/me", new { extension = "2006" });
        var call = Id();
        await _pbx.Tells(_pbx.Event(call, "rang", 9, "14500050002"), _pbx.Event(call, "offered", 8, seat: "2005"));
        (await first.Get("/api/seats/me")).Text("state").ShouldBe("ringing");
        await _pbx.Tells(_pbx.Event(call, "noAnswer", 2, seat: "2005"), _pbx.Event(call, "offered", 1, seat: "2006"));
        var seat = await first.Get("/api/seats/me");
        (seat.Text("state"), seat["callId"]).ShouldBe(("ready", null));
        (await second.Get("/api/seats/me")).Text("state").ShouldBe("ringing");
        await api.Probe.Hears<SeatChanged>(e => e.Person == "zhao" && e.CallId == null);
    }

    [Fact]
    public async Task Busy_has_a_reason_and_states_that_follow_from_calls_cannot_be_chosen()
    {
        var one = Person("sun");
        await one.Put("/api/seats/me", new { extension = "2007" });
        (await one.Post("/api/seats/me/state", new { state = "busy" })).Faults.ShouldBe(["reason"]);
        var busy = await one.Post("/api/seats/me/state", new { state = "busy", reason = "午餐" });
        (busy.Text("state"), busy.Text("reason")).ShouldBe(("busy", "午餐"));
        (await one.Post("/api/seats/me/state", new { state = "asleep" })).Faults.ShouldBe(["state"]);
        foreach (var state in (string[])["talking", "ringing", "offline", "wrapUp"])
        {
            var refused = await one.Post("/api/seats/me/state", new { state });
            (refused.Code, refused.Text("code")).ShouldBe((409, "seat.state"), state);
        }
        (await one.Post("/api/seats/me/state", new { state = "ready" })).Text("state").ShouldBe("ready");
    }

    [Fact]
    public async Task A_supervisor_forces_a_state_and_the_spell_says_who()
    {
        var one = Person("zhou");
        await one.Put("/api/seats/me", new { extension = "2008" });
        (await one.Post("/api/seats/zhou/state", new { state = "offline" })).Code.ShouldBe(403);
        (await api.Supervisor.Post("/api/seats/nobody/state", new { state = "offline" })).Code.ShouldBe(404);
        (await api.Supervisor.Post("/api/seats/zhou/state", new { state = "busy", reason = "设备检修" })).Text("state").ShouldBe("busy");
        (await api.Scalar<string>("select by from seat_spells where person = 'zhou' and state = 'busy'")).ShouldBe("supervisor");
        (await api.Supervisor.Post("/api/seats/zhou/state", new { state = "wrapUp" })).Text("code").ShouldBe("seat.state");
        (await api.Supervisor.Post("/api/seats/zhou/state", new { state = "offline" })).Text("state").ShouldBe("offline");
        (await one.Get("/api/seats/me")).Text("state").ShouldBe("offline");
    }

    [Fact]
    public async Task A_telephone_that_cannot_be_rung_is_told()
    {
        var one = Person("wu");
        await one.Put("/api/seats/me", new { extension = "2009" });
        object State(string cause) =>
            new { eventId = Id(), at = DateTimeOffset.UtcNow, type = "seatState", seat = "2009", cause };
        await _pbx.Tells(State("unreachable"));
        (await one.Get("/api/seats/me"))["reachable"]!.GetValue<bool>().ShouldBeFalse();
        await _pbx.Tells(State("reachable"));
        (await one.Get("/api/seats/me"))["reachable"]!.GetValue<bool>().ShouldBeTrue();
    }
}
