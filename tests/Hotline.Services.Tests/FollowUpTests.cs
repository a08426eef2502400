using Hotline.Contracts.Dispatch;
using Hotline.Contracts.FollowUp;
using Hotline.ServiceDefaults;

namespace Hotline.Services.Tests;

public sealed class FollowUpTests(FollowUpApi api) : IClassFixture<FollowUpApi>
{
    private const string FollowUps = "/api/follow-ups";
    private readonly Guid _vendor = Guid.CreateVersion7();

    private static object Content(object? complaint = null) => new { satisfaction = complaint is null ? 5 : 1, resolved = complaint is null, punctual = true, priceAsQuoted = true, comment = "师傅有耐心", complaint };

    private async Task<Guid> Due(Guid? order = null, Guid? messageId = null)
    {
        var request = Facts.Request();
        await api.Probe.Tell(request);
        var completed = new OrderCompleted(order ?? Guid.CreateVersion7(), request.RequestId, _vendor, 7, request.Number, "疏通店", "drains.unclog-drain", 120, 120, "好了", 30, "店", DateTimeOffset.UtcNow);
        await api.Probe.Tell(completed, messageId);
        await api.Probe.Hears<FollowUpScheduled>(f => f.OrderId == completed.OrderId);
        var due = await Wait.For(async () => (await api.Operator.Get($"{FollowUps}?requestId={request.RequestId}")).Items is [var item] && item["citizen"] is not null ? item : null, "the callback with whom to call");
        due["citizen"]!["phone"]!.ToString().ShouldBe("145****0001");
        return Guid.Parse(due["id"]!.ToString());
    }

    [Fact]
    public async Task A_completed_service_is_due_for_one_callback_even_if_told_twice()
    {
        var (order, message) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Due(order, message);
        await api.Probe.Tell(new OrderCompleted(order, Guid.CreateVersion7(), _vendor, 7, "RA", "店", "drains.unclog-drain", 1, 1, "好", 0, "店", DateTimeOffset.UtcNow), message);
        await Due(); // behind it in the queue
        (await api.Count($"follow_ups where order_id = '{order}'")).ShouldBe(1);
    }

    [Theory]
    [InlineData("declined")]
    [InlineData("unfulfilled")]
    [InlineData("noVendor")]
    public async Task Declined_prices_and_services_not_delivered_are_followed_up_too(string what)
    {
        var request = Facts.Request();
        await api.Probe.Tell(request);
        await api.Probe.Tell(what switch
        {
            "declined" => new QuoteDeclined(Guid.CreateVersion7(), request.RequestId, _vendor, 5, request.Number, "店", "drains.unclog-drain", 500, "太贵", "op", DateTimeOffset.UtcNow),
            "unfulfilled" => new OrderUnfulfilled(Guid.CreateVersion7(), request.RequestId, _vendor, 5, request.Number, "店", "drains.unclog-drain", "没来", DateTimeOffset.UtcNow),
            _ => Facts.Cancelled(request.RequestId, "noVendor"),
        });
        var told = await api.Probe.Hears<FollowUpScheduled>(f => f.RequestId == request.RequestId);
        told.Kind.ShouldBe(what == "declined" ? "declined" : "unfulfilled");
        await api.Operator.Post($"{FollowUps}/{told.FollowUpId}/claim");
        (await api.Operator.Post($"{FollowUps}/{told.FollowUpId}/complete", new { satisfaction = 3, resolved = false })).Code.ShouldBe(200);
    }

    [Fact]
    public async Task A_citizen_who_simply_gave_up_is_not_called()
    {
        var request = Facts.Request();
        await api.Probe.Tell(Facts.Cancelled(request.RequestId));
        await Due(); // behind it in the queue
        (await api.Count($"follow_ups where request_id = '{request.RequestId}'")).ShouldBe(0);
    }

    [Fact]
    public async Task Of_many_operators_at_once_one_claims_it()
    {
        var id = await Due();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => api.As(Roles.Operator, subject: $"op{i}").Post($"{FollowUps}/{id}/claim")));
        answers.Count(a => a.Code == 200).ShouldBe(1);
        answers.Where(a => a.Code != 200).ShouldAllBe(a => a.Code == 409 && a.Text("code") == "follow-up.claimed");
        var loser = api.As(Roles.Operator, subject: $"op{Array.FindIndex(answers, a => a.Code == 409)}");
        (await loser.Post($"{FollowUps}/{id}/complete", Content())).Code.ShouldBe(409);
    }

    [Fact]
    public async Task After_three_attempts_the_citizen_is_unreachable()
    {
        var id = await Due();
        (await api.Operator.Post($"{FollowUps}/{id}/attempts", new { outcome = "busy" })).Text("code").ShouldBe("follow-up.not-claimed");
        await api.Operator.Post($"{FollowUps}/{id}/claim");
        (await api.Operator.Post($"{FollowUps}/{id}/attempts", new { outcome = "sleeping" })).Faults.ShouldBe(["outcome"]);
        (await api.Operator.Post($"{FollowUps}/{id}/attempts", new { outcome = "noAnswer" })).Text("status").ShouldBe("claimed");
        await api.Operator.Post($"{FollowUps}/{id}/attempts", new { outcome = "wrongNumber" });
        (await api.Operator.Post($"{FollowUps}/{id}/attempts", new { outcome = "noAnswer" })).Text("status").ShouldBe("unreachable");
        (await api.Probe.Hears<FollowUpUnreachable>(f => f.FollowUpId == id)).Attempts.ShouldBe(3);
    }

    [Fact]
    public async Task What_the_citizen_said_reaches_the_vendor_and_no_other()
    {
        var id = await Due();
        var request = (await api.Operator.Get($"{FollowUps}/{id}")).Text("requestId");
        async Task<string> Listed() => string.Join(' ', await Task.WhenAll(((string[])["open", "claimed", "completed", "unreachable"]).Select(async status =>
            (await api.Operator.Get($"{FollowUps}?status={status}&requestId={request}")).Items.Length == 1 ? status : "-")));
        (await Listed()).ShouldBe("open - - -");
        await api.Operator.Post($"{FollowUps}/{id}/claim");
        (await Listed()).ShouldBe("- claimed - -");
        var done = await api.Operator.Post($"{FollowUps}/{id}/complete", Content(new { description = "没修好" }));
        (done.Code, done.Text("status")).ShouldBe((200, "completed"));
        (await Listed()).ShouldBe("- - completed -");
        (await api.Probe.Hears<ComplaintRaised>(c => c.FollowUpId == id)).Description.ShouldBe("没修好");
        var own = (await api.As(Roles.Vendor, _vendor).Get("/api/vendor/feedback")).Items.Single();
        (own["satisfaction"]!.ToString(), own["complaint"]!.ToString()).ShouldBe(("1", "没修好"));
        own.ToJsonString().ShouldNotContain("14500000001");
        (await api.As(Roles.Vendor, Guid.CreateVersion7()).Get("/api/vendor/feedback")).Items.ShouldBeEmpty();
        (await api.Operator.Post($"{FollowUps}/{id}/complete", Content())).Text("code").ShouldBe("follow-up.closed");
    }

    [Theory]
    [InlineData("{}", "resolved satisfaction")]
    [InlineData("""{"satisfaction":6,"resolved":true}""", "satisfaction")]
    [InlineData("""{"satisfaction":5,"resolved":true}""", "priceAsQuoted punctual")]
    [InlineData("""{"satisfaction":5,"resolved":true,"punctual":true,"priceAsQuoted":true,"complaint":{}}""", "complaint.description")]
    public async Task An_incomplete_questionnaire_is_named(string body, string fields)
    {
        var id = await Due();
        await api.Operator.Post($"{FollowUps}/{id}/claim");
        var answer = await api.Operator.Raw($"{FollowUps}/{id}/complete", body);
        (answer.Code, string.Join(' ', answer.Faults)).ShouldBe((400, fields));
        (await api.Operator.Get($"{FollowUps}/{id}")).Text("status").ShouldBe("claimed");
    }
}
