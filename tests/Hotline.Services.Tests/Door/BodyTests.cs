using System.IO.Compression;
using System.Text;

namespace Hotline.Services.Tests.Door;

/// <summary>What comes as a body: JSON in UTF-8, as it is, each field once.</summary>
public sealed class BodyTests(IntakeApi api, EvaluationApi evaluation, RegistryApi registry) :
    IClassFixture<IntakeApi>, IClassFixture<EvaluationApi>, IClassFixture<RegistryApi>
{
    private const string Requests = "/api/intake/requests";

    private const string Good = """
        {"keyword":"疏通","dialledNumber":"12345","caller":{"phone":"14500000001"},"areaCode":"330381001","address":"a","description":"b"}
        """;

    [Theory]
    [InlineData("application/json", 201)]
    [InlineData("application/json; charset=utf-8", 201)]
    [InlineData("application/json; charset=\"utf-8\"", 201)]
    [InlineData("Application/JSON; charset=UTF-8", 201)]
    [InlineData("application/json; charset=gbk", 415)]
    [InlineData("application/json; charset=gb18030", 415)]
    [InlineData("application/json; charset=GB2312", 415)]
    [InlineData("application/json; charset=utf-16", 415)]
    [InlineData("application/json; charset=martian", 415)]
    [InlineData("application/json; charset=", 415)]
    [InlineData("application/json; charset=\"\"", 415)]
    [InlineData("application/json-patch+json", 415)]
    [InlineData("application/merge-patch+json", 415)] // of a PATCH only
    [InlineData("text/plain", 415)]
    public async Task A_body_is_JSON_in_UTF_8(string contentType, int status)
    {
        var answer = await api.Operator.Bytes(HttpMethod.Post, Requests, Encoding.UTF8.GetBytes(Good), contentType);
        (answer.Code, status == 201 || answer.Text("code") == "body.media-type").ShouldBe((status, true), answer.ToString());
    }

    [Theory, InlineData("gzip"), InlineData("deflate"), InlineData("br"), InlineData("identity, gzip")]
    public async Task A_compressed_body_is_refused_before_it_is_read(string encoding)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, true)) gzip.Write(Encoding.UTF8.GetBytes(Good));
        var content = new ByteArrayContent(packed.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        var answer = await api.Operator.Send(HttpMethod.Post, Requests, content);
        (answer.Code, answer.Text("code")).ShouldBe((415, "body.media-type"));
    }

    [Theory]
    [InlineData("""{"reason":"a","reason":"b"}""")]
    [InlineData("""{"reason":"a","Reason":"b"}""")]
    [InlineData("""{"reason":"a","\u0072eason":"b"}""")]
    public async Task A_field_that_comes_twice_is_refused(string body)
    {
        var answer = await api.Operator.Raw($"{Requests}/{await api.A_request()}/cancel", body);
        (answer.Code, answer.Text("code")).ShouldBe((400, "body.invalid-json"), answer.ToString());
    }

    [Theory]
    [InlineData("2026-12-01T08:00:00")]
    [InlineData("2026-12-01")]
    [InlineData("2126-12-01T08:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("2026-12-01T08:00:00+99:00")]
    [InlineData("2026-12-01 08:00:00Z")]
    [InlineData("2026-12-01T24:00:00Z")]
    [InlineData("2026-02-30T08:00:00Z")]
    [InlineData("明天")]
    public async Task A_time_without_a_zone_or_beyond_the_calendar_is_refused_and_says_what_is_wanted(string until)
    {
        var answer = await evaluation.Supervisor.Post("/api/evaluation/sanctions",
            new { vendorId = Guid.CreateVersion7(), kind = "warning", reason = "x", until });
        (answer.Code, answer.Faults.SingleOrDefault()).ShouldBe((400, "until"), answer.ToString());
        answer.Message("until").ShouldContain("2026-11-24T16:00:00+08:00");
    }

    [Theory]
    [InlineData("2099-12-01t08:00:00z", "2099-12-01T08:00:00")]
    [InlineData("2099-12-01T16:00:00.1234567+08:00", "2099-12-01T08:00:00.123456")]
    [InlineData("2099-12-01T08:00Z", "2099-12-01T08:00:00")]
    public async Task A_time_with_its_zone_is_kept_to_the_microsecond_and_shown_the_same_ever_after(string until, string utc)
    {
        var vendor = await evaluation.A_vendor();
        var answer = await evaluation.Supervisor.Post("/api/evaluation/sanctions",
            new { vendorId = vendor.VendorId, kind = "warning", reason = "x", until });
        answer.Code.ShouldBe(201, answer.ToString());
        answer.Text("until").ShouldBe($"{utc}+00:00");
        (await evaluation.Supervisor.Get($"/api/evaluation/sanctions/{answer.Id}")).Body.ToJsonString()
            .ShouldBe(answer.Body.ToJsonString());
    }

    [Fact]
    public async Task A_day_out_of_the_calendars_reach_is_named()
    {
        var vendor = (await registry.Supervisor.Post("/api/vendors", RegistryApi.Application())).Id;
        foreach (var day in (string[])["9999-01-01", "0001-01-01", "2026-1-1", "2026-01-01T00:00:00Z"])
        {
            var answer = await registry.Supervisor.Post($"/api/vendors/{vendor}/approve", new { contractFrom = day });
            (answer.Code, answer.Faults.SingleOrDefault()).ShouldBe((400, "contractFrom"), $"{day}: {answer}");
        }
    }

    [Fact]
    public async Task Control_characters_are_named_in_every_text_of_a_body()
    {
        var id = await api.A_request();
        foreach (var control in (string[])["\\u0000", "\\u0007", "\\u001b", "\\u007f", "\\u0085"])
        {
            var answer = await api.Operator.Raw($"{Requests}/{id}/cancel", $$"""{"reason":"a{{control}}b","cause":"dup{{control}}"}""");
            answer.Faults.ShouldBe(["cause", "reason"], $"{control}: {answer}");
        }
        (await api.Operator.Raw($"{Requests}/{id}/cancel", """{"reason":"\ud800"}""")).Code.ShouldBe(400);
    }

    [Theory, InlineData("疏通\n"), InlineData("A1234567890123456\n8"), InlineData("91330381MA2ABCDE1X\n")]
    public async Task A_line_break_at_the_end_of_a_code_is_no_part_of_it(string licence) =>
        (await registry.Supervisor.Post("/api/vendors", new
        {
            name = "店",
            phone = "0577-65000000",
            licenceNumber = licence,
            services = new[] { new { categoryCode = "drains.unclog-drain", priceFrom = 80, priceTo = 150, unit = "次" } },
            coverage = new[] { "330381001" },
        })).Faults.ShouldBe(["licenceNumber"]);

    [Fact]
    public async Task A_merge_patch_removes_what_is_null_and_a_plain_one_leaves_it()
    {
        var client = registry.Supervisor;
        var id = (await client.Post("/api/vendors",
            RegistryApi.Application(hours: new { opensAt = "08:00:00", closesAt = "20:00:00" }))).Id;
        Task<Answer> Patch(string body, string type) => client.Bytes(HttpMethod.Patch, $"/api/vendors/{id}", Encoding.UTF8.GetBytes(body),
            type);
        var plain = await Patch("""{"hours":null,"contactName":null,"name":"新名"}""", "application/json");
        (plain.Code, plain.Text("name"), plain.Text("contactName"), plain.Body["hours"] is null)
            .ShouldBe((200, "新名", "联系人", false), plain.ToString());
        var merged = await Patch("""{"hours":null,"contactName":null}""", "application/merge-patch+json; charset=utf-8");
        (merged.Code, merged.Text("name"), merged.Text("contactName"), merged.Body["hours"] is null)
            .ShouldBe((200, "新名", "", true), merged.ToString());
        (await Patch("""{"phone":null}""", "application/merge-patch+json")).Faults.ShouldBe(["phone"]);
        foreach (var type in (string[])["application/json", "application/merge-patch+json"])
        {
            foreach (var body in (string[])["""{"name":"a","name":"b"}""", """{"name":"a","Name":"b"}""",
                """{"x":1,"x":2}""", "null", "{", ""])
                (await Patch(body, type)).Text("code").ShouldBe("body.invalid-json", $"{type} {body}");
        }
        (await Patch("[]", "application/merge-patch+json")).Text("code").ShouldBe("body.invalid-json");
        (await Patch("""{"name":1}""", "application/merge-patch+json")).Faults.ShouldBe(["name"]);
    }
}
