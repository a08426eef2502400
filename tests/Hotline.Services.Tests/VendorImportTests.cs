namespace Hotline.Services.Tests;

public sealed class VendorImportTests(RegistryApi api) : IClassFixture<RegistryApi>
{
    private const string Head = "企业名称,电话,联系人,统一社会信用代码,服务与价目,服务区域,营业时间\n";

    private Task<Answer> Import(string csv, params (string, string)[] headers) =>
        api.Supervisor.Raw("/api/vendor-imports", csv, "text/csv", headers);

    [Fact]
    public async Task A_file_of_vendors_becomes_applications()
    {
        var made = await Import(Head + "导入一店,0577-65000021,张三,,管道疏通 80-150/次；locks.open-lock 50/次,全市,\n"
            + "导入二店,65000022,,91350100M000100Y43,管道疏通：100～200元/小时,安阳街道、玉海街道,8:00-20:00\n");
        (made.Code, made.Body["created"]?.GetValue<int>()).ShouldBe((201, 2), made.ToString());
        var (one, two) = (made.Items[0], made.Items[1]);
        one["services"]!.AsArray().Select(s => $"{s!["categoryCode"]} {s["priceFrom"]}-{s["priceTo"]}/{s["unit"]}")
            .ShouldBe(["drains.unclog-drain 80-150/次", "locks.open-lock 50-50/次"], ignoreOrder: true);
        one["coverage"]!.AsArray().Select(c => c!.ToString()).ShouldBe(["330381"]);
        (one["admission"]!.ToString(), two["hours"]!["opensAt"]!.ToString(), two["licenceNumber"]!.ToString(), two["phone"]!.ToString())
            .ShouldBe(("applied", "08:00:00", "91350100M000100Y43", "057765000022"));
        two["coverage"]!.AsArray().Count.ShouldBe(2);
        (await api.Supervisor.Get($"/api/vendor-imports/{made.Text("id")}")).Items.Length.ShouldBe(2);
        (await api.Supervisor.Get($"/api/vendor-imports/{Guid.NewGuid()}")).Code.ShouldBe(404);
        (await api.Supervisor.Post($"/api/vendors/{one["id"]}/approve")).Code.ShouldBe(200);
    }

    [Fact]
    public async Task Of_a_file_with_faults_nothing_is_taken_and_each_fault_names_its_line_and_column()
    {
        var faulty = await Import(Head + "坏一店,0577-65000031,,,管道疏通 80-150/次,全市,\n"
            + ",110119,,x,看病 80/次,火星,全天\n"
            + "坏三店,65000033,,914403001922038216,管道疏通 八十,,\n"
            + "坏四店,65000034,,914403001922038216,管道疏通 200-100/次,全市,\n"
            + "坏五店,65000035\n");
        (faulty.Code, faulty.Text("code")).ShouldBe((400, "csv.faulty"));
        faulty.Body["lines"]!.AsArray().Select(l => $"{l!["line"]} {l["column"]}").Distinct().ShouldBe([
            "3 企业名称", "3 电话", "3 统一社会信用代码", "3 服务与价目", "3 服务区域", "3 营业时间", "4 服务与价目", "4 服务区域",
            "5 统一社会信用代码", "5 服务与价目", "6 "], ignoreOrder: true);
        (await api.Supervisor.Get($"/api/vendors?q={Uri.EscapeDataString("坏")}")).Text("total").ShouldBe("0");
        (await Import("企业名称,电话\n甲,65000036\n")).Body["lines"]!.AsArray().Count.ShouldBe(2, "services and coverage are missing");
        (await api.Operator.Raw("/api/vendor-imports", Head, "text/csv")).Code.ShouldBe(403);
    }

    [Fact]
    public async Task A_file_that_is_sent_again_with_its_key_is_taken_once()
    {
        var (csv, key) = (Head + "重发店,0577-65000041,,,管道疏通 80-150/次,全市,\n", ("Idempotency-Key", Guid.NewGuid().ToString()));
        var first = await Import(csv, key);
        var again = await Import(csv, key);
        (again.Code, again.Text("id")).ShouldBe((201, first.Text("id")));
        (await api.Supervisor.Get($"/api/vendors?q={Uri.EscapeDataString("重发店")}")).Text("total").ShouldBe("1");
    }
}
