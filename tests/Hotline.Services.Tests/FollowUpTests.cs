using Hotline.Contracts.Dispatch;
using Hotline.Contracts.FollowUp;
using Hotline.ServiceDefaults;

namespace Hotline.Services.Tests;

public sealed class FollowUpTests(FollowUpApi api) : IClassFixture<FollowUpApi>
{
    private const string FollowUps = "/api/follow-ups";
    private readonly Guid _vendor = Guid.CreateVersion7();

    private static object Content(object? complaint = null) => new
    {
        satisfaction = complaint is null ? 5 : 1,
        resolved = complaint is null,
        punctual = true,
        priceAsQuoted = true,
        comment = "师傅有耐心",
        complaint,
    };

    private async Task<Guid> Due(Guid? order = null, Guid? messageId = null)
    {
        var request = Facts.Request();
        await api.Probe.Tell(request);
        var completed = new OrderCompleted(order ?? Guid.CreateVersion7(), request.RequestId, _vendor, 7, request.Number, "疏通店",
            "drains.unclog-drain", 120, 120, "好了", 30, "店", DateTimeOffset.UtcNow);
        await api.Probe.Tell(completed, messageId);
        await api.Probe.Hears<FollowUpScheduled>(f => f.OrderId == completed.OrderId);
        var due = await Wait.For(async () => (await api.Operator.Get($"{FollowUps}?requestId={request.RequestId}")).Items is [var item]
            && item["citizen"] is not null ? item : null, "the callback with whom to call");
        due["citizen"]!["phone"]!.ToString().ShouldBe("145****0001");
        return Guid.Parse(due["id"]!.ToString());
    }

    [Fact]
    public async Task A_completed_service_is_due_for_one_callback_even_if_told_twice()
    {
        var (order, message) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Due(order, message);
        await api.Probe.Tell(new OrderCompleted(order, Guid.CreateVersion7(), _vendor, 7, "RA", "店", "drains.unclog-drain", 1, 1, "好", 0,
            "店", DateTimeOffset.UtcNow), message);
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
            "declined" => new QuoteDeclined(Guid.CreateVersion7(), request.RequestId, _vendor, 5, request.Number, "店",
                "drains.unclog-drain", 500, "太贵", "op", DateTimeOffset.UtcNow),
            "unfulfilled" => new OrderUnfulfilled(Guid.CreateVersion7(), request.RequestId, _vendor, 5, request.Number, "店",
                "drains.unclog-drain", "没来", DateTimeOffset.UtcNow),
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
        var answers = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(i => api.As(Roles.Operator, subject: $"op{i}").Post($"{FollowUps}/{id}/claim")));
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
        foreach (var (outcome, status) in ((string, string)[])[("noAnswer", "waiting"), ("wrongNumber", "waiting"),
            ("noAnswer", "unreachable")])
        {
            (await api.Operator.Post($"{FollowUps}/{id}/claim")).Code.ShouldBe(200);
            (await api.Operator.Post($"{FollowUps}/{id}/attempts", new { outcome })).Text("status").ShouldBe(status);
            await Pass(id);
        }
        (await api.Probe.Hears<FollowUpUnreachable>(f => f.FollowUpId == id)).Attempts.ShouldBe(3);
    }

    [Fact]
    public async Task Between_two_tries_nobody_has_it_it_does_not_count_as_due_and_cannot_be_claimed()
    {
        var id = await Due();
        var request = (await api.Operator.Get($"{FollowUps}/{id}")).Text("requestId");
        async Task<string> Listed() => string.Join(' ', await Task.WhenAll(((string[])["open", "waiting", "claimed"]).Select(async status =>
            (await api.Operator.Get($"{FollowUps}?status={status}&requestId={request}")).Items is [var only]
                ? only["status"]!.ToString() : "-")));
        async Task<int> Waiting() => (await api.Operator.Get($"{FollowUps}/figures")).Body["waiting"]!.GetValue<int>();
        (await Listed()).ShouldBe("open - -");
        var due = await Waiting();
        await api.Operator.Post($"{FollowUps}/{id}/claim");
        (await Listed()).ShouldBe("- - claimed");
        var tried = await api.Operator.Post($"{FollowUps}/{id}/attempts", new { outcome = "noAnswer" });
        (tried.Text("status"), tried.Body["claimedBy"], tried.Text("attempts")).ShouldBe(("waiting", null, "1"));
        (await Listed()).ShouldBe("- waiting -");
        (await Waiting()).ShouldBe(due - 1);
        var again = DateTimeOffset.Parse(tried.Text("dueAt"), System.Globalization.CultureInfo.InvariantCulture);
        (again - DateTimeOffset.UtcNow).ShouldBeInRange(TimeSpan.FromMinutes(29), TimeSpan.FromMinutes(30));
        var refused = await api.Operator.Post($"{FollowUps}/{id}/claim");
        (refused.Code, refused.Text("code"), refused.Text("currentStatus")).ShouldBe((409, "follow-up.not-due", "waiting"));
        refused.Body["errors"]!["dueAt"]![0]!.ToString()
            .ShouldBe(again.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        await Pass(id);
        (await Listed()).ShouldBe("open - -");
        (await api.As(Roles.Operator, subject: "another").Post($"{FollowUps}/{id}/claim")).Code.ShouldBe(200);
    }

    [Fact]
    public async Task A_callback_is_given_back_or_put_off_to_when_the_citizen_asks_for_it()
    {
        var (id, now) = (await Due(), DateTimeOffset.UtcNow);
        (await api.Operator.Post($"{FollowUps}/{id}/release")).Text("code").ShouldBe("follow-up.not-claimed");
        await api.Operator.Post($"{FollowUps}/{id}/claim");
        (await api.As(Roles.Operator, subject: "another").Post($"{FollowUps}/{id}/release")).Text("code").ShouldBe("follow-up.claimed");
        var released = await api.Operator.Post($"{FollowUps}/{id}/release");
        (released.Code, released.Text("status"), released.Text("attempts")).ShouldBe((200, "open", "0"));
        await api.Operator.Post($"{FollowUps}/{id}/claim");
        foreach (var (again, faults) in ((object, string)[])[
            (new { at = now.AddMinutes(-1) }, "again.at"), (new { at = now.AddDays(8) }, "again.at"), (new { }, "again.at"),
            (new { at = (string?)null }, "again.at")])
            (await api.Operator.Post($"{FollowUps}/{id}/attempts", new { outcome = "busy", again })).Faults.ShouldBe([faults]);
        (await api.Operator.Post($"{FollowUps}/{id}/attempts",
            new { outcome = "refused", again = new { at = now.AddDays(1) } })).Faults.ShouldBe(["again"]);
        var later = await api.Operator.Post($"{FollowUps}/{id}/attempts", new { outcome = "busy", again = new { at = now.AddDays(6) } });
        (later.Code, later.Text("status"), later.Text("attempts")).ShouldBe((200, "waiting", "1"));
        (DateTimeOffset.Parse(later.Text("dueAt"), System.Globalization.CultureInfo.InvariantCulture) - now).TotalDays.ShouldBe(6, 0.001);
    }

    [Fact]
    public async Task A_callback_is_put_off_without_having_called_and_is_due_again_then()
    {
        var (id, now) = (await Due(), DateTimeOffset.UtcNow);
        await api.Operator.Post($"{FollowUps}/{id}/claim");
        foreach (var again in (object[])[new { at = now.AddMinutes(-1) }, new { at = now.AddDays(8) }, new { }])
            (await api.Operator.Post($"{FollowUps}/{id}/release", new { again })).Faults.ShouldBe(["again.at"]);
        var later = await api.Operator.Post($"{FollowUps}/{id}/release", new { again = new { at = now.AddHours(2) } });
        (later.Code, later.Text("status"), later.Text("attempts"), later.Body["claimedBy"]).ShouldBe((200, "waiting", "0", null));
        var told = await api.Probe.Hears<FollowUpPostponed>(f => f.FollowUpId == id);
        (told.Until - now).TotalHours.ShouldBe(2, 0.001);
        (await api.Operator.Post($"{FollowUps}/{id}/claim")).Text("code").ShouldBe("follow-up.not-due");
        await Pass(id);
        (await api.As(Roles.Operator, subject: "another").Post($"{FollowUps}/{id}/claim")).Code.ShouldBe(200);
    }

    [Fact]
    public async Task A_callback_knows_who_tried_it_and_out_of_how_many_times()
    {
        var id = await Due();
        (await api.Operator.Get($"{FollowUps}/settings")).Body.ToJsonString()
            .ShouldBe("""{"maxAttempts":3,"tryAgainAfterSeconds":1800}""");
        await api.Operator.Post($"{FollowUps}/{id}/claim");
        await api.Operator.Post($"{FollowUps}/{id}/attempts", new { outcome = "busy" });
        await Pass(id);
        var another = api.As(Roles.Operator, subject: "another");
        await another.Post($"{FollowUps}/{id}/claim");
        await another.Post($"{FollowUps}/{id}/attempts", new { outcome = "noAnswer" });
        var tried = (await api.Operator.Get($"{FollowUps}/{id}")).Body["tried"]!.AsArray();
        tried.Select(t => t!["outcome"]!.ToString()).ShouldBe(["busy", "noAnswer"]);
        tried[1]!["by"]!.ToString().ShouldNotBe(tried[0]!["by"]!.ToString());
        (DateTimeOffset.UtcNow - tried[1]!["at"]!.GetValue<DateTimeOffset>()).ShouldBeLessThan(TimeSpan.FromMinutes(1));
    }

    /// <summary>Mine, due, later and done today are lists of their own, each counted, in pages without gaps.</summary>
    [Fact]
    public async Task An_operator_s_views_are_listed_counted_and_paged()
    {
        var me = api.As(Roles.Operator, subject: $"views-{Guid.NewGuid():N}");
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Due()));
        async Task<Guid[]> Listed(string view, int limit = 3)
        {
            var (found, cursor) = (new List<Guid>(), "");
            do
            {
                var page = await me.Get($"{FollowUps}?{view}&limit={limit}{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}");
                page.Code.ShouldBe(200, page.ToString());
                found.AddRange(page.Items.Select(i => Guid.Parse(i["id"]!.ToString())));
                cursor = page.Body["nextCursor"]?.ToString() ?? "";
            } while (cursor.Length > 0);
            return [.. found.Where(ids.Contains)];
        }
        var before = (await me.Get($"{FollowUps}/figures")).Body;
        // the first is due last
        await me.Post($"{FollowUps}/{ids[0]}/claim");
        await me.Post($"{FollowUps}/{ids[0]}/attempts", new { outcome = "busy" });
        await Pass(ids[0]);
        var later = ids[1..4].Select((id, i) => (id, DateTimeOffset.UtcNow.AddHours(3 - i))).ToArray();
        foreach (var (id, at) in later)
        {
            await me.Post($"{FollowUps}/{id}/claim");
            await me.Post($"{FollowUps}/{id}/release", new { again = new { at } });
        }
        await me.Post($"{FollowUps}/{ids[4]}/claim");
        foreach (var id in ids[5..7])
        {
            await me.Post($"{FollowUps}/{id}/claim");
            await me.Post($"{FollowUps}/{id}/complete", Content());
        }
        await me.Post($"{FollowUps}/{ids[7]}/claim");
        await me.Post($"{FollowUps}/{ids[7]}/attempts", new { outcome = "refused" });

        (await Listed("status=open&sort=due")).ShouldBe([ids[0]]);
        (await Listed("status=waiting&sort=due")).ShouldBe([ids[3], ids[2], ids[1]]);
        (await Listed("claimedBy=me&sort=due")).ShouldBe([ids[4]]);
        (await Listed("status=ended&sort=ended&endedFrom=" + Today())).ShouldBe([ids[7], ids[6], ids[5]]);
        (await Listed("status=ended&sort=ended&endedFrom=2099-01-01")).ShouldBeEmpty();
        (await api.As(Roles.Operator, subject: "nobody").Get($"{FollowUps}?claimedBy=me")).Items.ShouldBeEmpty();
        var now = (await me.Get($"{FollowUps}/figures")).Body;
        int Change(string count) => now[count]!.GetValue<int>() - before[count]!.GetValue<int>();
        (Change("mine"), Change("later"), Change("endedToday"), Change("waiting")).ShouldBe((1, 3, 3, -7));
        (now["nextDueAt"]!.GetValue<DateTimeOffset>() - DateTimeOffset.UtcNow).ShouldBeLessThan(TimeSpan.FromMinutes(31));
        (await me.Get($"{FollowUps}?sort=size&claimedBy=you&endedFrom=soon")).Faults.ShouldBe(["claimedBy", "endedFrom", "sort"],
            ignoreOrder: true);
        var cursor = (await me.Get($"{FollowUps}?sort=due&limit=1")).Text("nextCursor");
        (await me.Get($"{FollowUps}?cursor={cursor}")).Faults.ShouldBe(["cursor"], "that of another order");
    }

    private static string Today() => Wire.LocalTime.ToLocalDay(DateTimeOffset.UtcNow)
        .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task Of_many_outcomes_of_a_request_at_once_one_callback_is_made_about_the_last()
    {
        for (var round = 0; round < 5; round++)
        {
            var request = Facts.Request();
            await api.Probe.Tell(request);
            var orders = Enumerable.Range(0, 6).Select(_ => Guid.CreateVersion7()).ToArray();
            var now = DateTimeOffset.UtcNow;
            object[] ends =
            [
                .. orders[..4].Select((order, i) => new QuoteDeclined(order, request.RequestId, _vendor, 5, request.Number, $"店{i}",
                    "drains.unclog-drain", 500, "太贵", "op", now, i + 1)),
                new OrderUnfulfilled(orders[4], request.RequestId, _vendor, 5, request.Number, "店4", "drains.unclog-drain", "没来", now, 5),
                new OrderCompleted(orders[5], request.RequestId, _vendor, 7, request.Number, "店5", "drains.unclog-drain", 120,
                    120, "好了", 30, "店", now, 6),
            ];
            await Task.WhenAll(ends.OrderBy(_ => Random.Shared.Next()).Select(end => api.Probe.Tell(end)));
            var callback = await Wait.For(
                async () => (await api.Operator.Get($"{FollowUps}?requestId={request.RequestId}")).Items is [var only]
                && only["earlier"]!.AsArray().Count == 5 ? only : null, "one callback that knows all six");
            (callback["kind"]!.ToString(), callback["orderId"]!.ToString(), callback["vendorName"]!.ToString())
                .ShouldBe(("service", orders[5].ToString(), "店5"));
            callback["earlier"]!.AsArray().Select(e => e!["orderId"]!.ToString()).Order()
                .ShouldBe(orders[..5].Select(o => o.ToString()).Order());
        }
        (await api.Count("(select request_id from follow_ups where final_status is null group by request_id having count(*) > 1) as twice"))
            .ShouldBe(0);
    }

    [Fact]
    public async Task Who_asks_about_what_is_past_claims_the_callback_anew()
    {
        var request = Facts.Request();
        await api.Probe.Tell(request);
        var (first, second, now) = (Guid.CreateVersion7(), Guid.CreateVersion7(), DateTimeOffset.UtcNow);
        await api.Probe.Tell(new QuoteDeclined(first, request.RequestId, _vendor, 5, request.Number, "甲", "drains.unclog-drain",
            500, "太贵", "op", now, 1));
        var id = (await api.Probe.Hears<FollowUpScheduled>(f => f.OrderId == first)).FollowUpId;
        (await api.Operator.Post($"{FollowUps}/{id}/claim")).Text("kind").ShouldBe("declined");
        await api.Probe.Tell(new OrderCompleted(second, request.RequestId, _vendor, 7, request.Number, "乙", "drains.unclog-drain", 120, 120,
            "好了", 30, "店", now, 2));
        (await api.Probe.Hears<FollowUpScheduled>(f => f.OrderId == second)).FollowUpId.ShouldBe(id);
        (await api.Operator.Post($"{FollowUps}/{id}/complete", Content())).Text("code").ShouldBe("follow-up.not-claimed");
        var claimed = await api.Operator.Post($"{FollowUps}/{id}/claim");
        (claimed.Text("kind"), claimed.Body["earlier"]![0]!["kind"]!.ToString(), claimed.Body["earlier"]![0]!["vendorName"]!.ToString())
            .ShouldBe(("service", "declined", "甲"));
        (await api.Operator.Post($"{FollowUps}/{id}/complete", Content())).Code.ShouldBe(200);
        (await api.Probe.Hears<FollowUpCompleted>(f => f.FollowUpId == id)).OrderId.ShouldBe(second);
    }

    // the time to try again is a row: it passes by moving it
    private async Task Pass(Guid id)
    {
        await using var command = api.Database
            .CreateCommand($"update follow_ups set due_at = now() - interval '1 second' where id = '{id}'");
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task What_the_citizen_said_reaches_the_vendor_and_no_other()
    {
        var id = await Due();
        var request = (await api.Operator.Get($"{FollowUps}/{id}")).Text("requestId");
        async Task<string> Listed() =>
            string.Join(' ', await Task.WhenAll(((string[])["open", "claimed", "completed", "unreachable"]).Select(async status =>
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
