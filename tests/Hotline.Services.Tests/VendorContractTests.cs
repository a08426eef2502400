using Hotline.Contracts.Evaluation;
using Hotline.Contracts.Vendors;
using Hotline.Wire;

namespace Hotline.Services.Tests;

public sealed class VendorContractTests(RegistryApi api) : IClassFixture<RegistryApi>
{
    private static readonly DateOnly Today = DateTimeOffset.UtcNow.ToLocalDay();

    private static string Day(DateOnly day) => $"{day:yyyy-MM-dd}";

    [Fact]
    public async Task A_supervisor_extends_a_contract_with_a_reason_and_the_others_are_told()
    {
        var id = await api.A_member();
        var until = Today.AddYears(2);
        var renewed = await api.Supervisor.Post($"/api/vendors/{id}/contracts", new { until = Day(until), reason = "续约两年" });
        (renewed.Code, renewed.Text("contractUntil"), renewed.ETag).ShouldBe((200, Day(until), "\"3\""));
        (await api.Probe.Hears<VendorProfileChanged>(v => v.VendorId == id && v.Version == 3)).ContractUntil.ShouldBe(until);

        foreach (var (body, fault) in ((object, string)[])[
            (new { until = Day(Today.AddDays(-1)), reason = "x" }, "until"),
            (new { until = Day(until), reason = "没有变化" }, "until"),
            (new { until = Day(Today.AddYears(30)), reason = "x" }, "until"),
            (new { from = Day(Today.AddYears(20)), until = Day(Today.AddYears(21)), reason = "x" }, "from"),
            (new { until = Day(until) }, "reason"), (new { reason = "x" }, "until")])
            (await api.Supervisor.Post($"/api/vendors/{id}/contracts", body)).Faults.ShouldBe([fault], body.ToString());
        (await api.Supervisor.Post($"/api/vendors/{id}/contracts", new { until = Day(Today.AddYears(3)), reason = "旧版本" },
            ("If-Match", "\"2\""))).Code.ShouldBe(412);
        var applicant = (await api.Supervisor.Post("/api/vendors", RegistryApi.Application())).Id;
        (await api.Supervisor.Post($"/api/vendors/{applicant}/contracts", new { until = Day(until), reason = "x" })).Text("code")
            .ShouldBe("vendor.not-member");
    }

    [Fact]
    public async Task What_happened_to_a_vendor_is_told_in_its_timeline()
    {
        var id = await api.A_member("履历店");
        await api.Supervisor.Patch($"/api/vendors/{id}", new { phone = "0577-65000009" });
        await api.Supervisor.Patch($"/api/vendors/{id}", new { phone = "0577-65000009" }); // changes nothing
        await api.Supervisor.Post($"/api/vendors/{id}/contracts", new { until = Day(Today.AddYears(2)), reason = "续约" });
        var sanction = Guid.CreateVersion7();
        await api.Probe.Tell(new SanctionImposed(sanction, id, "warning", "迟到", null, "王班长", DateTimeOffset.UtcNow));
        await api.Probe.Tell(new SanctionLifted(sanction, id, "warning", "已整改", "王班长", DateTimeOffset.UtcNow.AddSeconds(1)));
        var timeline = await Wait.For(async () => (await api.Supervisor.Get($"/api/vendors/{id}/timeline")).Items is { Length: 6 } all
            ? all : null, "all entries");
        timeline.Select(e => e["kind"]!.ToString()).ShouldBe(
            ["sanctionLifted", "sanctionImposed", "renewed", "changed", "approved", "applied"]);
        timeline.Select(e => e["text"]!.ToString()).ShouldBe([
            "警告结束：已整改", "警告：迟到",
            $"合同改为 {Day(Today)} 至 {Day(Today.AddYears(2))}（原到 {Day(Today.AddYears(1).AddDays(-1))}）：续约",
            "修改了电话", $"通过审核，合同 {Day(Today)} 至 {Day(Today.AddYears(1).AddDays(-1))}", "申请加盟"]);
        timeline[0]["actor"]!.ToString().ShouldBe("王班长");
        var english = (await api.Supervisor.Get($"/api/vendors/{id}/timeline?limit=1", ("Accept-Language", "en")));
        (english.Items[0]["text"]!.ToString(), english.Body["nextCursor"] is null).ShouldBe(("Warning ended: 已整改", false));
        (await api.Supervisor.Get($"/api/vendors/{Guid.NewGuid()}/timeline")).Code.ShouldBe(404);
    }
}
