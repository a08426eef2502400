using Hotline.Contracts.Dispatch;
using Hotline.Contracts.FollowUp;
using Hotline.Contracts.Intake;
using Hotline.ServiceDefaults;
using Hotline.Wire;

namespace Hotline.Services.Tests;

public sealed class IntakeTests(IntakeApi api) : IClassFixture<IntakeApi>
{
    private const string Requests = "/api/intake/requests";

    [Fact]
    public async Task A_registered_request_has_a_number_that_the_citizen_can_quote_and_is_told_once()
    {
        var answer = await api.Operator.Post(Requests, IntakeApi.Input());
        answer.Code.ShouldBe(201);
        answer.Text("number").ShouldMatch(@"^RA-\d{8}-\d{6}$");
        (answer.Text("status"), answer.Text("categoryCode"), answer.ETag).ShouldBe(("registered", "drains.unclog-drain", "\"1\""));
        answer.Headers.Location!.ToString().ShouldBe($"{Requests}/{answer.Id}");
        var told = await api.Probe.Hears<RequestRegistered>(r => r.RequestId == answer.Id);
        (Keys.Personal.Open(told.Citizen).Phone, told.Number).ShouldBe(("14500000001", answer.Text("number")));
        (await api.Operator.Get($"{Requests}/{answer.Id}")).Text("address").ShouldBe("瑞安广场东边三楼");
    }

    [Fact]
    public async Task Numbers_of_a_day_have_no_gap_and_no_double_under_concurrency_and_refusals()
    {
        var operators = Enumerable.Range(0, 60).Select(i => i % 4 == 3
            ? api.Operator.Post(Requests, IntakeApi.Input(phone: "12"))
            : api.Operator.Post(Requests, IntakeApi.Input())).ToArray();
        var answers = await Task.WhenAll(operators);
        answers.Count(a => a.Code == 400).ShouldBe(15);
        var numbers = answers.Where(a => a.Code == 201).Select(a => int.Parse(a.Text("number")[^6..])).Order().ToArray();
        numbers.Length.ShouldBe(45);
        (await api.Scalar<int>("select last from request_numbers")).ShouldBe((int)await api.Count("requests"));
        numbers.Distinct().Count().ShouldBe(45);
    }

    [Fact]
    public async Task The_same_key_and_body_answer_the_same_and_register_once_even_at_the_same_moment()
    {
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var answers = await Task.WhenAll(Enumerable.Range(0, 10)
            .Select(_ => api.Operator.Post(Requests, IntakeApi.Input("14500000077"), key)));
        answers.ShouldAllBe(a => a.Code == 201);
        answers.Select(a => a.Body.ToJsonString()).Distinct().Count().ShouldBe(1);
        answers.ShouldAllBe(a => a.ETag == "\"1\"");
        (await api.Operator.Get($"{Requests}?phone=14500000077")).Items.Length.ShouldBe(1);
        (await api.Operator.Post(Requests, IntakeApi.Input("14500000078"), key)).Code.ShouldBe(422);
        (await api.Operator.Get($"{Requests}?phone=14500000078")).Items.ShouldBeEmpty();
        (await api.As(Roles.Operator, subject: "another").Post(Requests, IntakeApi.Input("14500000079"), key)).Code.ShouldBe(201,
            "a key is its caller's own");
    }

    [Fact]
    public async Task Every_faulty_field_is_named_at_once_in_the_callers_language_and_nothing_is_written()
    {
        var before = await api.Count("requests");
        var faulty = new
        {
            channel = "fax",
            dialledNumber = "110",
            caller = new { phone = "110-12345", name = new string('长', 51) },
            areaCode = "330382001",
            address = "",
            categoryCode = "nothing.here",
            description = new string('堵', 10_000),
            urgency = "now",
        };
        var answer = await api.Operator.Post(Requests, faulty);
        answer.Code.ShouldBe(400);
        answer.Text("code").ShouldBe("input.invalid");
        answer.Faults.ShouldBe(["address", "areaCode", "caller.name", "caller.phone", "categoryCode", "channel", "description",
            "dialledNumber", "urgency"]);
        answer.Body["errors"]!["areaCode"]![0]!.ToString().ShouldContain("区域");
        answer.Text("traceId").Length.ShouldBe(32);
        var english = await api.Operator.Post(Requests, faulty, ("Accept-Language", "en"));
        english.Body["errors"]!["areaCode"]![0]!.ToString().ShouldStartWith("The area must be");
        english.Body["errors"]!["description"]![0]!.ToString().ShouldContain("2000");
        (await api.Count("requests")).ShouldBe(before);
    }

    [Theory]
    [InlineData("{}", "address areaCode caller categoryCode description dialledNumber")]
    [InlineData(
        """{"keyword":"火星移民","dialledNumber":"12345","caller":"""
        + """{"phone":"14500000001"},"areaCode":"330381001","address":"a","description":"b"}""",
        "keyword")]
    [InlineData(
        """{"keyword":"疏通","dialledNumber":"12345","caller":{"phone":"1380000"},"areaCode":"330381001","address":"a","description":" "}""",
        "caller.phone description")]
    [InlineData(
        """{"keyword":"疏通","dialledNumber":"12345","caller":"""
        + """{"phone":"14500000001"},"areaCode":"330381001","address":"a\u0000b","description":"b"}""",
        "address")]
    public async Task A_faulty_registration_names_its_fields(string body, string fields) =>
        (await api.Operator.Raw(Requests, body)).Faults.ShouldBe(fields.Split(' '));

    [Theory]
    [InlineData("{", "application/json", 400, "body.invalid-json")]
    [InlineData("null", "application/json", 400, "input.invalid")]
    [InlineData("[]", "application/json", 400, "body.invalid-json")]
    [InlineData("""{"caller":"林"}""", "application/json", 400, "body.invalid-json")]
    [InlineData("a=b", "application/x-www-form-urlencoded", 415, "body.media-type")]
    public async Task What_is_no_JSON_of_ours_is_refused_with_a_code(string body, string contentType, int status, string code)
    {
        var answer = await api.Operator.Raw(Requests, body, contentType);
        (answer.Code, answer.Text("code")).ShouldBe((status, code));
    }

    [Fact]
    public async Task Unknown_fields_are_ignored()
    {
        var answer = await api.Operator.Raw(Requests,
            """{"keyword":"疏通","dialledNumber":"12345","caller":"""
            + """{"phone":"14500000001","mood":"sad"},"areaCode":"330381001","address":"a","description":"b","future":[1]}""");
        answer.Code.ShouldBe(201);
    }

    [Fact]
    public async Task A_callers_history_is_found_by_phone_in_pages_newest_first()
    {
        var phone = "14500000123";
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++) ids.Add(await api.A_request(phone));
        var first = await api.Operator.Get($"{Requests}?phone=145-0000-0123&limit=3");
        var second = await api.Operator.Get($"{Requests}?phone={phone}&limit=3&cursor={first.Text("nextCursor")}");
        first.Items.Concat(second.Items).Select(i => Guid.Parse(i["id"]!.ToString())).ShouldBe(Enumerable.Reverse(ids));
        second.Body["nextCursor"].ShouldBeNull();
    }

    [Fact]
    public async Task Requests_are_found_by_words_number_status_and_day()
    {
        var answer = await api.Operator.Post(Requests, IntakeApi.Input(description: "阁楼%漏_水"));
        (await api.Operator.Get($"{Requests}?q={Uri.EscapeDataString("楼%漏_")}")).Items.Length.ShouldBe(1);
        (await api.Operator.Get($"{Requests}?q={answer.Text("number")}")).Items.Single()["id"]!.ToString().ShouldBe(answer.Text("id"));
        var today = DateTimeOffset.UtcNow.ToLocalDay().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        (await api.Operator.Get($"{Requests}?from={today}&to={today}&status=registered")).Items.ShouldNotBeEmpty();
        (await api.Operator.Get($"{Requests}?to=2020-01-01")).Items.ShouldBeEmpty();
        var faults = await api.Operator.Get($"{Requests}?phone=x&status=lost&limit=0&cursor=%21&from=yesterday");
        faults.Faults.ShouldBe(["cursor", "from", "limit", "phone", "status"]);
    }

    [Fact]
    public async Task Cancelling_respects_version_and_state_and_is_told()
    {
        var id = await api.A_request();
        (await api.Operator.Post($"{Requests}/{id}/cancel", new { reason = "不要了" }, ("If-Match", "\"7\""))).Code.ShouldBe(412);
        var cancelled = await api.Operator.Post($"{Requests}/{id}/cancel", new { reason = "不要了" }, ("If-Match", "\"1\""));
        (cancelled.Code, cancelled.Text("status"), cancelled.ETag).ShouldBe((200, "cancelled", "\"2\""));
        (await api.Operator.Get($"{Requests}?status=cancelled")).Items.ShouldContain(i => i["id"]!.ToString() == id.ToString());
        (await api.Operator.Get($"{Requests}?status=registered")).Items.ShouldNotContain(i => i["id"]!.ToString() == id.ToString());
        await api.Probe.Hears<RequestCancelled>(r => r.RequestId == id);
        var again = await api.Operator.Post($"{Requests}/{id}/cancel", new { reason = "再取消" });
        (again.Code, again.Text("code"), again.Text("currentStatus")).ShouldBe((409, "request.final", "cancelled"));
        (await api.Operator.Post($"{Requests}/{Guid.NewGuid()}/cancel", new { reason = "x" })).Code.ShouldBe(404);
    }

    [Fact]
    public async Task What_happens_before_the_end_of_a_request_leaves_the_indexes_alone()
    {
        var id = await api.A_request();
        (await api.LeavesIndexesAlone("requests",
            "status = 'offered', order_id = id, order_status = 'offered', order_version = 1, version = version + 1", id)).ShouldBeTrue();
        (await api.LeavesIndexesAlone("requests", "status = 'closed', version = version + 1", id)).ShouldBeFalse();
    }

    [Fact]
    public async Task The_status_follows_the_orders_whatever_the_order_of_arrival()
    {
        var (id, order, vendor, now) = (await api.A_request(), Guid.CreateVersion7(), Guid.CreateVersion7(), DateTimeOffset.UtcNow);
        await api.Probe.Tell(new OrderAccepted(order, id, vendor, 2, now.AddMinutes(15), "店", now));
        await Becomes(id, "accepted");
        await api.Probe.Tell(new OrderOffered(order, id, vendor, 1, "RA", "店", "drains.unclog-drain", now.AddMinutes(10), "op", now));
        await api.Probe.Tell(new FollowUpCompleted(Guid.CreateVersion7(), id, order, vendor, 2, "service", 5, true, true,
            true, null, "op", now));
        await api.Probe.Tell(new OrderCompleted(order, id, vendor, 7, "RA", "店", "drains.unclog-drain", 100, 100, "好了", 0, "店", now));
        await Becomes(id, "closed");
    }

    [Fact]
    public async Task The_timeline_tells_the_story_of_all_services_in_order_and_in_the_readers_language()
    {
        var (id, order, vendor, start) = (await api.A_request(), Guid.CreateVersion7(), Guid.CreateVersion7(), DateTimeOffset.UtcNow);
        await api.Probe.Tell(new QuoteProposed(order, id, vendor, 4, 120, null, "店", start.AddMinutes(3)));
        await api.Probe.Tell(new OrderAccepted(order, id, vendor, 2, start.AddMinutes(15), "店", start.AddMinutes(1)));
        await api.Probe.Tell(new OrderOffered(order, id, vendor, 1, "RA", "疏通店", "drains.unclog-drain", start.AddMinutes(10),
            "op", start.AddSeconds(1)));
        var timeline = await Wait.For(async () => await api.Operator.Get($"{Requests}/{id}/timeline") is { Items.Length: 4 } full
            ? full : null, "four entries");
        timeline.Items.Select(i => i["kind"]!.ToString()).ShouldBe(["requestRegistered", "orderOffered", "orderAccepted", "quoteProposed"]);
        timeline.Items[3]["text"]!.ToString().ShouldBe("报价 120 元");
        (await api.Operator.Get($"{Requests}/{id}/timeline", ("Accept-Language", "en-GB,en;q=0.9"))).Items[3]["text"]!.ToString()
            .ShouldBe("Price quoted: CNY 120");
    }

    [Fact]
    public async Task Only_valid_tokens_of_the_right_role_pass()
    {
        (await api.With(null).Get(Requests)).Code.ShouldBe(401);
        (await api.With("nonsense").Get(Requests)).Code.ShouldBe(401);
        (await api.With(Tokens.For(Roles.Operator, validFor: TimeSpan.FromMinutes(-1))).Get(Requests)).Code.ShouldBe(401);
        (await api.With(Tokens.For(Roles.Operator, audience: "other-api")).Get(Requests)).Code.ShouldBe(401);
        using var rsa = System.Security.Cryptography.RSA.Create(2048);
        (await api.With(Tokens.For(Roles.Operator, key: new Microsoft.IdentityModel.Tokens.RsaSecurityKey(rsa) { KeyId = "test" }))
            .Get(Requests)).Code.ShouldBe(401);
        (await api.As(Roles.Vendor, Guid.NewGuid()).Get(Requests)).Code.ShouldBe(403);
        (await api.As(Roles.Ops).Get(Requests)).Code.ShouldBe(403);
        (await api.As(Roles.Cti).Post(Requests, IntakeApi.Input())).Code.ShouldBe(201);
        (await api.As(Roles.Cti).Post($"{Requests}/{Guid.NewGuid()}/cancel", new { reason = "x" })).Code.ShouldBe(403);
    }

    [Fact]
    public async Task The_telephone_system_registers_and_sees_a_request_masked_and_no_list()
    {
        var cti = api.As(Roles.Cti);
        var id = (await cti.Post(Requests, IntakeApi.Input("14512345678"))).Id;
        var seen = await cti.Get($"{Requests}/{id}");
        (seen.Code, seen.Body["caller"]!["phone"]!.ToString(), seen.Body["caller"]!["name"]!.ToString(), seen.Text("address"))
            .ShouldBe((200, "145****5678", "林**", "****"));
        (await api.Supervisor.Get($"/api/intake/access-log?requestId={id}")).Items.ShouldBeEmpty();
        foreach (var path in (string[])[Requests, $"{Requests}?phone=14512345678", $"{Requests}/{id}/timeline", "/api/intake/figures",
            "/api/intake/access-log"])
            (await cti.Get(path)).Code.ShouldBe(403, path);
        (await cti.Post($"{Requests}/{id}/category", new { categoryCode = "locks.open-lock" })).Code.ShouldBe(403);
    }

    private Task Becomes(Guid id, string status) =>
        Wait.Until(async () => (await api.Operator.Get($"{Requests}/{id}")).Text("status") == status, $"the request {status}");
}
