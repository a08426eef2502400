using Hotline.Contracts.Dispatch;
using Hotline.Contracts.Evaluation;
using Hotline.Contracts.FollowUp;
using Hotline.Contracts.Vendors;
using Hotline.Wire;

namespace Hotline.Services.Tests;

public sealed class EvaluationTests(EvaluationApi api) : IClassFixture<EvaluationApi>
{
    private const string Vendors = "/api/evaluation/vendors", Sanctions = "/api/evaluation/sanctions";
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    private async Task Serve(Guid vendor, int satisfaction, string? complaint = null)
    {
        var (order, request, callback) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await api.Probe.Tell(new OrderAccepted(order, request, vendor, 2, Now.AddMinutes(15), "店", Now));
        await api.Probe.Tell(new CitizenContacted(order, request, vendor, 3, null, false, "店", Now));
        await api.Probe.Tell(new OrderCompleted(order, request, vendor, 7, "RA", "店", "drains.unclog-drain", 100, 100, "好", 0, "店", Now));
        await api.Probe.Tell(new FollowUpCompleted(callback, request, order, vendor, 2, "service", satisfaction, satisfaction > 3, true,
            true, null, "op", Now));
        if (complaint is not null)
            await api.Probe.Tell(new ComplaintRaised(Guid.CreateVersion7(), callback, request, order, vendor, complaint, "op", Now));
    }

    [Fact]
    public async Task A_scorecard_counts_what_happened_and_explains_itself()
    {
        var vendor = (await api.A_vendor()).VendorId;
        await Serve(vendor, 5);
        await Serve(vendor, 1, "多收费");
        var card = await Wait.For(async () => await api.Supervisor.Get($"{Vendors}/{vendor}") is var c && c.Body["counts"]!["complaints"]!
            .GetValue<int>() == 1 && c.Body["counts"]!["callbacks"]!.GetValue<int>() == 2 ? c : null, "both services counted");
        card.Body["counts"]!["completed"]!.GetValue<int>().ShouldBe(2);
        card.Body["satisfaction"]!.GetValue<double>().ShouldBe(Math.Round((5 * 4.0 + 6) / 7, 2));
        var components = card.Body["components"]!.AsArray();
        components.Sum(c => c!["points"]!.GetValue<double>()).ShouldBe(card.Body["score"]!.GetValue<double>(), 0.1);
        components[0]!["explanation"]!.ToString().ShouldContain("2 次回访共 6 分");
        (await api.Supervisor.Get($"{Vendors}/{vendor}", ("Accept-Language", "en"))).Body["components"]![0]!["explanation"]!.ToString()
            .ShouldContain("2 callbacks with 6 points");
        await Wait.Until(() => api.Probe.Heard<ScoreChanged>().Any(s => s.VendorId == vendor && s.CompletedOrders == 2
            && Math.Abs(s.Score - card.Body["score"]!.GetValue<double>()) < 0.1), "the score told");
    }

    [Fact]
    public async Task Facts_in_any_order_and_more_than_once_count_once_and_no_score_is_left_behind()
    {
        var vendor = (await api.A_vendor()).VendorId;
        var (order, request) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await api.Probe.Tell(new ContactOverdue(order, request, vendor, 3, Now, Now));
        await api.Probe.Tell(new CitizenContacted(order, request, vendor, 4, null, true, "店", Now));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Serve(vendor, 4)));
        await Wait.Until(async () => await api.Count($"facts where vendor_id = '{vendor}'") == 1 + 20 * 8, "all facts");
        await Wait.Until(async () => await api.Count("uncounted") == 0, "all facts scored");
        var counts = (await api.Supervisor.Get($"{Vendors}/{vendor}")).Body["counts"]!;
        (counts["deadlinesMissed"]!.GetValue<int>(), counts["deadlinesKept"]!.GetValue<int>(), counts["completed"]!.GetValue<int>())
            .ShouldBe((1, 60, 20));
        var told = api.Probe.Heard<ScoreChanged>().Where(s => s.VendorId == vendor).Select(s => s.Version).ToArray();
        told.Distinct().Count().ShouldBe(told.Length);
    }

    [Fact]
    public async Task An_appointment_that_was_kept_or_missed_counts_and_an_arrival_without_one_does_not()
    {
        var vendor = (await api.A_vendor()).VendorId;
        VendorArrived Arrived(bool late, bool? kept) => new(Guid.CreateVersion7(), Guid.CreateVersion7(), vendor, 6,
            late, "店", Now, 1, kept);
        foreach (var arrived in (VendorArrived[])[Arrived(false, true), Arrived(true, false), Arrived(false, null), Arrived(true, null)])
            await api.Probe.Tell(arrived);
        await Wait.Until(async () => (await api.Supervisor.Get($"{Vendors}/{vendor}")).Body["counts"]! is var c
            && c["deadlinesKept"]!.GetValue<int>() == 1 && c["deadlinesMissed"]!.GetValue<int>() == 2, "one kept and two missed");
        (await api.Count($"facts where vendor_id = '{vendor}'")).ShouldBe(3);
    }

    [Fact]
    public async Task A_declined_price_or_a_request_without_vendor_is_no_ones_bad_mark()
    {
        var vendor = (await api.A_vendor()).VendorId;
        var order = Guid.CreateVersion7();
        await api.Probe.Tell(new FollowUpCompleted(Guid.CreateVersion7(), Guid.CreateVersion7(), order, vendor, 2, "declined", 1, false,
            null, null, "太贵", "op", Now));
        await Serve(vendor, 5);
        await Wait.Until(async () => await api.Count($"facts where vendor_id = '{vendor}' and kind = 'satisfaction'") == 1,
            "the service's answer");
        (await api.Count($"facts where order_id = '{order}'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_sanction_is_told_and_lifted_once()
    {
        var vendor = (await api.A_vendor()).VendorId;
        var imposed = await api.Supervisor.Post(Sanctions,
            new { vendorId = vendor, kind = "suspension", reason = "投诉属实", until = DateTimeOffset.UtcNow.AddDays(7) });
        (imposed.Code, imposed.Text("kind"), imposed.Text("active")).ShouldBe((201, "suspension", "true"));
        (await api.Probe.Hears<SanctionImposed>(s => s.SanctionId == imposed.Id)).Kind.ShouldBe("suspension");
        (await api.Supervisor.Post($"{Sanctions}/{imposed.Id}/lift", new { reason = "已整改" })).Code.ShouldBe(200);
        await api.Probe.Hears<SanctionLifted>(s => s.SanctionId == imposed.Id);
        (await api.Supervisor.Post($"{Sanctions}/{imposed.Id}/lift", new { reason = "再次" })).Text("code").ShouldBe("sanction.lifted");
        (await api.Supervisor.Get($"{Vendors}/{vendor}")).Body["sanctions"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_suspension_ends_by_itself_when_its_time_is_over()
    {
        var vendor = (await api.A_vendor()).VendorId;
        var imposed = await api.Supervisor.Post(Sanctions,
            new { vendorId = vendor, kind = "suspension", reason = "短暂", until = DateTimeOffset.UtcNow.AddSeconds(2) });
        (await api.Probe.Hears<SanctionLifted>(s => s.SanctionId == imposed.Id)).By.ShouldBe("system");
        (await api.Supervisor.Get($"{Sanctions}?vendorId={vendor}&active=false")).Items.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_vendor_is_removed_once()
    {
        var vendor = (await api.A_vendor()).VendorId;
        var body = new { vendorId = vendor, kind = "termination", reason = "严重违规" };
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => api.Supervisor.Post(Sanctions, body)));
        answers.Select(a => a.Code).Order().ShouldBe([201, 409, 409, 409]);
    }

    [Theory]
    [InlineData("{}", "kind reason vendorId")]
    [InlineData("""{"vendorId":"01a20de7-3885-7b42-b0ce-b2a53cd79d32","kind":"fine","reason":"x","until":"2020-01-01T00:00:00Z"}""",
        "kind until")]
    [InlineData("""{"vendorId":"01a20de7-3885-7b42-b0ce-b2a53cd79d32","kind":"termination","reason":"x","until":"2120-01-01T00:00:00Z"}""",
        "until")]
    public async Task A_faulty_sanction_names_its_fields(string body,
        string fields) => (await api.Supervisor.Raw(Sanctions, body)).Faults.ShouldBe(fields.Split(' '));

    [Fact]
    public async Task Vendors_that_want_attention_are_listed_with_the_reasons_however_good_their_score()
    {
        var vendors = new List<VendorAdmitted>();
        foreach (var name in (string[])["停", "警", "诉", "低", "好"]) vendors.Add(await api.A_vendor($"关注{name}"));
        var (complained, low) = (vendors[2].VendorId, vendors[3].VendorId);
        foreach (var vendor in vendors) await Serve(vendor.VendorId, 5);
        await api.Probe.Tell(Facts.Standing(vendors[0], "suspended"));
        await api.Probe.Tell(Facts.Standing(vendors[1], "warned"));
        await Serve(complained, 5, "多收费");
        foreach (var _ in Enumerable.Range(0, 9)) await Serve(low, 1);

        var q = Uri.EscapeDataString("关注");
        async Task<string[]> Concerning(string days) => [.. (await api.Supervisor.Get($"{Vendors}?q={q}&attention=true&count=true{days}"))
            .Items.Select(v => $"{v["name"]} {string.Join('+', v["attention"]!["reasons"]!.AsArray())}")];
        string[] all = ["关注停 standing", "关注警 standing", "关注诉 complaints", "关注低 score"];
        await Wait.Until(async () => (await Concerning("")).Length == all.Length, "all of them");
        (await Concerning("")).ShouldBe(all);
        (await Concerning("&from=2020-01-01&to=2020-01-31")).ShouldBe(["关注停 standing", "关注警 standing", "关注低 score"]);
        (await Concerning($"&from={Now.ToLocalDay():yyyy-MM-dd}")).ShouldBe(all);

        var first = await api.Supervisor.Get($"{Vendors}?q={q}&attention=true&count=true&limit=3");
        (first.Items.Length, first.Text("total")).ShouldBe((3, "4"));
        (await api.Supervisor.Get($"{Vendors}?q={q}&attention=true&limit=3&cursor={first.Text("nextCursor")}")).Items.Single()["vendorId"]!
            .ToString().ShouldBe(low.ToString());
        (await api.Supervisor.Get($"{Vendors}?q={q}")).Items.ShouldAllBe(v => v["attention"] == null);
        (await api.Supervisor.Get($"{Vendors}?attention=true&from=x")).Faults.ShouldBe(["from"]);
    }

    [Fact]
    public async Task Vendors_are_listed_by_score_in_pages_and_only_to_supervisors()
    {
        var good = (await api.A_vendor("排序好")).VendorId;
        var bad = (await api.A_vendor("排序差")).VendorId;
        await api.A_vendor("排序新");
        await Serve(good, 5);
        await Serve(bad, 1, "差");
        async Task<string[]> Names(string sort)
        {
            var first = await api.Supervisor.Get($"{Vendors}?q={Uri.EscapeDataString("排序")}&sort={sort}&limit=2");
            var second = await api.Supervisor
                .Get($"{Vendors}?q={Uri.EscapeDataString("排序")}&sort={sort}&limit=2&cursor={first.Text("nextCursor")}");
            return [.. first.Items.Concat(second.Items).Select(i => i["name"]!.ToString())];
        }
        await Wait.Until(async () => (await Names("highest")).SequenceEqual(["排序好", "排序新", "排序差"]), "the order by score");
        (await Names("lowest")).ShouldBe(["排序差", "排序新", "排序好"]);
        (await api.Operator.Get(Vendors)).Code.ShouldBe(403);
        (await api.Supervisor.Post(Sanctions, new { vendorId = Guid.NewGuid(), kind = "warning", reason = "x" })).Code.ShouldBe(404);
    }
}
