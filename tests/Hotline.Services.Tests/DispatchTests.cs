using Hotline.Contracts.Dispatch;
using Hotline.ServiceDefaults;

namespace Hotline.Services.Tests;

public sealed class DispatchTests(DispatchApi api) : IClassFixture<DispatchApi>
{
    private const string Orders = "/api/dispatch/orders", Own = "/api/vendor/orders";

    [Fact]
    public async Task A_vendor_sees_phone_and_address_from_acceptance_to_closure_only()
    {
        var (id, vendor, _) = await api.An_order();
        async Task<string> Phone() => (await api.Vendor(vendor).Get($"{Own}/{id}")).Body["citizen"]!["phone"]!.ToString();
        (await Phone()).ShouldBe("145****0001");
        (await api.Vendor(vendor).Get(Own)).Items.Single().ToJsonString().ShouldNotContain(Facts.Phone);
        foreach (var action in (string[])["accept", "contact", "quote"])
        {
            (await api.Vendor(vendor).Post($"{Own}/{id}/{action}", DispatchApi.Body(action))).Code.ShouldBe(200);
            (await Phone()).ShouldBe(Facts.Phone);
        }
        await api.Operator.Post($"{Orders}/{id}/quote/accept");
        await api.Vendor(vendor).Post($"{Own}/{id}/arrive");
        var done = await api.Vendor(vendor).Post($"{Own}/{id}/complete", DispatchApi.Body("complete"));
        (done.Code, done.Text("status")).ShouldBe((200, "completed"));
        (await Phone()).ShouldBe("145****0001");
        (await api.Vendor(vendor).Get($"{Own}/{id}")).Body["citizen"]!["address"]!.ToString().ShouldBe("****");
        (await api.Probe.Hears<OrderCompleted>(o => o.OrderId == id)).FinalAmount.ShouldBe(120);
    }

    [Fact]
    public async Task Tries_of_one_acceptance_with_the_same_key_all_hear_that_it_was_accepted_however_they_overlap()
    {
        for (var round = 0; round < 5; round++)
        {
            var (id, vendor, _) = await api.An_order();
            var key = ("Idempotency-Key", Guid.NewGuid().ToString());
            var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => api.Vendor(vendor).Post($"{Own}/{id}/accept", null, key)));
            answers.ShouldAllBe(a => a.Code == 200 && a.Text("status") == "accepted");
            answers.Select(a => a.Body.ToJsonString()).Distinct().Count().ShouldBe(1);
        }
    }

    [Fact]
    public async Task Anothers_order_is_not_found_whatever_is_tried()
    {
        var (id, _, _) = await api.An_order();
        var other = api.Vendor(await api.A_vendor());
        (await other.Get($"{Own}/{id}")).Code.ShouldBe(404);
        foreach (var action in (string[])["accept", "reject", "contact", "quote", "appointment", "arrive", "complete"])
            (await other.Post($"{Own}/{id}/{action}", DispatchApi.Body(action))).Code.ShouldBe(404, action);
        (await other.Get(Own)).Items.ShouldBeEmpty();
        (await api.Operator.Get($"{Orders}/{id}")).Text("status").ShouldBe("offered");
    }

    [Fact]
    public async Task Of_many_offers_at_once_one_becomes_the_open_order()
    {
        var request = await api.A_request();
        var vendors = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => api.A_vendor()));
        var answers = await Task.WhenAll(
            vendors.Select(v => api.Operator.Post(Orders, new { requestId = request.RequestId, vendorId = v.VendorId })));
        answers.Count(a => a.Code == 201).ShouldBe(1);
        answers.Where(a => a.Code != 201).ShouldAllBe(a => a.Code == 409 && a.Text("code") == "order.request-taken");
        (await api.Count($"orders where request_id = '{request.RequestId}'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_declined_quote_frees_the_request_for_another_vendor()
    {
        var (id, _, request) = await api.An_order("accept", "contact", "quote");
        (await api.Operator.Post($"{Orders}/{id}/quote/decline", new { reason = "太贵" })).Text("status").ShouldBe("declined");
        await api.Probe.Hears<QuoteDeclined>(q => q.OrderId == id && q.Amount == 120);
        var other = await api.A_vendor();
        (await api.Operator.Post(Orders, new { requestId = request.RequestId, vendorId = other.VendorId })).Code.ShouldBe(201);
    }

    [Fact]
    public async Task A_completed_request_is_not_offered_again()
    {
        var (_, _, request) = await api.An_order("accept", "contact", "quote", "agree", "appointment", "arrive", "complete");
        var other = await api.A_vendor();
        (await api.Operator.Post(Orders, new { requestId = request.RequestId, vendorId = other.VendorId })).Text("code")
            .ShouldBe("order.request-taken");
    }

    [Fact]
    public async Task An_offer_that_nobody_answers_expires_and_frees_the_request()
    {
        var (id, vendor, request) = await api.An_order();
        await Pass(id, "offer_expires_at");
        await api.Until(id, "expired");
        await api.Probe.Hears<OfferExpired>(o => o.OrderId == id);
        (await api.Vendor(vendor).Post($"{Own}/{id}/accept")).Code.ShouldBe(409);
        (await api.Operator.Post(Orders, new { requestId = request.RequestId, vendorId = vendor.VendorId })).Code.ShouldBe(201);
        api.Probe.Heard<OfferExpired>().Count(o => o.OrderId == id).ShouldBe(1);
    }

    [Fact]
    public async Task A_citizen_who_is_not_phoned_in_time_shows_as_overdue_once()
    {
        var (id, vendor, _) = await api.An_order("accept");
        await Pass(id, "contact_by");
        await api.Probe.Hears<ContactOverdue>(o => o.OrderId == id);
        (await api.Operator.Get($"{Orders}?overdue=true&vendorId={vendor.VendorId}")).Items.Single()["id"]!.ToString()
            .ShouldBe(id.ToString());
        (await api.Vendor(vendor).Post($"{Own}/{id}/contact")).Code.ShouldBe(200);
        (await api.Probe.Hears<CitizenContacted>(o => o.OrderId == id)).Late.ShouldBeTrue();
        api.Probe.Heard<ContactOverdue>().Count(o => o.OrderId == id).ShouldBe(1);
    }

    [Fact]
    public async Task A_suspension_withdraws_offers_within_2_seconds_and_lets_running_work_finish()
    {
        var (offered, vendor, _) = await api.An_order();
        var running = await api.A_request();
        var accepted = (await api.Operator.Post(Orders, new { requestId = running.RequestId, vendorId = vendor.VendorId })).Id;
        await api.Vendor(vendor).Post($"{Own}/{accepted}/accept");
        await api.Probe.Tell(Facts.Standing(vendor, "suspended"));
        await Wait.Until(async () => (await api.Operator.Get($"{Orders}/{offered}")).Text("status") == "withdrawn", "the offer withdrawn",
            TimeSpan.FromSeconds(2));
        (await api.Vendor(vendor).Post($"{Own}/{offered}/accept")).Text("code").ShouldBe("vendor.suspended");
        (await api.Vendor(vendor).Post($"{Own}/{accepted}/contact")).Code.ShouldBe(200);
        var request = await api.A_request();
        var refused = await api.Operator.Post(Orders, new { requestId = request.RequestId, vendorId = vendor.VendorId });
        (refused.Code, refused.Text("code"), refused.Text("currentStatus")).ShouldBe((409, "vendor.suspended", "suspended"));
    }

    [Fact]
    public async Task A_termination_takes_every_open_order_back_and_closes_the_door()
    {
        var (id, vendor, _) = await api.An_order("accept", "contact");
        await api.Probe.Tell(Facts.Standing(vendor, "terminated"));
        await api.Until(id, "withdrawn");
        await api.Probe.Hears<OrderUnfulfilled>(o => o.OrderId == id);
        var refused = await api.Vendor(vendor).Get(Own);
        (refused.Code, refused.Text("code")).ShouldBe((403, "vendor.terminated"));
    }

    [Fact]
    public async Task A_cancelled_request_ends_its_order_and_cannot_be_offered_even_if_the_cancellation_arrives_first()
    {
        var (id, vendor, request) = await api.An_order("accept");
        await api.Probe.Tell(Facts.Cancelled(request.RequestId));
        await api.Until(id, "cancelled");
        (await api.Operator.Get($"{Orders}/{id}")).Text("endReason").ShouldBe("市民取消工单");
        var late = Facts.Request();
        await api.Probe.Tell(Facts.Cancelled(late.RequestId));
        await Wait.Until(async () => await api.Count($"requests where request_id = '{late.RequestId}'") == 1, "the cancellation");
        await api.Probe.Tell(late);
        await Wait.Until(async () => await api.Count($"requests where request_id = '{late.RequestId}' and registered") == 1,
            "the registration");
        (await api.Operator.Post(Orders, new { requestId = late.RequestId, vendorId = vendor.VendorId })).Text("code")
            .ShouldBe("order.request-cancelled");
    }

    [Theory]
    [InlineData("duplicate", "工单重复登记")]
    [InlineData("noVendor", "未找到合适企业，工单结束")]
    public async Task An_order_ends_for_the_reason_for_which_its_request_was_cancelled(string cause, string reason)
    {
        var (id, _, request) = await api.An_order("accept");
        await api.Probe.Tell(Facts.Cancelled(request.RequestId, cause));
        await api.Until(id, "cancelled");
        (await api.Operator.Get($"{Orders}/{id}")).Text("endReason").ShouldBe(reason);
        (await api.Probe.Hears<OrderCancelled>(o => o.OrderId == id)).Reason.ShouldBe(reason);
        api.Probe.Heard<OrderUnfulfilled>().ShouldNotContain(o => o.OrderId == id);
    }

    [Fact]
    public async Task When_vendor_and_operator_act_at_the_same_moment_one_of_them_is_told_so()
    {
        for (var round = 0; round < 5; round++)
        {
            var (id, vendor, _) = await api.An_order();
            var answers = await Task.WhenAll(api.Vendor(vendor).Post($"{Own}/{id}/accept"),
                api.Vendor(vendor).Post($"{Own}/{id}/reject", new { reason = "忙" }));
            answers.Select(a => a.Code).Order().ShouldBe([200, 409]);
            (await api.Operator.Get($"{Orders}/{id}")).Text("version").ShouldBe("2");
        }
    }

    [Fact]
    public async Task An_older_version_is_refused_and_the_current_one_passes()
    {
        var (id, vendor, _) = await api.An_order();
        (await api.Vendor(vendor).Post($"{Own}/{id}/accept", null, ("If-Match", "\"9\""))).Text("code").ShouldBe("version.stale");
        var accepted = await api.Vendor(vendor).Post($"{Own}/{id}/accept", null, ("If-Match", "\"1\""));
        (accepted.Code, accepted.ETag).ShouldBe((200, "\"2\""));
    }

    [Fact]
    public async Task An_action_that_the_state_forbids_names_the_state_and_changes_nothing()
    {
        var (id, vendor, _) = await api.An_order("accept");
        var refused = await api.Vendor(vendor).Post($"{Own}/{id}/complete", DispatchApi.Body("complete"));
        (refused.Code, refused.Text("code"), refused.Text("currentStatus")).ShouldBe((409, "order.not-arrived", "accepted"));
        (await api.Operator.Post($"{Orders}/{id}/quote/accept")).Text("code").ShouldBe("order.not-quoted");
        (await api.Operator.Get($"{Orders}/{id}")).Text("version").ShouldBe("2");
    }

    [Theory]
    [InlineData("quote", """{"amount":-1}""", "amount")]
    [InlineData("quote", """{"amount":0}""", "amount")]
    [InlineData("quote", """{"amount":99999999}""", "amount")]
    [InlineData("quote", """{"amount":12.345}""", "amount")]
    [InlineData("quote", "{}", "amount")]
    [InlineData("appointment", """{"startsAt":"2020-01-01T08:00:00Z","endsAt":"2020-01-01T09:00:00Z"}""", "startsAt")]
    [InlineData("appointment", """{"startsAt":"2020-01-01T08:00:00Z","endsAt":"2019-01-01T09:00:00Z"}""", "endsAt startsAt")]
    [InlineData("appointment", """{"startsAt":"2120-01-01T08:00:00Z","endsAt":"2120-01-01T09:00:00Z"}""", "startsAt")]
    [InlineData("complete", """{"finalAmount":-5,"summary":"","warrantyDays":-1}""", "finalAmount summary warrantyDays")]
    [InlineData("reject", """{"reason":" "}""", "reason")]
    public async Task A_faulty_order_action_names_its_fields_and_changes_nothing(string action, string body, string fields)
    {
        var (id, vendor, _) = await api.An_order("accept", "contact");
        var answer = await api.Vendor(vendor).Raw($"{Own}/{id}/{action}", body);
        answer.Code.ShouldBe(400);
        answer.Faults.ShouldBe(fields.Split(' '));
        (await api.Operator.Get($"{Orders}/{id}")).Text("version").ShouldBe("3");
    }

    [Fact]
    public async Task Unknown_requests_and_vendors_are_named_with_404()
    {
        var vendor = await api.A_vendor();
        var answer = await api.Operator.Post(Orders, new { requestId = Guid.NewGuid(), vendorId = vendor.VendorId });
        (answer.Code, answer.Faults[0]).ShouldBe((404, "requestId"));
        (await api.Operator.Post(Orders, new { })).Faults.ShouldBe(["requestId", "vendorId"]);
        (await api.Operator.Get($"{Orders}/{Guid.NewGuid()}")).Code.ShouldBe(404);
        (await api.Operator.Get($"{Orders}?status=lost")).Faults.ShouldBe(["status"]);
    }

    [Fact]
    public async Task Orders_are_found_by_status_open_or_final()
    {
        var (accepted, vendor, _) = await api.An_order("accept");
        var rejected = (await api.Operator.Post(Orders,
            new { requestId = (await api.A_request()).RequestId, vendorId = vendor.VendorId })).Id;
        (await api.Vendor(vendor).Post($"{Own}/{rejected}/reject", DispatchApi.Body("reject"))).Code.ShouldBe(200);
        async Task<Guid[]> Found(string status) => [.. (await api.Operator
            .Get($"{Orders}?status={status}&vendorId={vendor.VendorId}")).Items.Select(i => Guid.Parse(i["id"]!.ToString()))];
        (await Found("open")).ShouldBe([accepted]);
        (await Found("accepted")).ShouldBe([accepted]);
        (await Found("rejected")).ShouldBe([rejected]);
        (await Found("ended")).ShouldBe([rejected]);
        (await Found("completed")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_happens_before_the_end_of_an_order_leaves_the_indexes_alone()
    {
        var (id, _, _) = await api.An_order();
        (await api.LeavesIndexesAlone("orders", "status = 'accepted', accepted_at = now(), contact_by = now(), version = version + 1", id))
            .ShouldBeTrue();
        (await api.LeavesIndexesAlone("orders", "status = 'rejected', version = version + 1", id)).ShouldBeFalse();
    }

    [Fact]
    public async Task Operators_and_vendors_each_have_their_own_side()
    {
        var (id, vendor, _) = await api.An_order();
        (await api.Vendor(vendor).Get($"{Orders}/{id}")).Code.ShouldBe(403);
        (await api.Operator.Get($"{Own}/{id}")).Code.ShouldBe(403);
        (await api.As(Roles.Vendor).Get(Own)).Code.ShouldBe(403, "a vendor's token without a vendor");
    }

    // deadlines are rows: time passes by moving them
    private async Task Pass(Guid order, string deadline)
    {
        await using var command = api.Database
            .CreateCommand($"update orders set {deadline} = now() - interval '1 second' where id = '{order}'");
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_list_of_orders_says_what_is_wanted_where_and_how_the_vendor_can_be_reached()
    {
        var (id, vendor, request) = await api.An_order("accept");
        var listed = (await api.Operator.Get($"/api/dispatch/orders?requestId={request.RequestId}")).Items.Single();
        string[] said = [.. new[] { "areaCode", "description", "urgency", "vendorPhone" }.Select(field => listed[field]!.ToString())];
        said.ShouldBe([request.AreaCode, request.Description, request.Urgency, vendor.Phone]);
        (await api.Operator.Get($"/api/dispatch/orders/{id}")).Body.AsObject().ContainsKey("vendorPhone").ShouldBeFalse();
    }

    [Fact]
    public async Task A_phone_that_an_earlier_release_did_not_keep_is_taken_when_the_vendor_is_told_again()
    {
        var (_, vendor, request) = await api.An_order();
        await api.Scalar<int>($"with old as (update vendors set phone = null where vendor_id = '{vendor.VendorId}' returning 1) "
            + "select count(*)::int from old");
        await api.Probe.Tell(vendor with { Phone = "057765001234" });
        await Wait.Until(async () => (await api.Operator.Get($"/api/dispatch/orders?requestId={request.RequestId}")).Items.Single()
            ["vendorPhone"]?.ToString() == "057765001234", "the phone known");
    }
}
