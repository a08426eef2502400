namespace Hotline.Services.Tests.Door;

/// <summary>Query, path, headers and cookies.</summary>
public sealed class ParameterTests(IntakeApi api, DispatchApi dispatch) : IClassFixture<IntakeApi>, IClassFixture<DispatchApi>
{
    private const string Requests = "/api/intake/requests", Orders = "/api/dispatch/orders";

    [Theory]
    [InlineData("statuss=closed", "statuss", "status")]
    [InlineData("stauts=closed", "stauts", "status")]
    [InlineData("page=2&limit=5", "page", "phone")]
    public async Task An_unknown_name_is_named_with_the_nearest_known(string query, string unknown, string nearest)
    {
        var answer = await api.Operator.Get($"{Requests}?{query}", ("Accept-Language", "en"));
        (answer.Code, answer.Faults.Single()).ShouldBe((400, unknown));
        answer.Message(unknown).ShouldStartWith($"There is no such parameter: did you mean {nearest}? Known are: phone, status");
        (await api.Operator.Get($"{Requests}?{query}")).Message(unknown).ShouldContain($"是否要用 {nearest}");
    }

    [Fact]
    public async Task An_address_without_parameters_takes_none()
    {
        (await api.Operator.Get($"/api/intake/settings?verbose=1")).Faults.ShouldBe(["verbose"]);
        (await api.Operator.Post($"{Requests}?dry=1", IntakeApi.Input())).Faults.ShouldBe(["dry"]);
    }

    [Fact]
    public async Task An_empty_value_is_none_whatever_its_type()
    {
        (await dispatch.Operator.Get($"{Orders}?status=&requestId=&vendorId=&overdue=&limit=&cursor=")).Code.ShouldBe(200);
        (await dispatch.Operator.Get("/api/dispatch/figures?day=")).Code.ShouldBe(200);
        (await api.Operator.Get($"{Requests}?phone=&status=&q=&categoryCode=&areaCode=&from=&to=&limit=&cursor=%20")).Code.ShouldBe(200);
    }

    [Theory]
    [InlineData("limit=abc", "limit", "limit must be a whole number from 1 to 200")]
    [InlineData("limit=1.5", "limit", "limit must be a whole number from 1 to 200")]
    [InlineData("limit=99999999999", "limit", "limit must be a whole number from 1 to 200")]
    [InlineData("limit=201", "limit", "limit must be a whole number from 1 to 200")]
    [InlineData("requestId=12", "requestId", "must be an id (UUID)")]
    [InlineData("overdue=yes", "overdue", "must be true or false")]
    [InlineData("limit=1&limit=2", "limit", "Give it once")]
    [InlineData("status=open&status=accepted", "status", "Give it once")]
    public async Task An_unreadable_value_is_told_what_is_wanted(string query, string field, string message) =>
        (await dispatch.Operator.Get($"{Orders}?{query}", ("Accept-Language", "en"))).Message(field).ShouldBe(message);

    [Theory]
    [InlineData("0001-01-01"), InlineData("9999-12-31"), InlineData("1999-12-31"), InlineData("2100-01-02"), InlineData("2026-11"),
        InlineData("01/02/2026")]
    [InlineData("2026-2-3"), InlineData("20261124"), InlineData("2026-11-24T00:00:00Z"), InlineData("2026-02-30"), InlineData("Nov 26"),
        InlineData("２０２６-11-24")]
    public async Task A_day_is_yyyy_MM_dd_within_a_century(string day)
    {
        foreach (var (client, address) in ((Client, string)[])[(api.Operator, "/api/intake/figures"),
            (dispatch.Operator, "/api/dispatch/figures")])
        {
            var answer = await client.Get($"{address}?day={Uri.EscapeDataString(day)}");
            (answer.Code, answer.Faults.Single()).ShouldBe((400, "day"), answer.ToString());
            answer.Message("day").ShouldContain("yyyy-MM-dd");
        }
    }

    [Theory, InlineData("2000-01-01"), InlineData("2100-01-01"), InlineData("2026-11-24")]
    public async Task Days_at_both_ends_of_the_century_have_figures(string day) =>
        (await api.Operator.Get($"/api/intake/figures?day={day}")).Text("day").ShouldBe(day);

    [Theory]
    [InlineData("11/26/2026"), InlineData("Nov 26"), InlineData("2026-11"), InlineData("2026-11-26T08:00:00"), InlineData("9999-12-31"),
        InlineData("0001-01-01T00:00:00Z")]
    [InlineData("2026-11-26T08:00:00+15:00"), InlineData("26 Nov 2026 08:00 GMT"), InlineData("1764115200")]
    public async Task A_span_is_of_days_or_times_with_their_zone(string moment)
    {
        var answer = await api.Operator.Get($"{Requests}?from={Uri.EscapeDataString(moment)}&to={Uri.EscapeDataString(moment)}");
        (answer.Code, string.Join(' ', answer.Faults)).ShouldBe((400, "from to"), answer.ToString());
    }

    [Theory, InlineData("2026-11-26t08:00:00z"), InlineData("2026-11-26T08:00:00.5+08:00"), InlineData("2026-11-26")]
    public async Task Times_are_read_in_either_case(string moment) =>
        (await api.Operator.Get($"{Requests}?from={Uri.EscapeDataString(moment)}")).Code.ShouldBe(200);

    [Theory]
    [InlineData("categoryCode=%00", "categoryCode"), InlineData("areaCode=a%00b", "areaCode"), InlineData("q=%07", "q"),
        InlineData("q=a%0ab", "q")]
    [InlineData("cursor=%1b", "cursor"), InlineData("phone=%7f", "phone"), InlineData("q=%c2%85", "q"), InlineData("na%00me=1", "name")]
    public async Task A_control_character_in_a_query_names_its_parameter(string query, string field)
    {
        var answer = await api.Operator.Get($"{Requests}?{query}");
        (answer.Code, answer.Text("code"), answer.Faults.Single()).ShouldBe((400, "input.invalid", field), answer.ToString());
    }

    [Fact]
    public async Task A_control_character_in_a_cursor_header_cookie_or_path_is_refused()
    {
        (await api.Operator.Get($"{Requests}?cursor={Convert.ToBase64String("a\0b"u8).TrimEnd('=')}")).Faults.ShouldBe(["cursor"]);
        (await api.Operator.Get(Requests, ("Cookie", "session=a%00b"))).Faults.ShouldBe(["session"]);
        (await api.Operator.Get(Requests, ("X-Anything", "a\u0001b"))).Faults.ShouldBe(["X-Anything"]);
        (await api.Operator.Get($"{Requests}/a%01b")).Code.ShouldBe(400);
    }

    [Fact]
    public async Task HEAD_answers_as_GET_does_without_a_body()
    {
        var id = await api.A_request();
        var (head, get) = (await api.Operator.Send(HttpMethod.Head, $"{Requests}/{id}", null), await api.Operator.Get($"{Requests}/{id}"));
        (head.Code, head.ETag, head.Text("text")).ShouldBe((200, get.ETag, ""));
        (await api.Operator.Send(HttpMethod.Head, $"{Requests}/{Guid.CreateVersion7()}", null)).Code.ShouldBe(404);
        (await api.Operator.Send(HttpMethod.Head, $"{Requests}/{id}/cancel", null)).Code.ShouldBe(405);
        (await api.With(null).Send(HttpMethod.Head, Requests, null)).Code.ShouldBe(401);
    }

    [Fact]
    public async Task What_is_known_already_is_not_sent_again()
    {
        var path = $"{Requests}/{await api.A_request()}";
        var tag = (await api.Operator.Get(path)).ETag!;
        foreach (var known in (string[])[tag, $"W/{tag}", $"\"9\", {tag}", "*"])
        {
            var answer = await api.Operator.Get(path, ("If-None-Match", known));
            (answer.Code, answer.ETag, answer.Text("text")).ShouldBe((304, tag, ""), known);
        }
        foreach (var unknown in (string[])["\"9\"", "1", "\"1-en\"", "\"11\""]) (await api.Operator.Get(path, ("If-None-Match",
            unknown))).Code.ShouldBe(200, unknown);
        (await api.Operator.Get(path, ("If-None-Match", tag),
            ("Accept-Language", "en"))).Code.ShouldBe(200, "another language is another text");
    }

    [Theory]
    [InlineData("\"1\"", 200), InlineData("\"1-en\"", 200), InlineData("*", 200), InlineData("\"9\", \"1\"", 200), InlineData("", 200)]
    [InlineData("W/\"1\"", 412), InlineData("\"2\"", 412), InlineData("1", 412), InlineData("\"x\"", 412), InlineData("\"01x\"", 412)]
    public async Task A_change_takes_a_strong_tag_of_any_language(string ifMatch, int status) =>
        (await api.Operator.Post($"{Requests}/{await api.A_request()}/cancel",
            new { reason = "不要了" }, ("If-Match", ifMatch))).Code.ShouldBe(status);
}
