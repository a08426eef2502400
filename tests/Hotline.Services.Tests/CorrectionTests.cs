using Hotline.Contracts.Dispatch;
using Hotline.Contracts.FollowUp;
using Hotline.Contracts.Intake;
using Hotline.ServiceDefaults;

namespace Hotline.Services.Tests;

/// <summary>A name, phone or place that was taken down wrongly is put right, everywhere.</summary>
public sealed class CorrectionTests(IntakeApi intake, DispatchApi dispatch, FollowUpApi followUp) :
    IClassFixture<IntakeApi>, IClassFixture<DispatchApi>, IClassFixture<FollowUpApi>
{
    private const string Requests = "/api/intake/requests";

    private static RequestCorrected Correction(RequestRegistered of, Citizen right, int version = 2, string area = "330381002") => new(
        of.RequestId, of.Number, version, null, null, ["phone", "address"], Keys.Personal.Seal(right), area, "听错了", "op",
        DateTimeOffset.UtcNow);

    [Fact]
    public async Task It_is_found_by_what_is_right_and_the_timeline_says_what_was_wrong_without_saying_what_is_right()
    {
        var id = await intake.A_request("14500007001");
        var corrected = await intake.Operator.Patch($"{Requests}/{id}", new
        {
            caller = new { name = "凌女士", phone = "145-0000-7002" },
            areaCode = "330381002",
            address = "虹桥南路9号",
            reason = "听错了",
        }, ("If-Match", "\"1\""));
        (corrected.Code, corrected.ETag, corrected.Text("areaCode")).ShouldBe((200, "\"2\"", "330381002"), corrected.ToString());
        corrected.Text("address").ShouldBe("****");

        var view = await intake.Operator.Get($"{Requests}/{id}");
        (view.Body["caller"]!["name"]!.ToString(), view.Body["caller"]!["phone"]!.ToString(), view.Text("address"))
            .ShouldBe(("凌女士", "14500007002", "虹桥南路9号"));
        foreach (var q in (string[])["虹桥南路", "凌女士", "7002"])
            (await intake.Operator.Get($"{Requests}?q={Uri.EscapeDataString(q)}")).Items.Select(i => i["id"]!.ToString())
                .ShouldContain(id.ToString(), q);
        (await intake.Operator.Get($"{Requests}?q={Uri.EscapeDataString("瑞安广场 7001")}")).Items.ShouldBeEmpty();
        (await intake.Operator.Get($"{Requests}?phone=14500007002")).Items.Length.ShouldBe(1);
        (await intake.Operator.Get($"{Requests}?phone=14500007001")).Items.ShouldBeEmpty();

        var told = await intake.Probe.Hears<RequestCorrected>(e => e.RequestId == id);
        (told.Version, told.AreaCode, Keys.Personal.Open(told.Citizen).Address).ShouldBe((2, "330381002", "虹桥南路9号"));
        (told.OrderId, told.VendorId).ShouldBe((null, null));
        var entry = (await intake.Operator.Get($"{Requests}/{id}/timeline")).Items.Single(i => i["kind"]!.ToString() == "requestCorrected");
        entry["text"]!.ToString().ShouldBe("更正姓名、电话、区域、地址：听错了");
        entry.ToJsonString().ShouldNotContain("虹桥");
        (await intake.Operator.Get($"{Requests}/{id}/timeline", ("Accept-Language", "en"))).Items
            .ShouldContain(i => i["text"]!.ToString() == "Corrected name, phone, area, address: 听错了");
    }

    [Fact]
    public async Task What_is_not_given_stays_and_what_changes_nothing_is_not_told()
    {
        var id = await intake.A_request("14500007011");
        (await intake.Operator.Patch($"{Requests}/{id}", new { address = "隔壁", reason = "门牌" })).Code.ShouldBe(200);
        var view = await intake.Operator.Get($"{Requests}/{id}");
        (view.Body["caller"]!["phone"]!.ToString(), view.Text("address"), view.ETag).ShouldBe(("14500007011", "隔壁", "\"2\""));
        (await intake.Operator.Patch($"{Requests}/{id}", new { address = "隔壁", reason = "再来" })).ETag.ShouldBe("\"2\"");
        (await intake.Operator.Get($"{Requests}/{id}/timeline")).Items.Count(i => i["kind"]!.ToString() == "requestCorrected").ShouldBe(1);
    }

    [Fact]
    public async Task A_faulty_a_stale_and_a_late_correction_are_refused()
    {
        var id = await intake.A_request("14500007021");
        (await intake.Operator.Patch($"{Requests}/{id}", new { caller = new { phone = "1" }, areaCode = "1", address = " " }))
            .Faults.ShouldBe(["address", "areaCode", "caller.phone", "reason"]);
        (await intake.Operator.Patch($"{Requests}/{id}", new { address = "a", reason = "b" }, ("If-Match", "\"7\""))).Code.ShouldBe(412);
        (await intake.Operator.Patch($"{Requests}/{Guid.NewGuid()}", new { address = "a", reason = "b" })).Code.ShouldBe(404);
        (await intake.As(Roles.Cti).Patch($"{Requests}/{id}", new { address = "a", reason = "b" })).Code.ShouldBe(403);
        (await intake.Operator.Post($"{Requests}/{id}/cancel", new { reason = "不要了" })).Code.ShouldBe(200);
        var late = await intake.Operator.Patch($"{Requests}/{id}", new { address = "a", reason = "b" });
        (late.Code, late.Text("code"), late.Text("currentStatus")).ShouldBe((409, "request.final", "cancelled"));
    }

    [Fact]
    public async Task It_names_the_vendor_who_has_the_order()
    {
        var (id, order, vendor, now) = (await intake.A_request("14500007031"), Guid.CreateVersion7(), Guid.CreateVersion7(),
            DateTimeOffset.UtcNow);
        await intake.Probe.Tell(new OrderAccepted(order, id, vendor, 2, now.AddMinutes(15), "店", now, 1));
        await Wait.Until(async () => (await intake.Operator.Get($"{Requests}/{id}")).Text("status") == "accepted", "accepted");
        (await intake.Operator.Patch($"{Requests}/{id}", new { address = "隔壁", reason = "门牌" })).Code.ShouldBe(200);
        var told = await intake.Probe.Hears<RequestCorrected>(e => e.RequestId == id);
        (told.OrderId, told.VendorId).ShouldBe((order, vendor));
    }

    [Fact]
    public async Task The_vendor_of_an_open_order_sees_what_is_right_and_that_it_was_corrected()
    {
        var (id, vendor, request) = await dispatch.An_order("accept");
        var before = await dispatch.Vendor(vendor).Get($"/api/vendor/orders/{id}");
        before.Body["correctedAt"].ShouldBeNull();
        await dispatch.Probe.Tell(Correction(request, new("林女士", "14500007042", "虹桥南路9号")));
        var after = await Wait.For(async () => await dispatch.Vendor(vendor).Get($"/api/vendor/orders/{id}") is var now
            && now.Body["correctedAt"] is not null ? now : null, "the correction");
        (after.Body["citizen"]!["phone"]!.ToString(), after.Body["citizen"]!["address"]!.ToString(),
            after.Body["citizen"]!["areaCode"]!.ToString()).ShouldBe(("14500007042", "虹桥南路9号", "330381002"));
        after.ETag.ShouldNotBe(before.ETag, "the order has no new version, what is shown has changed");
        (await dispatch.Vendor(vendor).Post($"/api/vendor/orders/{id}/contact", new { note = "好" }, ("If-Match", after.ETag!))).Code
            .ShouldBe(200);
    }

    [Fact]
    public async Task Neither_a_late_registration_nor_an_older_correction_undoes_it_and_of_whom_is_forgotten_nothing_comes_back()
    {
        var (request, vendor) = (Facts.Request(), await dispatch.A_vendor());
        await dispatch.Probe.Tell(Correction(request, new("林女士", "14500007053", "新址"), 3));
        await dispatch.Probe.Tell(Correction(request, new("林女士", "14500007052", "旧址"), 2, "330381003"));
        await dispatch.Probe.Tell(request);
        await Wait.Until(async () => await dispatch.Count($"requests where request_id = '{request.RequestId}' and registered") == 1,
            "registered");
        var kept = await dispatch.Scalar<string>($"select citizen from requests where request_id = '{request.RequestId}'");
        Keys.Personal.Open(kept).Address.ShouldBe("新址");
        (await dispatch.Scalar<string>($"select area_code from requests where request_id = '{request.RequestId}'")).ShouldBe("330381002");

        await dispatch.Probe.Tell(new RequestErased(request.RequestId, 4, DateTimeOffset.UtcNow));
        await Wait.Until(async () => await dispatch.Count($"requests where request_id = '{request.RequestId}' and erased") == 1, "erased");
        await dispatch.Probe.Tell(Correction(request, new("林女士", "14500007054", "又改"), 5));
        await Wait.Until(async () =>
            await dispatch.Count($"requests where request_id = '{request.RequestId}' and citizen_version = 5") == 1, "the late correction");
        (await dispatch.Count($"requests where request_id = '{request.RequestId}' and citizen is null")).ShouldBe(1);
        _ = vendor;
    }

    [Fact]
    public async Task The_callback_calls_the_right_number()
    {
        var (request, order) = (Facts.Request(), Guid.CreateVersion7());
        await followUp.Probe.Tell(Correction(request, new("林女士", "14500007062", "新址")));
        await Wait.Until(async () => await followUp.Count($"contacts where request_id = '{request.RequestId}'") == 1, "the correction");
        await followUp.Probe.Tell(request);
        await Wait.Until(async () => await followUp.Count($"contacts where request_id = '{request.RequestId}' and description <> ''") == 1,
            "what was said");
        await followUp.Probe.Tell(new OrderCompleted(order, request.RequestId, Guid.CreateVersion7(), 7, request.Number, "店",
            "drains.unclog-drain", 1, 1, "好", 0, "店", DateTimeOffset.UtcNow));
        var due = await followUp.Probe.Hears<FollowUpScheduled>(f => f.OrderId == order);
        var before = await followUp.Operator.Get($"/api/follow-ups/{due.FollowUpId}");
        before.Body["citizen"]!["phone"]!.ToString().ShouldBe("14500007062");
        await followUp.Probe.Tell(Correction(request, new("林女士", "14500007063", "新址"), 3));
        var after = await Wait.For(async () => await followUp.Operator.Get($"/api/follow-ups/{due.FollowUpId}") is var now
            && now.Body["citizen"]!["phone"]!.ToString() == "14500007063" ? now : null, "the second correction");
        after.ETag.ShouldNotBe(before.ETag);
    }
}
