namespace Hotline.EndToEnd.Tests;

public sealed class StoryTests(Platform platform)
{
    [Fact]
    public async Task A_blocked_drain_from_the_call_to_the_evaluated_vendor()
    {
        var op = platform.Operator;

        // the operator types a word and picks the area: vendors appear, best first
        var match = await op.Get($"/api/vendors/match?q={Uri.EscapeDataString("疏通")}&area=330381001&limit=10");
        match.Body["category"]!["name"]!.ToString().ShouldBe("管道疏通");
        match.Items.ShouldNotBeEmpty();
        var vendorId = Guid.Parse(match.Items[0]["vendorId"]!.ToString());

        var life = new Lifecycle(op);
        var request = await life.Register(Platform.Request("疏通"));
        var before = await platform.Supervisor.Get($"/api/evaluation/vendors/{vendorId}");

        // straight after each answer, with no pause: what one service just said, the next one knows
        var vendor = await platform.Vendor(vendorId);
        var order = await life.Offer(request.Id, vendorId, vendor);
        await order.Accept();
        (await vendor.Get($"/api/vendor/orders/{order.Id}")).Body["citizen"]!["phone"]!.ToString().ShouldBe("14500000001");
        await order.Contact("已电话沟通");
        await order.Quote(120, "含人工");
        await order.AcceptQuote();
        await order.Arrive();
        await order.Complete(120, "管道已疏通,讲明维护事项");

        // the hotline calls back after every service
        var followUp = await Wait.For(async () => await life.FollowUps(request.Id, "open") is [var due] ? due["id"]!.ToString() : null,
            "the callback");
        await life.CompleteFollowUp(Guid.Parse(followUp), CitizensAnswers.Content(comment: "师傅有耐心"));

        // the score has changed, and the vendor reads what was said
        await Wait.Until(async () => (await platform.Supervisor.Get($"/api/evaluation/vendors/{vendorId}")) is var card
            && card.Body["counts"]!["callbacks"]!.GetValue<int>() == before.Body["counts"]!["callbacks"]!.GetValue<int>() + 1
            && card.Body["score"]!.GetValue<double>() > before.Body["score"]!.GetValue<double>(), "the score raised");
        (await vendor.Get("/api/vendor/feedback")).Items[0]["comment"]!.ToString().ShouldBe("师傅有耐心");
        await Wait.Until(async () => (await vendor.Get("/api/vendor/me")).Body["score"] is not null, "the vendor's score");

        // the timeline tells it in order, across all services
        var timeline = await Wait.For(async () => await op.Get($"/api/intake/requests/{request.Id}/timeline") is { Items.Length: 10 } whole
            ? whole : null, "the whole timeline");
        timeline.Items.Select(i => i["kind"]!.ToString()).ShouldBe(["requestRegistered", "orderOffered", "orderAccepted",
            "citizenContacted", "quoteProposed", "quoteAccepted",
            "vendorArrived", "orderCompleted", "followUpScheduled", "followUpCompleted"]);
        (await op.Get($"/api/intake/requests/{request.Id}")).Text("status").ShouldBe("closed");
    }

    [Fact]
    public async Task A_new_vendor_works_minutes_after_its_application()
    {
        var id = await platform.A_vendor("新加盟测试店", "house.drilling");
        var vendor = await platform.Vendor(id);
        var request = await platform.Operator.Post("/api/intake/requests", Platform.Request("打孔"));
        var order = await platform.Operator.Post("/api/dispatch/orders", new { requestId = request.Id, vendorId = id });
        order.Code.ShouldBe(201, order.ToString());
        (await vendor.Post($"/api/vendor/orders/{order.Id}/accept")).Code.ShouldBe(200);
    }

    [Fact]
    public async Task A_suspension_reaches_matches_and_open_offers_within_2_seconds()
    {
        var id = await platform.A_vendor("将被暂停的测试店", "digital.data-recovery");
        var request = await platform.Operator.Post("/api/intake/requests", Platform.Request("数据恢复"));
        var order = await platform.Operator.Post("/api/dispatch/orders", new { requestId = request.Id, vendorId = id });
        var started = DateTimeOffset.UtcNow;
        var sanction = await platform.Supervisor.Post("/api/evaluation/sanctions",
            new { vendorId = id, kind = "suspension", reason = "投诉属实" });
        sanction.Code.ShouldBe(201, sanction.ToString());
        await Wait.Until(async () => (await platform.Operator.Get($"/api/dispatch/orders/{order.Id}")).Text("status") == "withdrawn",
            "the offer withdrawn", TimeSpan.FromSeconds(10));
        await Wait.Until(async () =>
            (await platform.Operator.Get("/api/vendors/match?category=digital.data-recovery&area=330381001&limit=50"))
                .Items.All(i => i["vendorId"]!.ToString() != id.ToString()), "gone from matches", TimeSpan.FromSeconds(10));
        (DateTimeOffset.UtcNow - started).ShouldBeLessThan(TimeSpan.FromSeconds(2), "the promise at rest");
        await Wait.Until(async () => (await platform.Operator.Get($"/api/intake/requests/{request.Id}")).Text("status") == "registered",
            "the request free again");
    }
}
