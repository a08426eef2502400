using Hotline.Contracts.Intake;
using Microsoft.Extensions.DependencyInjection;

namespace Hotline.Services.Tests;

/// <summary>Whatever a caller's number, name and words are, a request is registered with them, or refused with a reason, and found by
/// them.</summary>
public sealed class RequestInputTests(IntakeApi api) : IClassFixture<IntakeApi>
{
    private const string Requests = "/api/intake/requests";

    [Theory]
    [InlineData("59181234-801", "057759181234-801")]
    [InlineData("0577-59181234 转 801", "057759181234-801")]
    [InlineData("17012345678转1234", "17012345678-1234")]
    [InlineData("400-123-4567", "4001234567")]
    [InlineData("95588", "95588")]
    [InlineData("+852 2345 6789", "+85223456789")]
    [InlineData("+886-2-2345-6789", "+886223456789")]
    [InlineData("00853 2871 8718", "+85328718718")]
    [InlineData("未知", "anonymous")]
    [InlineData("sip:13800001111@gateway.example.cn", "13800001111")]
    [InlineData("sip:lin@pbx.example.cn", "sip:lin@pbx.example.cn")]
    public async Task Whatever_calls_a_hotline_is_registered_and_found_again(string typed, string shown)
    {
        var id = await api.A_request(typed);
        (await api.Operator.Get($"{Requests}/{id}")).Body["caller"]!["phone"]!.ToString().ShouldBe(shown);
        foreach (var again in (string[])[typed, shown])
            (await api.Operator.Get($"{Requests}?phone={Uri.EscapeDataString(again)}")).Items.ShouldContain(i =>
                i["id"]!.ToString() == id.ToString(), again);
    }

    [Theory]
    [InlineData("00000000")]
    [InlineData("110-12345")]
    [InlineData("1380000LOVE")]
    [InlineData("59181234801")]
    [InlineData("13800000000/13900000000")]
    public async Task What_is_no_number_is_refused(string typed) =>
        (await api.Operator.Post(Requests, IntakeApi.Input(typed))).Faults.ShouldBe(["caller.phone"]);

    [Fact]
    public async Task A_request_is_found_by_its_number_name_address_phone_and_words_in_any_order()
    {
        var input = new
        {
            dialledNumber = "12345",
            caller = new { name = "欧阳晓彤", phone = "0577-65432109 转 8021" },
            areaCode = "330381002",
            address = "虹桥北路88号(近邮电大楼)",
            keyword = "疏通",
            description = "阳台的地漏反水,臭得很",
        };
        var request = await api.Operator.Post(Requests, input);
        request.Code.ShouldBe(201, request.ToString());
        var number = request.Text("number");
        foreach (var q in (string[])[number, number.ToLowerInvariant(), $"工单{number}。", number.Replace('-', '\uff0d'),
            $"R\u200bA{number[2..]}", number[^6..],
            "欧阳晓彤", "晓彤 欧阳", "歐陽曉彤", "虹桥北路", "虹桥北路88号", "邮电大楼 虹桥", "大楼,地漏,欧阳", "2109", "432109", "65432109", "0577-65432109", "8021",
                "地漏\u200b反水", "玉海街道 虹桥北路"])
        {
            (await api.Operator.Get($"{Requests}?q={Uri.EscapeDataString(q)}")).Items.Select(i =>
                i["id"]!.ToString()).ShouldContain(request.Text("id"), q);
        }
        foreach (var q in (string[])["欧阳修", "虹桥南路99号", "9012 虹桥", $"RA-20200101{number[11..]}"])
            (await api.Operator.Get($"{Requests}?q={Uri.EscapeDataString(q)}")).Items.Select(i =>
                i["id"]!.ToString()).ShouldNotContain(request.Text("id"), q);
        (await api.Operator.Get($"{Requests}?q=%E2%80%8B")).Code.ShouldBe(200);
    }

    [Fact]
    public async Task Requests_of_an_older_release_get_their_words()
    {
        var id = await api.A_request("14598761234");
        await api.Scalar<long>($"""
            with w as (delete from request_words where request_id = '{id}'),
                u as (update requests set words_release = 0 where id = '{id}' returning 1)
            select count(*) from u
            """);
        (await api.Operator.Get($"{Requests}?q=98761234")).Items.ShouldBeEmpty();
        using var stop = new CancellationTokenSource();
        var fill = ActivatorUtilities.CreateInstance<Intake.Requests.WordsFill>(api.Services);
        await fill.StartAsync(stop.Token);
        await Wait.Until(async () => (await api.Operator.Get($"{Requests}?q=98761234")).Items.Length == 1, "found by the end of its phone");
        await fill.StopAsync(stop.Token);
    }

    [Fact]
    public async Task A_call_that_fits_no_category_waits_as_other_until_a_supervisor_names_it()
    {
        var input = new
        {
            dialledNumber = "12345",
            caller = new { name = "林女士", phone = "14500000333" },
            areaCode = "330381001",
            address = "a",
            categoryCode = "other",
            description = "火星移民"
        };
        var request = await api.Operator.Post(Requests, input);
        (request.Code, request.Text("categoryCode"), request.Text("categoryName")).ShouldBe((201, "other", "其他"));
        (await api.Operator.Post(Requests, new
        {
            input.dialledNumber,
            input.caller,
            input.areaCode,
            input.address,
            categoryCode = "other.other",
            input.description
        })).Text("categoryCode").ShouldBe("other");
        (await api.Operator.Post(Requests, new
        {
            input.dialledNumber,
            input.caller,
            input.areaCode,
            input.address,
            keyword = "火星移民",
            input.description
        })).Faults.ShouldBe(["keyword"]);
        (await api.Supervisor.Get($"{Requests}?categoryCode=other")).Items.Select(i =>
            i["id"]!.ToString()).ShouldContain(request.Text("id"));

        var path = $"{Requests}/{request.Id}/category";
        (await api.Operator.Post(path, new { categoryCode = "life.legal" })).Code.ShouldBe(403);
        (await api.Supervisor.Post(path, new { categoryCode = "no.such" })).Faults.ShouldBe(["categoryCode"]);
        (await api.Supervisor.Post(path, new { categoryCode = "life.legal" }, ("If-Match", "\"7\""))).Code.ShouldBe(412);
        var named = await api.Supervisor.Post(path, new { categoryCode = "life.legal" }, ("If-Match", "\"1\""));
        (named.Code, named.Text("categoryCode"), named.ETag).ShouldBe((200, "life.legal", "\"2-unfollowed\""));
        var told = await api.Probe.Hears<RequestRecategorised>(r => r.RequestId == request.Id);
        (told.Before, told.CategoryCode, told.Version).ShouldBe(("other", "life.legal", 2));
        (await api.Supervisor.Get($"{Requests}?categoryCode=other")).Items.Select(i =>
            i["id"]!.ToString()).ShouldNotContain(request.Text("id"));
        (await api.Operator.Get($"{Requests}/{request.Id}/timeline")).Items[1]["text"]!.ToString().ShouldBe("服务类别由 其他 改为 法律咨询");
        (await api.Supervisor.Post(path, new { categoryCode = "life.legal" })).ETag.ShouldBe("\"2-unfollowed\"", "nothing changed");
        await api.Operator.Post($"{Requests}/{request.Id}/cancel", new { reason = "不要了" });
        (await api.Supervisor.Post(path, new { categoryCode = "locks.open-lock" })).Text("code").ShouldBe("request.finished");
    }

    [Theory]
    [InlineData("name", "林\u202e女士")]
    [InlineData("name", "林\n女士")]
    [InlineData("address", "\u200b")]
    [InlineData("address", "\u3164\u2800")]
    [InlineData("address", "a\u2028b")]
    [InlineData("description", "\ufeff\u00ad")]
    [InlineData("description", "a\u2066b")]
    public async Task Words_that_cannot_be_seen_or_deceive_are_refused(string field, string text)
    {
        string Of(string name, string otherwise) => field == name ? text : otherwise;
        var answer = await api.Operator.Post(Requests, new
        {
            dialledNumber = "12345",
            caller = new
            {
                name = Of("name", "林女士"),
                phone = "14500000001"
            },
            areaCode = "330381001",
            address = Of("address", "a"),
            keyword = "疏通",
            description = Of("description",
            "b")
        });
        answer.Faults.ShouldBe([field == "name" ? "caller.name" : field]);
    }

    [Fact]
    public async Task A_name_of_fifty_characters_may_have_any_characters()
    {
        object Named(string name) => new
        {
            dialledNumber = "12345",
            caller = new { name, phone = "14500000001" },
            areaCode = "330381001",
            address = "a",
            keyword = "疏通",
            description = "b"
        };
        (await api.Operator.Post(Requests, Named(string.Concat(Enumerable.Repeat("𠮷", 50))))).Code.ShouldBe(201);
        (await api.Operator.Post(Requests, Named(string.Concat(Enumerable.Repeat("𠮷", 51))))).Faults.ShouldBe(["caller.name"]);
    }
}
