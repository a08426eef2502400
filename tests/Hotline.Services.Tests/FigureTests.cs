using System.Globalization;
using System.Text.Json.Nodes;
using Hotline.Contracts.Dispatch;
using Hotline.Contracts.FollowUp;
using Hotline.Contracts.Intake;
using Hotline.ServiceDefaults;
using Hotline.Wire;

namespace Hotline.Services.Tests;

/// <summary>Figures of a span of days and row by row, against what the lists count.</summary>
public sealed class FigureTests(IntakeApi intake, DispatchApi dispatch, FollowUpApi followUp)
    : IClassFixture<IntakeApi>, IClassFixture<DispatchApi>, IClassFixture<FollowUpApi>
{
    private static string Today => Day(0);

    private static string Day(int offset) =>
        DateTimeOffset.UtcNow.ToLocalDay().AddDays(offset).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static JsonNode Row(Answer table, string key) =>
        table.Body["rows"]!.AsArray().Single(r => r!["key"]!.ToString() == key)!;

    private static int Number(JsonNode row, string name) => row[name]!.GetValue<int>();

    [Theory]
    [InlineData("day=2026-11-01&from=2026-11-01", "day", "Give either day, or from and to", "不能与")]
    [InlineData("from=2026-11-02&to=2026-11-01", "to", "The last day must not be before the first", "不能早于")]
    [InlineData("from=2025-01-01&to=2026-01-02", "to", "At most 366 days", "最多 366 天")]
    public async Task A_span_that_is_none_is_refused_in_both_languages(string query, string field, string english, string chinese)
    {
        foreach (var (client, path) in ((Client, string)[])[(intake.Operator, "/api/intake/figures"),
            (dispatch.Operator, "/api/dispatch/figures"), (followUp.Operator, "/api/follow-ups/figures")])
        {
            foreach (var address in (string[])[$"{path}?{query}", $"{path}/by?by=day&{query}"])
            {
                var refused = await client.Get(address, ("Accept-Language", "en"));
                (refused.Code, refused.Faults.Single(), refused.Message(field)).ShouldBe((400, field, english), address);
                (await client.Get(address)).Message(field).ShouldContain(chinese);
            }
            (await client.Get($"{path}?from=2025-01-01&to=2026-01-01")).Code.ShouldBe(200);
            (await client.Get($"{path}/by")).Faults.ShouldBe(["by"]);
            (await client.Get($"{path}/by?by=moon", ("Accept-Language", "en"))).Message("by").ShouldContain("day, hour, area, group");
        }
    }

    [Fact]
    public async Task Requests_are_counted_by_every_group_as_the_list_counts_them()
    {
        var desk = intake.As(Roles.Operator, subject: "counted");
        foreach (var (i, category) in ((string[])["drains.unclog-drain", "drains.unclog-toilet", "locks.open-lock"]).Index())
        {
            foreach (var day in (int[])[0, -1, -1, -8])
            {
                var request = await desk.Post("/api/intake/requests", new
                {
                    dialledNumber = i == 0 ? "81890" : "12345",
                    caller = new { name = "林女士", phone = "14500000001" },
                    areaCode = i == 2 ? "330381122" : "330381126",
                    address = "广场东边",
                    categoryCode = category,
                    description = "堵了",
                    urgency = day == 0 ? "urgent" : "normal",
                });
                request.Code.ShouldBe(201, request.ToString());
                await intake.Scalar<int>(
                    $"update requests set registered_at = registered_at + {day} * interval '1 day' where id = '{request.Id}' returning 1");
                if (day == -8) (await desk.Post($"/api/intake/requests/{request.Id}/cancel",
                    new { reason = "不用了", cause = i == 1 ? "noVendor" : "citizenWithdrew" })).Code.ShouldBe(200);
            }
        }

        var span = $"from={Day(-10)}&to={Today}";
        var groups = new Dictionary<string, string>
        {
            ["area"] = "areaCode",
            ["group"] = "categoryCode",
            ["category"] = "categoryCode",
            ["operator"] = "registeredBy",
            ["number"] = "dialledNumber",
            ["hour"] = "hour",
        };
        foreach (var (by, filter) in groups)
        {
            var table = await intake.Operator.Get($"/api/intake/figures/by?by={by}&{span}");
            table.Code.ShouldBe(200, table.ToString());
            (table.Text("from"), table.Text("to"), table.Text("by")).ShouldBe((Day(-10), Today, by));
            foreach (var row in table.Body["rows"]!.AsArray().Where(r => Number(r!, "registered") > 0))
            {
                var narrowed = $"{span}&count=true&{filter}={Uri.EscapeDataString(row!["key"]!.ToString())}";
                foreach (var (figure, only) in ((string, string)[])[("registered", ""), ("urgent", "&urgency=urgent"),
                    ("cancelled", "&status=cancelled"), ("noVendor", "&status=unfulfilled")])
                {
                    var listed = await intake.Operator.Get($"/api/intake/requests?{narrowed}{only}");
                    Number(row!, figure).ShouldBe(listed.Body["total"]!.GetValue<int>(), $"{by} {row["key"]} {figure}");
                }
            }
            table.Body["rows"]!.AsArray().Sum(r => Number(r!, "registered")).ShouldBe(12);
        }

        var days = await intake.Operator.Get($"/api/intake/figures/by?by=day&{span}");
        days.Body["rows"]!.AsArray().Select(r => r!["key"]!.ToString()).ShouldBe(Enumerable.Range(-10, 11).Select(Day));
        (Number(Row(days, Today), "registered"), Number(Row(days, Day(-1)), "registered"), Number(Row(days, Day(-2)), "registered"))
            .ShouldBe((3, 6, 0));
        var areas = await intake.Operator.Get($"/api/intake/figures/by?by=area&{span}");
        areas.Body["rows"]!.AsArray().Count.ShouldBe(23, "those without requests too");
        Row(areas, "330381126")["name"]!.ToString().ShouldNotBe("330381126");
        var drains = Row(await intake.Operator.Get($"/api/intake/figures/by?by=group&{span}", ("Accept-Language", "en")), "drains");
        (Number(drains, "registered"), drains["name"]!.ToString()).ShouldNotBe((8, "drains"));
        Number(drains, "registered").ShouldBe(8);

        var all = await intake.Operator.Get($"/api/intake/figures?{span}");
        (all.Text("registered"), all.Text("urgent"), all.Text("day"), all.Text("to")).ShouldBe(("12", "3", Day(-10), Today));
        (await intake.Operator.Get($"/api/intake/figures?{span}&category=drains&areaCode=330381126&dialledNumber=81890"))
            .Text("registered").ShouldBe("4");
        (await intake.Operator.Get($"/api/intake/figures?{span}&category=locks.open-lock")).Text("registered").ShouldBe("4");
        (await intake.Operator.Get($"/api/intake/figures?day={Day(-1)}")).Text("registered").ShouldBe("6");
    }

    [Fact]
    public async Task Orders_are_counted_by_area_operator_and_number_of_their_request_as_the_list_counts_them()
    {
        var request = Facts.Request() with { AreaCode = "330381123", By = "张三 0007", DialledNumber = "81890000" };
        await dispatch.Probe.Tell(request);
        await Wait.Until(async () => await dispatch.Count($"requests where request_id = '{request.RequestId}'") == 1, "the request known");
        var vendor = await dispatch.A_vendor();
        async Task<Guid> Offered() => (await dispatch.Operator.Post("/api/dispatch/orders",
            new { requestId = request.RequestId, vendorId = vendor.VendorId, @override = new { reason = "试" } })).Id;
        var first = await Offered();
        await dispatch.Vendor(vendor).Post($"/api/vendor/orders/{first}/reject", DispatchApi.Body("reject"));
        var second = await Offered();
        foreach (var action in (string[])["accept", "contact", "quote"])
            (await dispatch.Vendor(vendor).Post($"/api/vendor/orders/{second}/{action}", DispatchApi.Body(action))).Code.ShouldBe(200);
        await dispatch.Operator.Post($"/api/dispatch/orders/{second}/quote/accept");
        foreach (var action in (string[])["appointment", "arrive", "complete"])
        {
            var done = await dispatch.Vendor(vendor).Post($"/api/vendor/orders/{second}/{action}", DispatchApi.Body(action));
            done.Code.ShouldBe(200, done.ToString());
        }

        foreach (var (by, key) in ((string, string)[])[("area", "330381123"), ("operator", "张三 0007"), ("number", "81890000")])
        {
            var row = Row(await dispatch.Operator.Get($"/api/dispatch/figures/by?by={by}"), key);
            (Number(row, "offered"), Number(row, "rejected"), Number(row, "expired")).ShouldBe((2, 1, 0), by);
            (Number(row["firstContact"]!, "count"), Number(row["firstContact"]!, "inTime")).ShouldBe((1, 1));
            (Number(row["completion"]!, "count"), Number(row["completion"]!, "inTime")).ShouldBe((1, 1));
            row["completion"]!["medianSeconds"]!.GetValue<double>().ShouldBeInRange(0, 3600);
            var filter = by switch { "area" => "areaCode", "operator" => "registeredBy", _ => "dialledNumber" };
            var list = $"/api/dispatch/orders?from={Today}&to={Today}&count=true&{filter}={Uri.EscapeDataString(key)}";
            (await dispatch.Operator.Get(list)).Text("total").ShouldBe("2");
            (await dispatch.Operator.Get($"{list}&status=rejected")).Text("total").ShouldBe("1");
            (await dispatch.Operator.Get($"{list}&late=contact")).Text("total").ShouldBe("0");
            (await dispatch.Operator.Get($"{list}&late=completion")).Text("total").ShouldBe("0");
        }
        var narrowed = await dispatch.Operator.Get("/api/dispatch/figures?areaCode=330381123&category=drains");
        (Number(narrowed.Body["byStatus"]!, "completed"), Number(narrowed.Body["byStatus"]!, "rejected")).ShouldBe((1, 1));
        (await dispatch.Operator.Get("/api/dispatch/figures?areaCode=330381222")).Body["byStatus"]!.AsObject().Count.ShouldBe(0);

        await dispatch.Scalar<int>($"""
            update orders set completed_at = completed_at + interval '2 hours', contacted_at = contact_by + interval '1 minute'
            where id = '{second}' returning 1
            """);
        foreach (var late in (string[])["contact", "completion"])
            (await dispatch.Operator.Get($"/api/dispatch/orders?areaCode=330381123&late={late}&count=true")).Text("total").ShouldBe("1");
    }

    [Fact]
    public async Task What_citizens_said_is_counted_by_area_operator_and_number_as_the_list_counts_it()
    {
        var requests = Enumerable.Range(0, 3).Select(_ => Facts.Request() with
        { AreaCode = "330381124", By = "李四 0008", DialledNumber = "81890" }).ToArray();
        foreach (var (i, request) in requests.Index())
        {
            await followUp.Probe.Tell(request);
            if (i == 2) continue;
            var order = Guid.CreateVersion7();
            await followUp.Probe.Tell(new OrderCompleted(order, request.RequestId, Guid.CreateVersion7(), 7, request.Number, "店",
                "drains.unclog-drain", 120, 120, "好了", 30, "店", DateTimeOffset.UtcNow));
            var due = await followUp.Probe.Hears<FollowUpScheduled>(f => f.OrderId == order);
            await followUp.Operator.Post($"/api/follow-ups/{due.FollowUpId}/claim");
            var answered = await followUp.Operator.Post($"/api/follow-ups/{due.FollowUpId}/complete", new
            {
                satisfaction = i == 0 ? 5 : 2,
                resolved = i == 0,
                punctual = true,
                priceAsQuoted = true,
                complaint = i == 0 ? null : new { description = "没修好" },
            });
            answered.Code.ShouldBe(200, answered.ToString());
        }
        foreach (var (by, filter, key) in ((string, string, string)[])[("area", "areaCode", "330381124"),
            ("operator", "registeredBy", "李四 0008"), ("number", "dialledNumber", "81890")])
        {
            var row = Row(await followUp.Operator.Get($"/api/follow-ups/figures/by?by={by}"), key);
            ((string[])["services", "servicesCalledBack", "servicesAnswered", "satisfied", "resolved", "complaints"])
                .Select(figure => Number(row, figure)).ShouldBe([2, 2, 2, 1, 1, 1], by);
            var list = $"/api/follow-ups?from={Today}&to={Today}&count=true&{filter}={Uri.EscapeDataString(key)}";
            foreach (var (answer, total) in ((string, string)[])[("answered", "2"), ("satisfied", "1"), ("dissatisfied", "1"),
                ("resolved", "1"), ("unresolved", "1"), ("complaint", "1")])
                (await followUp.Operator.Get($"{list}&kind=service&answer={answer}")).Text("total").ShouldBe(total, answer);
        }
        var moved = new RequestCorrected(requests[0].RequestId, requests[0].Number, 2, null, null, ["area"], requests[0].Citizen,
            "330381125", "听错了", "op", DateTimeOffset.UtcNow);
        await followUp.Probe.Tell(moved);
        await Wait.Until(async () =>
            (await followUp.Operator.Get("/api/follow-ups/figures?areaCode=330381125")).Text("services") == "1", "the area corrected");
        (await followUp.Operator.Get("/api/follow-ups/figures?areaCode=330381124&category=drains")).Text("services").ShouldBe("1");
    }
}
