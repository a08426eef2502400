using System.Net.ServerSentEvents;
using System.Text.Json;
using Hotline.ServiceDefaults;

namespace Hotline.Services.Tests.Calls;

/// <summary>What is asked of a telephone system that listens, and what comes of it.</summary>
public sealed class CommandTests(IntakeApi api) : IClassFixture<IntakeApi>
{
    private readonly Pbx _pbx = new(api, "pbx-9");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private sealed record Heard(string Id, string Kind, string? LinkedId, string? Seat, string? Target, string? To, string? Reason);

    /// <summary>A telephone system's stream; gives what is asked until the first that fits.</summary>
    private async Task<Heard> Hears(Func<Heard, bool> wanted, Func<Task> then, string? last = null, string? can = null)
    {
        using var http = api.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/calls/commands{(can is null ? "" : $"?can={can}")}");
        request.Headers.Authorization = new("Bearer", Tokens.For(Roles.Cti, more: ("pbx", "pbx-9")));
        if (last is not null) request.Headers.TryAddWithoutValidation("Last-Event-ID", last);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var asked = false;
        await foreach (var item in SseParser.Create(await answer.Content.ReadAsStreamAsync(patience.Token)).EnumerateAsync(patience.Token))
        {
            if (!asked) await then();
            asked = true;
            if (JsonSerializer.Deserialize<Heard>(item.Data, JsonSerializerOptions.Web) is { } heard && wanted(heard)) return heard;
        }
        throw new InvalidOperationException("The stream ended");
    }

    private async Task<Client> Sits(string person, string extension)
    {
        var client = api.As(Roles.Operator, subject: person);
        (await client.Put("/api/seats/me", new { extension })).Code.ShouldBe(200);
        return client;
    }

    [Fact]
    public async Task Nobody_listens_and_what_needs_a_telephone_system_says_so()
    {
        await api.Scalar<long>("with gone as (delete from pbx_connections returning 1) select count(*) from gone");
        var client = await Sits("alone", "5001");
        (await client.Post("/api/calls/dial", new { phone = "14500080001" })).Text("code").ShouldBe("pbx.cannot");
        (await client.Post("/api/calls/dial", new { })).Faults.ShouldBe(["phone"]);
        (await client.Post("/api/calls/dial", new { phone = "12" })).Faults.ShouldBe(["phone"]);
        (await api.As(Roles.Operator, subject: "nowhere").Post("/api/calls/dial", new { phone = "14500080001" })).Text("code")
            .ShouldBe("seat.none");
        await client.Post("/api/seats/me/state", new { state = "busy", reason = "午餐" });
        (await api.Count("pbx_commands where seat = '5001'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_citizen_is_dialled_the_call_is_linked_and_an_answer_ends_what_did_not_get_through()
    {
        var (client, request) = (await Sits("dials", "5002"), await api.A_request("14500080002"));
        Answer dialled = null!;
        var heard = await Hears(h => h.Kind == "dial" && h.Seat == "5002", async () =>
        {
            dialled = await client.Post("/api/calls/dial", new { requestId = request });
            dialled.Code.ShouldBe(202, dialled.ToString());
        });
        heard.To.ShouldBe("14500080002");
        var call = await client.Get($"/api/calls/{dialled.Text("callId")}");
        (call.Text("direction"), call.Text("state"), call.Text("operator"), call.Text("callerNumber"))
            .ShouldBe(("out", "offered", "dials", "14500080002"));
        call.Body["requestIds"]![0]!.ToString().ShouldBe($"{request}");
        (await client.Get("/api/seats/me")).Text("state").ShouldBe("ringing");
        (await client.Post("/api/calls/dial", new { phone = "14500080001" })).Text("code").ShouldBe("seat.in-call");
        (await api.Scalar<long>("select count(*) from pbx_commands where numbers like '%80002%'")).ShouldBe(0);

        (await _pbx.Client.Post($"/api/calls/commands/{heard.Id}/done", new { ok = false, cause = "busy" })).Code.ShouldBe(204);
        (await _pbx.Client.Post($"/api/calls/commands/{heard.Id}/done", new { ok = true })).Code.ShouldBe(204);
        call = await client.Get($"/api/calls/{dialled.Text("callId")}");
        (call.Text("state"), call.Text("outcome")).ShouldBe(("ended", "busy"));
        (await client.Get("/api/seats/me")).Text("state").ShouldBe("ready");
        (await _pbx.Client.Post($"/api/calls/commands/{Guid.NewGuid()}/done", new { ok = true })).Code.ShouldBe(404);
        (await _pbx.Client.Post($"/api/calls/commands/{heard.Id}/done", new { })).Faults.ShouldBe(["ok"]);
        // after a break it goes on with what comes after the last that was heard
        await Hears(h => h.Kind == "pause" && h.Seat == "5002" && h.Reason == "休息",
            () => client.Post("/api/seats/me/state", new { state = "busy", reason = "休息" }), heard.Id);
    }

    [Fact]
    public async Task A_call_is_hung_up_by_its_operator_or_a_supervisor_and_held_only_where_that_can_be()
    {
        var client = await Sits("speaks", "5003");
        var id = Guid.NewGuid().ToString("N");
        await _pbx.Tells(_pbx.Event(id, "rang", 9, "14500080003"), _pbx.Event(id, "answered", seat: "5003"));
        var call = (await _pbx.Call("14500080003"))["id"]!.ToString();
        var heard = await Hears(h => h.Kind == "hangup", async () =>
        {
            (await api.As(Roles.Operator, subject: "other").Post($"/api/calls/{call}/hangup")).Text("code").ShouldBe("call.not-yours");
            (await client.Post($"/api/calls/{call}/hold")).Text("code").ShouldBe("pbx.cannot");
            (await client.Post($"/api/calls/{call}/hangup")).Code.ShouldBe(202);
        });
        heard.LinkedId.ShouldBe(id);
        await Hears(h => h.Kind == "hold",
            async () => (await client.Post($"/api/calls/{call}/hold")).Code.ShouldBe(202), can: "hold,resume");

        // a supervisor listens from a seat, and that is noted
        await api.Supervisor.Put("/api/seats/me", new { extension = "5004" });
        var listens = await Hears(h => h.Kind == "listen", async () =>
            (await api.Supervisor.Post("/api/seats/speaks/listen")).Code.ShouldBe(202));
        (listens.Seat, listens.Target).ShouldBe(("5004", "5003"));
        (await api.Supervisor.Get("/api/intake/access-log?limit=200")).Items
            .ShouldContain(e => e["action"]!.ToString() == "listen" && e["details"]!.ToString() == call);
        await _pbx.Tells(_pbx.Event(id, "ended"));
        (await client.Post($"/api/calls/{call}/hangup")).Text("code").ShouldBe("call.ended");
        (await api.Supervisor.Post("/api/seats/speaks/join")).Text("code").ShouldBe("seat.not-talking");
    }

    [Fact]
    public async Task A_number_that_harasses_is_rejected_until_it_is_lifted()
    {
        (await api.Operator.Post("/api/calls/blocked", new { phone = "14500080009", reason = "骚扰" })).Code.ShouldBe(403);
        (await api.Supervisor.Post("/api/calls/blocked", new { phone = "x", reason = "", until = "2020-01-01T00:00:00Z" })).Faults
            .ShouldBe(["phone", "reason", "until"]);
        var blocked = await api.Supervisor.Post("/api/calls/blocked", new { phone = "145-0008-0009", reason = "一天打来三十次" });
        (blocked.Code, blocked.Text("number")).ShouldBe((201, "14500080009"));
        (await api.Supervisor.Post("/api/calls/blocked", new { phone = "14500080009", reason = "又来" })).Text("code")
            .ShouldBe("blocked.already");
        var id = Guid.NewGuid().ToString("N");
        var heard = await Hears(h => h.Kind == "reject", () => _pbx.Tells(_pbx.Event(id, "rang", from: "+8614500080009")));
        heard.LinkedId.ShouldBe(id);
        await _pbx.Tells(_pbx.Event(id, "ended", cause: "rejected"));
        (await _pbx.Call("14500080009"))["outcome"]!.ToString().ShouldBe("failed");
        (await api.Supervisor.Delete($"/api/calls/blocked/{blocked.Id}")).Code.ShouldBe(204);
        (await api.Supervisor.Get("/api/calls/blocked")).Items.ShouldBeEmpty();
        var again = Guid.NewGuid().ToString("N");
        await _pbx.Tells(_pbx.Event(again, "rang", from: "14500080009"));
        (await api.Count($"pbx_commands where kind = 'reject' and linked_id = '{again}'")).ShouldBe(0);
    }

    [Fact]
    public async Task Who_listens_says_which_telephone_system_it_is()
    {
        var any = api.As(Roles.Cti);
        (await any.Get("/api/calls/commands")).Faults.ShouldBe(["pbx"]);
        (await _pbx.Client.Get("/api/calls/commands?pbx=another")).Faults.ShouldBe(["pbx"]);
        (await _pbx.Client.Get("/api/calls/commands?can=sing")).Faults.ShouldBe(["can"]);
        (await api.Operator.Get("/api/calls/commands")).Code.ShouldBe(403);
    }
}
