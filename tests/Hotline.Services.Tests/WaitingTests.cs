namespace Hotline.Services.Tests;

/// <summary>Requests that wait for a vendor are listed as they are to be served.</summary>
public sealed class WaitingTests(IntakeApi api) : IClassFixture<IntakeApi>
{
    private const string Waiting = "/api/intake/requests?status=registered&sort=waiting&areaCode=";

    private async Task<Guid> A_request(string area, bool urgent = false)
    {
        var answer = await api.Operator.Post("/api/intake/requests", new
        {
            channel = "phone",
            dialledNumber = "12345",
            caller = new { name = "林女士", phone = "14500000001" },
            areaCode = area,
            address = "东边三楼",
            keyword = "下水道堵了",
            description = "厨房下水道堵了",
            urgency = urgent ? "urgent" : "normal",
        });
        answer.Code.ShouldBe(201, answer.ToString());
        return answer.Id;
    }

    [Theory, InlineData("newest"), InlineData("oldest"), InlineData("waiting")]
    public async Task Words_are_looked_for_in_every_order(string sort)
    {
        var area = sort switch { "newest" => "330381003", "oldest" => "330381004", _ => "330381005" };
        var (plain, urgent) = (await A_request(area), await A_request(area, urgent: true));
        var found = await api.Operator.Get(
            $"/api/intake/requests?areaCode={area}&sort={sort}&count=true&q={Uri.EscapeDataString("下水道")}");
        found.Code.ShouldBe(200, found.ToString());
        found.Items.Select(i => Guid.Parse(i["id"]!.ToString())).ShouldBe(sort == "oldest" ? [plain, urgent] : [urgent, plain]);
        found.Body["total"]!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public async Task Urgent_ones_come_first_then_the_oldest_page_by_page_and_all_are_counted()
    {
        const string area = "330381002";
        var (a, b, c, d, e) = (await A_request(area), await A_request(area, urgent: true), await A_request(area),
            await A_request(area, urgent: true), await A_request(area));
        var cancelled = await A_request(area, urgent: true);
        (await api.Operator.Post($"/api/intake/requests/{cancelled}/cancel", new { reason = "不需要了" })).Code.ShouldBe(200);

        var (seen, cursor) = (new List<Guid>(), (string?)"");
        while (cursor is not null)
        {
            var page = await api.Operator.Get($"{Waiting}{area}&count=true&limit=2&cursor={cursor}");
            page.Body["total"]!.GetValue<int>().ShouldBe(5);
            page.Items.Length.ShouldBeInRange(1, 2);
            seen.AddRange(page.Items.Select(i => Guid.Parse(i["id"]!.ToString())));
            cursor = page.Body["nextCursor"]?.ToString();
        }
        seen.ShouldBe([b, d, a, c, e]);

        var oldest = await api.Operator.Get($"/api/intake/requests?areaCode={area}&sort=oldest&urgency=urgent");
        oldest.Items.Select(i => Guid.Parse(i["id"]!.ToString())).ShouldBe([b, d, cancelled]);
        oldest.Body.AsObject().ContainsKey("total").ShouldBeFalse();
        (await api.Operator.Get($"/api/intake/requests?areaCode={area}&count=true")).Body["total"]!.GetValue<int>().ShouldBe(6);
        (await api.Operator.Get($"/api/intake/requests?areaCode={area}&q={Uri.EscapeDataString("厨房")}&count=true"))
            .Body["total"]!.GetValue<int>().ShouldBe(6);
    }

    [Fact]
    public async Task An_unknown_order_or_urgency_is_named() =>
        (await api.Operator.Get("/api/intake/requests?sort=best&urgency=high")).Faults.ShouldBe(["sort", "urgency"]);
}
