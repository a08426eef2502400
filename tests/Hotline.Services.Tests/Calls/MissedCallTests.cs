using System.Text.Json.Nodes;
using Hotline.ServiceDefaults;

namespace Hotline.Services.Tests.Calls;

/// <summary>Callers who hung up before a person answered are owed one call a day.</summary>
public sealed class MissedCallTests(IntakeApi api) : IClassFixture<IntakeApi>
{
    private readonly Pbx _pbx = new(api);

    private static string Id() => Guid.NewGuid().ToString("N");

    private async Task<JsonNode[]> Owed(string status = "open") =>
        (await api.Operator.Get($"/api/calls/missed?status={status}&limit=200")).Items;

    private async Task<JsonNode?> Owed_to(string from, string status = "open")
    {
        var call = (await api.Operator.Get($"/api/calls?phone={from}&limit=1")).Items[0]["id"]!.ToString();
        return (await Owed(status)).SingleOrDefault(m => m["callId"]!.ToString() == call);
    }

    [Fact]
    public async Task Who_tried_three_times_is_owed_one_call_and_oldest_come_first()
    {
        await _pbx.Played(Id(), "14500040001", null, ago: 300);
        await _pbx.Played(Id(), "14500040002", null, ago: 200);
        await _pbx.Played(Id(), "14500040001", null, ago: 100);
        await _pbx.Played(Id(), "anonymous", null, ago: 50);
        var owed = await Owed();
        var (first, second) = ((await Owed_to("14500040001"))!, (await Owed_to("14500040002"))!);
        (first["times"]!.GetValue<int>(), second["times"]!.GetValue<int>()).ShouldBe((2, 1));
        first["callerNumber"]!.ToString().ShouldBe("145****0001");
        var order = owed.Select(m => m["id"]!.ToString()).ToList();
        order.IndexOf(first["id"]!.ToString()).ShouldBeLessThan(order.IndexOf(second["id"]!.ToString()));
        owed.Select(m => m["firstAt"]!.GetValue<DateTimeOffset>()).ShouldBeInOrder();
        owed.ShouldNotContain(m => m["callerNumber"] != null && m["callerNumber"]!.ToString() == "anonymous");
    }

    [Fact]
    public async Task Who_called_again_and_was_answered_drops_out_and_who_is_missed_again_comes_back()
    {
        await _pbx.Played(Id(), "14500040003", null, ago: 300);
        (await Owed_to("14500040003")).ShouldNotBeNull();
        var missed = (await Owed_to("14500040003"))!["id"]!.ToString();
        await _pbx.Played(Id(), "14500040003", "1001", talk: 30, ago: 100);
        (await Owed()).ShouldNotContain(m => m["id"]!.ToString() == missed);
        (await Owed("answered")).ShouldContain(m => m["id"]!.ToString() == missed);
        await _pbx.Played(Id(), "14500040003", null, ago: 10);
        (await Owed()).ShouldContain(m => m["id"]!.ToString() == missed);
    }

    /// <summary>What was told late must not leave a task for a call that was answered.</summary>
    [Fact]
    public async Task A_call_of_which_the_end_came_before_the_answer_owes_nobody_anything()
    {
        var call = Id();
        await _pbx.Tells(_pbx.Event(call, "rang", 60, "14500040004"), _pbx.Event(call, "ended", 10));
        (await Owed_to("14500040004")).ShouldNotBeNull();
        await _pbx.Tells(_pbx.Event(call, "answered", 50, seat: "1001"));
        (await Owed_to("14500040004")).ShouldBeNull();
        (await Owed_to("14500040004", "answered")).ShouldBeNull();
    }

    [Fact]
    public async Task One_claims_sees_the_number_and_says_what_came_of_it()
    {
        await _pbx.Played(Id(), "14500040005", null, ago: 20);
        var missed = (await Owed_to("14500040005"))!["id"]!.ToString();
        var (one, other) = (api.As(Roles.Operator, subject: "one"), api.As(Roles.Operator, subject: "other"));
        var claimed = await one.Post($"/api/calls/missed/{missed}/claim");
        (claimed.Text("status"), claimed.Text("callerNumber"), claimed.Text("claimedBy")).ShouldBe(("claimed", "14500040005", "one"));
        (await one.Post($"/api/calls/missed/{missed}/claim")).Code.ShouldBe(200);
        var refused = await other.Post($"/api/calls/missed/{missed}/claim");
        (refused.Code, refused.Text("code")).ShouldBe((409, "missed.claimed"));
        refused.Text("title").ShouldContain("one");
        (await other.Post($"/api/calls/missed/{missed}/done", new { outcome = "answered" })).Code.ShouldBe(409);
        (await one.Post($"/api/calls/missed/{missed}/done", new { outcome = "maybe" })).Faults.ShouldBe(["outcome"]);
        (await one.Post($"/api/calls/missed/{missed}/done", new { outcome = "noAnswer" })).Text("outcome").ShouldBe("noAnswer");
        (await one.Post($"/api/calls/missed/{missed}/done", new { outcome = "answered" })).Text("code").ShouldBe("missed.over");
        var call = claimed.Text("callId");
        (await api.Supervisor.Get("/api/intake/access-log?limit=200")).Items
            .ShouldContain(e => e["details"] != null && e["details"]!.ToString() == call && e["actor"]!.ToString() == "one");
        (await api.Operator.Get("/api/calls/missed/export")).Code.ShouldBe(200);
    }
}
