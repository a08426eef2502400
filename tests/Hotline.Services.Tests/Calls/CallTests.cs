using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hotline.Services.Tests.Calls;

/// <summary>Calls as the desk sees them, and what people make of them.</summary>
public sealed class CallTests(IntakeApi api) : IClassFixture<IntakeApi>
{
    private readonly Pbx _pbx = new(api);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Id() => Guid.NewGuid().ToString("N");

    private async Task<Guid> A_call(string from, string? seat = null)
    {
        await _pbx.Played(Id(), from, seat);
        return Guid.Parse((await _pbx.Call(from))["id"]!.ToString());
    }

    [Fact]
    public async Task Numbers_are_masked_in_lists_shown_in_full_to_who_opens_one_and_that_is_noted_once()
    {
        var call = await A_call("14500020001");
        (await _pbx.Call("14500020001"))["callerNumber"]!.ToString().ShouldBe("145****0001");
        for (var i = 0; i < 2; i++) (await api.Operator.Get($"/api/calls/{call}")).Text("callerNumber").ShouldBe("14500020001");
        var looks = (await api.Supervisor.Get("/api/intake/access-log?limit=200")).Items
            .Where(e => e["details"]?.ToString() == call.ToString());
        looks.ShouldHaveSingleItem()["action"]!.ToString().ShouldBe("call");
        (await api.Scalar<long>("select count(*) from calls where numbers like '%0020001%'")).ShouldBe(0);
        (await api.Scalar<long>("select count(*) from call_events where numbers like '%0020001%'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_list_is_narrowed_by_state_number_outcome_and_time()
    {
        await _pbx.Tells(_pbx.Event(Id(), "rang", from: "14500020002", to: "12345"));
        var active = await api.Operator.Get("/api/calls?active=true&phone=14500020002&number=12345");
        active.Items.ShouldHaveSingleItem()["state"]!.ToString().ShouldBe("ringing");
        (await api.Operator.Get("/api/calls?active=false&phone=14500020002")).Items.ShouldBeEmpty();
        (await api.Operator.Get("/api/calls?phone=14500020002&from=2100-01-01")).Items.ShouldBeEmpty();
        (await api.Operator.Get("/api/calls?phone=14500020002&outcome=abandoned")).Items.ShouldBeEmpty();
        (await api.Operator.Get("/api/calls?outcome=gone")).Faults.ShouldBe(["outcome"]);
        (await api.Operator.Get("/api/calls?phone=14500020002&count=true")).Number("total").ShouldBe(1);
        (await api.Operator.Get("/api/calls/export?phone=14500020002")).Code.ShouldBe(200);
    }

    [Fact]
    public async Task A_request_of_the_caller_is_linked_and_anothers_only_when_it_is_meant()
    {
        var call = await A_call("14500020003");
        var (own, others) = (await api.A_request("14500020003"), await api.A_request("14500020004"));
        (await api.Operator.Post($"/api/calls/{call}/request", new { requestId = own })).Body["requestIds"]!.AsArray().Count.ShouldBe(1);
        var refused = await api.Operator.Post($"/api/calls/{call}/request", new { requestId = others });
        (refused.Code, refused.Text("code")).ShouldBe((409, "call.other-caller"));
        (await api.Operator.Post($"/api/calls/{call}/request", new { requestId = others, otherCaller = true })).Code.ShouldBe(200);
        (await api.Operator.Post($"/api/calls/{call}/request", new { requestId = own })).Code.ShouldBe(200);
        (await api.Operator.Get($"/api/calls/{call}")).Body["requestIds"]!.AsArray().Count.ShouldBe(2);
        (await api.Operator.Get($"/api/calls?requestId={own}")).Items.ShouldHaveSingleItem()["id"]!.ToString().ShouldBe($"{call}");
        (await api.Operator.Post($"/api/calls/{call}/request", new { requestId = Guid.NewGuid() })).Code.ShouldBe(404);
        (await api.Operator.Post($"/api/calls/{call}/request", new { })).Faults.ShouldBe(["requestId"]);
    }

    [Fact]
    public async Task A_request_registered_with_its_call_is_linked_at_once()
    {
        var call = await A_call("14500020005", "1001");
        var input = JsonSerializer.SerializeToNode(IntakeApi.Input("14500020005"), JsonSerializerOptions.Web)!.AsObject();
        input["callId"] = Guid.NewGuid().ToString();
        var before = await api.Count("requests");
        (await api.Operator.Post("/api/intake/requests", input)).Faults.ShouldBe(["callId"]);
        (await api.Count("requests")).ShouldBe(before);
        input["callId"] = call.ToString();
        var request = (await api.Operator.Post("/api/intake/requests", input)).Id;
        (await api.Operator.Get($"/api/calls/{call}")).Body["requestIds"]![0]!.ToString().ShouldBe($"{request}");
    }

    [Fact]
    public async Task What_a_call_without_a_request_was_is_said_once_in_a_version()
    {
        var call = await A_call("14500020006");
        var tag = (await api.Operator.Get($"/api/calls/{call}")).ETag!;
        (await api.Operator.Post($"/api/calls/{call}/dispose", new { kind = "joke" })).Faults.ShouldBe(["kind"]);
        var disposed = await api.Operator.Post($"/api/calls/{call}/dispose", new { kind = "wrongNumber", note = "找邮局" }, ("If-Match", tag));
        (disposed.Text("kind"), disposed.Text("note"), disposed.Text("disposedBy")).ShouldBe(("wrongNumber", "找邮局", "operator"));
        (await api.Operator.Post($"/api/calls/{call}/dispose", new { kind = "test" }, ("If-Match", tag))).Code.ShouldBe(412);
        (await api.Operator.Get($"/api/calls/{Guid.NewGuid()}")).Code.ShouldBe(404);
    }

    /// <summary>zammad 1478: no hang-up ever came; people can close a call, and it counts as no talk.</summary>
    [Fact]
    public async Task A_call_whose_end_was_never_told_is_closed_by_hand()
    {
        var id = Id();
        await _pbx.Tells(_pbx.Event(id, "rang", 600, "14500020007"), _pbx.Event(id, "answered", 590, seat: "1002"));
        var call = (await _pbx.Call("14500020007"))["id"]!.ToString();
        (await api.Operator.Post($"/api/calls/{call}/close", new { reason = "" })).Faults.ShouldBe(["reason"]);
        var closed = await api.Operator.Post($"/api/calls/{call}/close", new { reason = "电话系统重启" });
        (closed.Text("state"), closed.Text("outcome"), closed["talkSeconds"]).ShouldBe(("ended", "lost", null));
        var again = await api.Operator.Post($"/api/calls/{call}/close", new { reason = "再关一次" });
        (again.Code, again.Text("code")).ShouldBe((409, "call.ended"));
        await _pbx.Tells(_pbx.Event(id, "ended"));
        (await api.Operator.Get($"/api/calls/{call}")).Text("outcome").ShouldBe("lost");
    }

    [Fact]
    public async Task Who_called_is_forgotten_with_the_request_that_came_of_it_and_calls_with_their_time()
    {
        var call = await A_call("14500020008");
        var request = await api.A_request("14500020008");
        await api.Operator.Post($"/api/calls/{call}/request", new { requestId = request });
        await api.Operator.Post($"/api/intake/requests/{request}/cancel", new { reason = "不需要了" });
        await using (var age = api.Database.CreateCommand(
            $"update requests set registered_at = now() - interval '3 years' where id = '{request}'"))
            await age.ExecuteNonQueryAsync(Stop);
        await using (var scope = api.Services.CreateAsyncScope())
        {
            var calls = scope.ServiceProvider.GetRequiredService<Intake.Calls.CallStore>();
            calls.Erase(request);
            await scope.ServiceProvider.GetRequiredService<Messaging.Work>().Commit(Stop);
        }
        (await api.Operator.Get($"/api/calls/{call}"))["callerNumber"].ShouldBeNull();
        (await api.Operator.Get("/api/calls?phone=14500020008")).Items.ShouldBeEmpty();
        (await api.Scalar<long>($"select count(*) from call_events e join calls c using (pbx, linked_id) where c.id = '{call}' "
            + "and e.numbers is not null")).ShouldBe(0);

        var old = await A_call("14500020009");
        await using (var age = api.Database.CreateCommand($"""
            update calls set rang_at = rang_at - interval '3 years' where id = '{old}';
            update call_events e set received_at = received_at - interval '91 days' from calls c
            where c.id = '{old}' and e.linked_id = c.linked_id
            """)) await age.ExecuteNonQueryAsync(Stop);
        var told = await api.Count("call_events");
        await api.Services.GetServices<IHostedService>().OfType<Intake.Calls.CallRetention>().Single().Forget(Stop);
        (await api.Operator.Get($"/api/calls/{old}")).Code.ShouldBe(404);
        (await api.Count("call_events")).ShouldBe(told - 3);
    }
}
