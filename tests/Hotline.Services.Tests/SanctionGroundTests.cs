using Hotline.Contracts.Dispatch;
using Hotline.Contracts.FollowUp;
using Hotline.Wire;

namespace Hotline.Services.Tests;

public sealed class SanctionGroundTests(EvaluationApi api) : IClassFixture<EvaluationApi>
{
    private const string Vendors = "/api/evaluation/vendors", Sanctions = "/api/evaluation/sanctions";

    [Fact]
    public async Task A_complaint_can_be_the_ground_of_a_sanction_of_its_own_vendor()
    {
        var (vendor, other) = ((await api.A_vendor()).VendorId, (await api.A_vendor()).VendorId);
        var order = Guid.CreateVersion7();
        await api.Probe.Tell(new ComplaintRaised(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), order, vendor, "多收费",
            "op", DateTimeOffset.UtcNow));
        var imposed = await api.Supervisor.Post(Sanctions,
            new { vendorId = vendor, kind = "warning", reason = "投诉属实", complaintOrderId = order });
        (imposed.Code, imposed.Text("complaintOrderId")).ShouldBe((201, order.ToString()));
        (await api.Supervisor.Get($"{Vendors}/{vendor}")).Body["sanctions"]![0]!["complaintOrderId"]!.ToString().ShouldBe(order.ToString());
        var wrong = await api.Supervisor.Post(Sanctions,
            new { vendorId = other, kind = "warning", reason = "x", complaintOrderId = order });
        (wrong.Code, string.Join(' ', wrong.Faults)).ShouldBe((404, "complaintOrderId"));
        (await api.Supervisor.Post(Sanctions, new { vendorId = other, kind = "warning", reason = "无投诉" })).Body["complaintOrderId"]
            .ShouldBeNull();
    }

    [Fact]
    public async Task A_score_has_one_point_a_day_and_the_last_of_the_day_counts()
    {
        var vendor = (await api.A_vendor()).VendorId;
        (await api.Supervisor.Get($"{Vendors}/{vendor}/scores")).Items.ShouldBeEmpty();
        foreach (var _ in (int[])[1, 2])
            await api.Probe.Tell(
                new OrderRejected(Guid.CreateVersion7(), Guid.CreateVersion7(), vendor, 2, "忙", "店", DateTimeOffset.UtcNow));
        var card = await Wait.For(async () => await api.Supervisor.Get($"{Vendors}/{vendor}") is var c
            && c.Body["counts"]!["rejected"]!.GetValue<int>() == 2 ? c : null, "both counted");
        var today = DateTimeOffset.UtcNow.ToLocalDay();
        var points = (await api.Supervisor.Get($"{Vendors}/{vendor}/scores")).Items;
        points.Select(p => p["day"]!.ToString()).ShouldBe([$"{today:yyyy-MM-dd}"]);
        points[0]["score"]!.GetValue<double>().ShouldBe(card.Body["score"]!.GetValue<double>());

        await api.Scalar<int>("with earlier as (insert into score_history (vendor_id, day, score) select "
            + $"'{vendor}', current_date - d, 80 + d from generate_series(5, 8) as d returning 1) select count(*)::int from earlier");
        var first = await api.Supervisor.Get($"{Vendors}/{vendor}/scores?limit=3");
        var rest = await api.Supervisor.Get($"{Vendors}/{vendor}/scores?limit=3&cursor={first.Text("nextCursor")}");
        first.Items.Concat(rest.Items).Select(p => p["score"]!.GetValue<double>()).Skip(1).ShouldBe([85, 86, 87, 88]);
        (await api.Supervisor.Get($"{Vendors}/{Guid.NewGuid()}/scores")).Code.ShouldBe(404);
        (await api.Operator.Get($"{Vendors}/{vendor}/scores")).Code.ShouldBe(403);
    }
}
