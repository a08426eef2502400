using Hotline.Contracts.Dispatch;
using Hotline.Contracts.Vendors;
using Hotline.Dispatch.Orders;
using Hotline.Wire;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Npgsql;

namespace Hotline.Services.Tests;

/// <summary>What the same database knows of request and vendor decides with, up to the moment of the commit.</summary>
public sealed class DispatchFactsTests(ClocklessDispatch api) : IClassFixture<ClocklessDispatch>
{
    private const string Orders = "/api/dispatch/orders", Own = "/api/vendor/orders";
    private static CancellationToken Stop => TestContext.Current.CancellationToken;
    private static readonly string[] AllActions = ["accept", "contact", "quote", "agree", "appointment", "arrive"];

    [Fact]
    public async Task An_order_of_a_cancelled_request_is_not_accepted_and_shows_nobody()
    {
        var (id, vendor, request) = await api.An_order();
        await Cancel(request.RequestId);
        var refused = await api.Vendor(vendor).Post($"{Own}/{id}/accept");
        (refused.Code, refused.Text("code"), refused.Text("currentStatus")).ShouldBe((409, "order.request-cancelled", "cancelled"));
        (await api.Operator.Get($"{Orders}/{id}")).Text("acceptedAt").ShouldBe("");
    }

    [Theory]
    [InlineData(1, "contact")]
    [InlineData(2, "quote")]
    [InlineData(3, "agree")]
    [InlineData(3, "decline")]
    [InlineData(4, "appointment")]
    [InlineData(5, "arrive")]
    public async Task Nothing_more_is_done_for_a_cancelled_request_and_the_citizen_is_masked(int done, string action)
    {
        var (id, vendor, request) = await api.An_order(AllActions[..done]);
        await Cancel(request.RequestId);
        var refused = action switch
        {
            "agree" => await api.Operator.Post($"{Orders}/{id}/quote/accept"),
            "decline" => await api.Operator.Post($"{Orders}/{id}/quote/decline", new { reason = "太贵" }),
            _ => await api.Vendor(vendor).Post($"{Own}/{id}/{action}", DispatchApi.Body(action)),
        };
        (refused.Code, refused.Text("code"), refused.Text("currentStatus")).ShouldBe((409, "order.request-cancelled", "cancelled"));
        (await api.Vendor(vendor).Get($"{Own}/{id}")).Body["citizen"]!["masked"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task
        Work_that_is_done_when_the_request_is_cancelled_counts_and_an_operators_cancellation_then_leaves_nobody_without_a_service()
    {
        var (done, vendor, first) = await api.An_order(AllActions);
        await Cancel(first.RequestId);
        var completed = await api.Vendor(vendor).Post($"{Own}/{done}/complete", DispatchApi.Body("complete"));
        (completed.Text("status"), completed.Body["citizen"]!["masked"]!.GetValue<bool>()).ShouldBe(("completed", true));

        var (cancelled, _, second) = await api.An_order("accept");
        await Cancel(second.RequestId);
        (await api.Operator.Post($"{Orders}/{cancelled}/cancel", new { reason = "重复" })).Code.ShouldBe(200);
        await api.Probe.Hears<OrderCancelled>(o => o.OrderId == cancelled);
        api.Probe.Heard<OrderUnfulfilled>().ShouldNotContain(o => o.OrderId == cancelled);
    }

    [Theory]
    [InlineData("update requests set cancelled = true where request_id = '{0}'", 409, "order.request-cancelled")]
    [InlineData("update requests set erased = true where request_id = '{0}'", 409, "order.request-erased")]
    [InlineData("update vendors set standing = 'suspended', version = version + 1 where vendor_id = '{1}'", 403, "vendor.suspended")]
    [InlineData("update vendors set contract_until = '2020-12-31', version = version + 1 where vendor_id = '{1}'", 409,
        "vendor.contract-over")]
    public async Task A_fact_that_changes_between_reading_and_commit_still_forbids_acceptance(string change, int status, string code)
    {
        var (id, vendor, request) = await api.An_order();
        await using var connection = await api.Database.OpenConnectionAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        var sql = string.Format(System.Globalization.CultureInfo.InvariantCulture, change, request.RequestId, vendor.VendorId);
        await using (var update = new NpgsqlCommand(sql, connection, transaction)) (await update.ExecuteNonQueryAsync(Stop)).ShouldBe(1);
        var accepting = api.Vendor(vendor).Post($"{Own}/{id}/accept"); // it reads what held before, and waits for this at its commit
        await Wait.Until(async () => await api.Count("pg_stat_activity where datname = current_database() "
            + "and wait_event_type = 'Lock'") > 0, "the acceptance to wait");
        await transaction.CommitAsync(Stop);
        var refused = await accepting;
        (refused.Code, refused.Text("code")).ShouldBe((status, code));
        (await api.Operator.Get($"{Orders}/{id}")).Text("status").ShouldBe("offered");
    }

    [Theory]
    [InlineData(-400, -1, "vendor.contract-over")]
    [InlineData(1, 400, "vendor.contract-not-begun")]
    public async Task Outside_its_contract_a_vendor_neither_gets_nor_takes_an_order(int from, int until, string code)
    {
        VendorAdmitted Outside(VendorAdmitted v) =>
            v with { ContractFrom = v.ContractFrom.AddDays(from), ContractUntil = v.ContractFrom.AddDays(until) };
        var refused = await Offer(await api.A_request(), await api.A_vendor(Outside));
        (refused.Code, refused.Text("code")).ShouldBe((409, code));
        var (id, vendor, _) = await api.An_order();
        var changed = Outside(vendor);
        await Tell(changed, version: 3);
        var late = await api.Vendor(vendor).Post($"{Own}/{id}/accept");
        (late.Code, late.Text("code")).ShouldBe((409, code));
        (await api.Vendor(vendor).Post($"{Own}/{id}/reject", new { reason = "合同到期" })).Code.ShouldBe(200);
    }

    [Fact]
    public async Task A_vendor_that_does_not_offer_cover_or_open_gets_an_order_only_for_a_reason_which_is_told()
    {
        var now = DateTimeOffset.UtcNow.ToLocalTimeOfDay();
        (Func<VendorAdmitted, VendorAdmitted> Vendor, string Code)[] unfit =
        [
            (v => v with { Services = ["locks.open-lock"], Coverage = ["330381"] }, "vendor.does-not-offer"),
            (v => v with { Services = ["drains.unclog-drain"], Coverage = ["330381002"] }, "vendor.does-not-cover"),
            (v => v with
                { Services = ["drains.unclog-drain"], Coverage = ["330381"], OpensAt = now.AddHours(1), ClosesAt = now.AddHours(2) },
                    "vendor.closed-now"),
        ];
        foreach (var (but, code) in unfit)
        {
            var (request, vendor) = (await api.A_request(), await api.A_vendor(but));
            var refused = await Offer(request, vendor);
            (refused.Code, refused.Text("code"), refused.Text("currentStatus")).ShouldBe((409, code, "active"));
            (await Offer(request, vendor, new { reason = " " })).Faults.ShouldBe(["override.reason"]);
            var offered = await Offer(request, vendor, new { reason = "市民指定这家" });
            (offered.Code, offered.Text("overrideReason")).ShouldBe((201, "市民指定这家"));
            (await api.Probe.Hears<OrderOffered>(o => o.OrderId == offered.Id)).OverrideReason.ShouldBe("市民指定这家");
        }
        var fit = await api.A_vendor(v => v with
        { Services = ["drains.unclog-drain"], Coverage = ["330381"], OpensAt = now.AddHours(-1), ClosesAt = now.AddHours(1) });
        (await Offer(await api.A_request(), fit)).Code.ShouldBe(201);
        var suspended = await api.A_vendor(v => v with { Standing = "suspended" });
        (await Offer(await api.A_request(), suspended, new { reason = "市民指定这家" })).Text("code").ShouldBe("vendor.suspended");
    }

    [Fact]
    public async Task What_an_earlier_release_did_not_tell_of_a_vendor_is_filled_in_when_it_is_told_again_with_the_same_version()
    {
        var vendor = await api.A_vendor();
        (await Offer(await api.A_request(), vendor)).Code.ShouldBe(201);
        await Tell(vendor with { Services = ["locks.open-lock"], Coverage = ["330381"] }, version: 2);
        await Wait.Until(async () => await api.Count($"vendors where vendor_id = '{vendor.VendorId}' and services is not null") == 1,
            "what it offers");
        (await Offer(await api.A_request(), vendor)).Text("code").ShouldBe("vendor.does-not-offer");
        // an earlier release that still runs leaves it out: what is known stays
        await Tell(vendor with { Name = "改名店" }, version: 3);
        (await Offer(await api.A_request(), vendor)).Text("code").ShouldBe("vendor.does-not-offer");
    }

    [Fact]
    public async Task The_price_that_the_citizen_was_told_is_agreed_to_and_no_other()
    {
        var (id, vendor, _) = await api.An_order("accept", "contact", "quote");
        await api.Vendor(vendor).Post($"{Own}/{id}/quote", new { amount = 2000 });
        (await api.Operator.Post($"{Orders}/{id}/quote/accept", new { amount = -1 })).Faults.ShouldBe(["amount"]);
        var refused = await api.Operator.Post($"{Orders}/{id}/quote/accept", new { amount = 120 });
        (refused.Code, refused.Text("code"), refused.Text("currentStatus")).ShouldBe((409, "order.quote-changed", "quoted"));
        refused.Body["errors"]!["amount"]![0]!.ToString().ShouldContain("2000");
        (await api.Operator.Post($"{Orders}/{id}/quote/accept", new { amount = 2000.00 })).Text("status").ShouldBe("agreed");
    }

    [Fact]
    public async Task Orders_of_a_request_are_counted_even_if_many_are_offered_at_once()
    {
        var request = await api.A_request();
        for (var ordinal = 1; ordinal <= 3; ordinal++)
        {
            var vendors = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => api.A_vendor()));
            var answers = await Task.WhenAll(vendors.Select(v => Offer(request, v)));
            var offered = answers.Single(a => a.Code == 201);
            answers.ShouldAllBe(a => a.Code == 201 || a.Text("code") == "order.request-taken");
            offered.Body["ordinal"]!.GetValue<int>().ShouldBe(ordinal);
            var vendor = vendors.Single(v => v.VendorId.ToString() == offered.Text("vendorId"));
            await api.Vendor(vendor).Post($"{Own}/{offered.Id}/reject", new { reason = "忙" });
            (await api.Probe.Hears<OrderRejected>(o => o.OrderId == offered.Id)).Ordinal.ShouldBe(ordinal);
        }
    }

    [Fact]
    public async Task An_appointment_that_was_over_and_is_moved_was_not_kept()
    {
        var (id, vendor, _) = await api.An_order("accept", "contact", "quote", "agree", "appointment");
        await using (var passes = api.Database.CreateCommand(
            $"update orders set visit_starts_at = now() - interval '2 hours', visit_ends_at = now() - interval '1 hour' where id = '{id}'"))
            (await passes.ExecuteNonQueryAsync(Stop)).ShouldBe(1);
        (await api.Vendor(vendor).Post($"{Own}/{id}/appointment", DispatchApi.Body("appointment"))).Code.ShouldBe(200);
        (await api.Vendor(vendor).Post($"{Own}/{id}/arrive")).Code.ShouldBe(200);
        var arrived = await api.Probe.Hears<VendorArrived>(o => o.OrderId == id);
        (arrived.Late, arrived.Kept).ShouldBe((true, false));
        var (plain, other, _) = await api.An_order("accept", "contact", "quote", "agree", "arrive");
        (await api.Probe.Hears<VendorArrived>(o => o.OrderId == plain)).Kept.ShouldBeNull();
    }

    [Fact]
    public async Task Corrections_of_a_category_in_any_order_end_with_the_newest()
    {
        var request = await api.A_request();
        foreach (var (version, category) in ((int, string)[])[(3, "locks.open-lock"), (2, "drains.unclog-toilet"), (3, "locks.open-lock")])
        {
            var message = Guid.CreateVersion7();
            await api.Probe.Tell(new Hotline.Contracts.Intake.RequestRecategorised(
                request.RequestId, request.Number, version, category, "other", "supervisor", DateTimeOffset.UtcNow), message);
            await Wait.Until(async () => await api.Count($"inbox where message_id = '{message}' and consumer like '%request-copies'") == 1,
                "the correction");
        }
        (await api.Count($"requests where request_id = '{request.RequestId}' and category_code = 'locks.open-lock'")).ShouldBe(1);
    }

    private Task<Answer> Offer(Hotline.Contracts.Intake.RequestRegistered request, VendorAdmitted vendor, object? @override = null) =>
        api.Operator.Post(Orders, new { requestId = request.RequestId, vendorId = vendor.VendorId, @override });

    // as intake's event does; the order would be ended by the clock
    private async Task Cancel(Guid request)
    {
        await api.Probe.Tell(Facts.Cancelled(request));
        await Wait.Until(async () => await api.Count($"requests where request_id = '{request}' and cancelled") == 1, "the cancellation");
    }

    private async Task Tell(VendorAdmitted v, int version)
    {
        var message = Guid.CreateVersion7();
        await api.Probe.Tell(new VendorProfileChanged(v.VendorId, version, v.Name, v.Phone, v.Standing, v.ContractFrom,
            v.ContractUntil, DateTimeOffset.UtcNow, v.Services, v.Coverage, v.OpensAt, v.ClosesAt), message);
        await Wait.Until(async () => await api.Count($"inbox where message_id = '{message}' and consumer like '%vendor-copies'") == 1,
            "the news of the vendor");
    }
}

/// <summary>Without its clock, which would end an order before somebody acts on it.</summary>
public sealed class ClocklessDispatch : DispatchApi
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.Remove(services.Single(s => s.ImplementationType == typeof(OrderClock))));
    }
}
