using Hotline.ServiceDefaults;

namespace Hotline.Services.Tests.Calls;

/// <summary>A small telephone system that speaks the form of Zammad and sipgate.io.</summary>
public sealed class CtiTests(IntakeApi api) : IClassFixture<IntakeApi>
{
    private const string Path = "/api/calls/cti";
    private readonly Client _pbx = api.With(Tokens.For(Roles.Cti, more: ("pbx", "sipgate")));

    private async Task<Answer> Form(params (string Name, string Value)[] fields)
    {
        var answer = await _pbx.Send(HttpMethod.Post, Path,
            new FormUrlEncodedContent(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value))));
        answer.Code.ShouldBe(200, answer.ToString());
        return answer;
    }

    private async Task<System.Text.Json.Nodes.JsonNode> Call(string phone) =>
        (await api.Operator.Get($"/api/calls?phone={phone}")).Items.ShouldHaveSingleItem();

    [Fact]
    public async Task A_call_comes_in_is_answered_and_ends_as_a_form_or_as_JSON_told_twice_once()
    {
        for (var i = 0; i < 2; i++)
            await Form(("event", "newCall"), ("from", "14500090001"), ("to", "81890"), ("direction", "in"), ("callId", "z1"),
                ("user[]", "Alice"), ("queue", "pool"));
        await _pbx.Post(Path, new { @event = "answer", callId = "z1", user = new[] { "Alice" }, answeringNumber = "6001" });
        await Form(("event", "hangup"), ("callId", "z1"), ("cause", "normalClearing"));
        await Form(("event", "hangup"), ("callId", "z1"), ("cause", "normalClearing"));
        var calls = await api.Operator.Get("/api/calls?number=81890");
        var call = calls.Items.ShouldHaveSingleItem();
        (call["outcome"]!.ToString(), call["seat"]!.ToString(), call["state"]!.ToString()).ShouldBe(("answered", "6001", "ended"));
        (await api.Count("call_events where linked_id = 'z1'")).ShouldBe(3);
    }

    /// <summary>sipgate 106: a call sent on to the mailbox was counted twice.</summary>
    [Fact]
    public async Task A_call_that_is_sent_on_is_one_and_a_mailbox_is_no_person()
    {
        await Form(("event", "newCall"), ("from", "14500090002"), ("to", "12345"), ("direction", "in"), ("callId", "z2"));
        await Form(("event", "answer"), ("callId", "z2"), ("answeringNumber", "6002"));
        await Form(("event", "hangup"), ("callId", "z2"), ("cause", "forwarded"));
        await Form(("event", "newCall"), ("from", "14500090002"), ("to", "12345"), ("direction", "in"), ("callId", "z3"),
            ("origCallId", "z2"));
        await Form(("event", "answer"), ("callId", "z3"), ("answeringNumber", "6003"));
        (await Call("14500090002"))["seat"]!.ToString().ShouldBe("6003");
        await Form(("event", "hangup"), ("callId", "z3"), ("cause", "normalClearing"));
        (await Call("14500090002"))["state"]!.ToString().ShouldBe("ended");

        await Form(("event", "newCall"), ("from", "14500090003"), ("to", "12345"), ("direction", "in"), ("callId", "z4"));
        await Form(("event", "answer"), ("callId", "z4"), ("user", "voicemail"));
        await Form(("event", "hangup"), ("callId", "z4"), ("cause", "normalClearing"));
        (await Call("14500090003"))["outcome"]!.ToString().ShouldBe("abandoned");
    }

    [Fact]
    public async Task A_blocked_caller_is_answered_reject_and_what_is_no_event_is_named()
    {
        await api.Supervisor.Post("/api/calls/blocked", new { phone = "14500090004", reason = "骚扰" });
        (await Form(("event", "newCall"), ("from", "14500090004"), ("to", "12345"), ("callId", "z5"))).Text("action").ShouldBe("reject");
        (await Form(("event", "newCall"), ("from", "14500090005"), ("to", "12345"), ("callId", "z6"))).Body["action"].ShouldBeNull();
        (await _pbx.Post(Path, new { @event = "dance", callId = "z7" })).Faults.ShouldBe(["event"]);
        (await _pbx.Post(Path, new { @event = "newCall" })).Faults.ShouldBe(["callId"]);
        (await _pbx.Raw(Path, "[]")).Code.ShouldBe(400);
        (await api.Operator.Post(Path, new { @event = "newCall", callId = "z8" })).Code.ShouldBe(403);
    }
}
