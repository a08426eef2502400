using System.Net;
using Dapper;
using Hotline.ServiceDefaults;

namespace Hotline.Services.Tests;

/// <summary>A list as a file: what stands in it, who gets it, what is noted of it.</summary>
public sealed class ExportTests(
    IntakeApi intake, DispatchApi dispatch, FollowUpApi followUp, RegistryApi registry, EvaluationApi evaluation) :
    IClassFixture<IntakeApi>, IClassFixture<DispatchApi>, IClassFixture<FollowUpApi>, IClassFixture<RegistryApi>,
    IClassFixture<EvaluationApi>
{
    private const string Requests = "/api/intake/requests", Phone = "14500000077";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<HttpResponseMessage> Ask<T>(
        Service<T> api, string path, string role = Roles.Supervisor, string language = "zh-CN", string? person = null) where T : class
    {
        var http = api.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", Tokens.For(role, subject: person));
        request.Headers.AcceptLanguage.ParseAdd(language);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
    }

    private static async Task<string[][]> File<T>(
        Service<T> api, string path, string format = "csv", string role = Roles.Supervisor, string language = "zh-CN") where T : class
    {
        var mark = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        using var answer = await Ask(api, $"{path}{mark}format={format}", role, language);
        var file = await answer.Content.ReadAsByteArrayAsync(Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, System.Text.Encoding.UTF8.GetString(file));
        return ExportedFile.Rows(file, format);
    }

    /// <summary>Requests of an area, a minute apart, the last registered at the moment given.</summary>
    private async Task<Guid[]> Requests_in(string area, int count, DateTimeOffset last)
    {
        await using var connection = await intake.Database.OpenConnectionAsync(Stop);
        return [.. (await connection.QueryAsync<Guid>("""
            insert into requests (id, number, status, channel, dialled_number, citizen, phone_hash, area_code, category_code, description,
                urgency, registered_by, registered_at, version, has_words, words_release)
            select (lpad(to_hex((extract(epoch from @last) * 1000)::bigint - n * 60000::bigint), 12, '0') || '7000'
                    || lpad(to_hex(n), 16, '8'))::uuid, 'RA-' || @area || '-' || lpad(n::text, 6, '0'),
                case when n % 3 = 0 then 'closed' else 'registered' end, 'phone', '12345', @citizen, sha256(int4send(n)), @area,
                'drains.unclog-drain', '=cmd|''/c calc''!A1' || repeat('很长', 50), 'normal', 'operator',
                @last - n * interval '1 minute', 1, true, 1
            from generate_series(0, @count - 1) n returning id
            """, new { area, count, last, citizen = Keys.Personal.Seal(new("林女士", Phone, "瑞安广场东边三楼")) }))];
    }

    [Theory, InlineData("csv"), InlineData("xlsx")]
    public async Task A_file_has_the_rows_and_the_order_of_the_list_over_all_its_pages(string format)
    {
        var area = format == "csv" ? "330381101" : "330381102";
        await Requests_in(area, 650, DateTimeOffset.UtcNow);
        foreach (var filters in (string[])["", "&status=registered&sort=oldest", "&sort=waiting"])
        {
            var (listed, cursor) = (new List<string>(), "");
            do
            {
                var page = await intake.Supervisor.Get($"{Requests}?areaCode={area}{filters}&limit=200&cursor={cursor}");
                listed.AddRange(page.Items.Select(i => i["number"]!.ToString()));
                cursor = page.Body["nextCursor"]?.ToString();
            } while (cursor is not null);
            var rows = await File(intake, $"{Requests}/export?areaCode={area}{filters}", format);
            rows.Skip(1).Select(r => r[0]).ShouldBe(listed);
            listed.Count.ShouldBeGreaterThan(400);
        }
    }

    [Fact]
    public async Task A_file_speaks_the_callers_language_and_tells_the_citys_time_under_a_name_that_says_what_it_is()
    {
        // half past midnight here is the day before in UTC
        await Requests_in("330381103", 1, new(2026, 11, 25, 16, 30, 0, TimeSpan.Zero));
        var path = $"{Requests}/export?areaCode=330381103";
        var chinese = await File(intake, path);
        chinese[0][..4].ShouldBe(["工单号", "登记时间", "状态", "紧急"]);
        chinese[1][1..5].ShouldBe(["2026-11-26 00:30:00", "待派单", "否", "管道疏通"]);
        var english = await File(intake, path, language: "en");
        english[0][..4].ShouldBe(["Number", "Registered", "Status", "Urgent"]);
        english[1][1..4].ShouldBe(["2026-11-26 00:30:00", "to be offered", "No"]);
        english[1][5].ShouldStartWith("'=cmd");

        using var answer = await Ask(intake, $"{path}&format=xlsx");
        answer.Content.Headers.ContentDisposition!.FileNameStar!.ShouldMatch(@"^工单_\d{4}-\d\d-\d\d_\d{6}\.xlsx$");
        (answer.Content.Headers.ContentType!.MediaType, answer.Headers.CacheControl!.NoStore)
            .ShouldBe(("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", true));
    }

    [Fact]
    public async Task Citizens_in_full_are_for_a_supervisor_who_asks_and_noted_once_however_the_download_ends()
    {
        const string area = "330381104";
        await Requests_in(area, 650, DateTimeOffset.UtcNow);
        var path = $"{Requests}/export?areaCode={area}";
        var masked = (await File(intake, path))[1];
        (masked[6], masked[7], masked[9]).ShouldBe(("林**", "145****0077", "****"));
        (await intake.Operator.Get($"{path}&personal=true")).ShouldSatisfyAllConditions(
            a => a.Code.ShouldBe(403), a => a.Text("code").ShouldBe("export.personal"));
        (await Exports(area)).ShouldBeEmpty();

        var full = await File(intake, $"{path}&personal=true", "xlsx");
        (full.Length, full[1][6], full[1][7], full[1][9]).ShouldBe((651, "林女士", Phone, "瑞安广场东边三楼"));
        (await Exports(area)).ShouldBe([$"supervisor supervisor requests.xlsx?areaCode={area}, 650"]);

        using (await Ask(intake, $"{path}&personal=true", person: "hasty")) { }
        (await Exports(area)).ShouldBe([$"hasty supervisor requests.csv?areaCode={area}, 650",
            $"supervisor supervisor requests.xlsx?areaCode={area}, 650"]);
        // what is looked for may be about a citizen
        await File(intake, $"{path}&personal=true&q={Uri.EscapeDataString("林女士")}");
        (await Exports(area))[0].ShouldBe($"supervisor supervisor requests.csv?areaCode={area}&q=*, 0");
        (await File(intake, "/api/intake/access-log/export"))[1][3..].ShouldBe(["导出", "", $"requests.csv?areaCode={area}&q=*, 0", ""]);
    }

    private async Task<string[]> Exports(string area) => [.. (await intake.Supervisor.Get("/api/intake/access-log")).Items
        .Where(i => i["action"]!.ToString() == "export" && i["requestId"] is null && i["details"]!.ToString().Contains(area))
        .Select(i => $"{i["actor"]} {i["role"]} {i["details"]}")];

    [Fact]
    public async Task A_file_is_asked_for_with_the_parameters_of_its_list_and_a_format_that_there_is()
    {
        foreach (var (query, field) in ((string, string)[])[("format=pdf", "format"), ("limit=5", "limit"), ("cursor=x", "cursor"),
            ("status=gone", "status"), ("personal=perhaps", "personal")])
        {
            var refused = await intake.Supervisor.Get($"{Requests}/export?{query}");
            (refused.Code, refused.Body["errors"]?[field] is not null).ShouldBe((400, true), refused.ToString());
        }
        (await dispatch.Supervisor.Get("/api/dispatch/orders/export?personal=true")).Code.ShouldBe(400);
        (await intake.As(Roles.Cti).Get($"{Requests}/export")).Code.ShouldBe(403);
        (await intake.As(Roles.Vendor, Guid.NewGuid()).Get($"{Requests}/export")).Code.ShouldBe(403);
    }

    [Fact]
    public async Task A_person_has_one_file_at_a_time_and_who_goes_away_frees_the_place()
    {
        const string area = "330381105";
        await Requests_in(area, 3000, DateTimeOffset.UtcNow);
        var path = $"{Requests}/export?areaCode={area}";
        var first = await Ask(intake, path, person: "one"); // nobody takes what comes
        var second = await intake.As(Roles.Supervisor, subject: "one").Get(path);
        (second.Code, second.Text("code")).ShouldBe((429, "export.busy"));
        using (var others = await Ask(intake, path, person: "two")) others.StatusCode.ShouldBe(HttpStatusCode.OK);
        first.Dispose();
        await Wait.Until(async () =>
        {
            using var again = await Ask(intake, path, person: "one");
            return again.StatusCode == HttpStatusCode.OK;
        }, "the place free");
    }

    [Theory, InlineData("csv"), InlineData("xlsx")]
    public async Task A_fault_in_the_middle_breaks_the_connection(string format)
    {
        var area = format == "csv" ? "330381106" : "330381107";
        await Requests_in(area, 3000, DateTimeOffset.UtcNow);
        await using (var command = intake.Database.CreateCommand(
            $"update requests set citizen = 'no seal' where area_code = '{area}' and number like '%-002999'"))
            await command.ExecuteNonQueryAsync(Stop);
        using var answer = await Ask(intake, $"{Requests}/export?areaCode={area}&format={format}", person: format);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Should.ThrowAsync<Exception>(() => answer.Content.ReadAsByteArrayAsync(Stop));
    }

    [Fact]
    public async Task Every_list_is_a_file_in_both_formats_for_whoever_sees_the_list()
    {
        var (order, vendor, request) = await dispatch.An_order("accept", "contact", "quote");
        await followUp.Probe.Tell(request);
        await followUp.Probe.Tell(new Contracts.Dispatch.OrderCompleted(order, request.RequestId, vendor.VendorId, 7, request.Number, "店",
            "drains.unclog-drain", 1, 1, "好", 0, "店", DateTimeOffset.UtcNow));
        await followUp.Probe.Hears<Contracts.FollowUp.FollowUpScheduled>(f => f.OrderId == order);
        await Wait.Until(async () => await followUp.Count("contacts") == 1, "whom to call");
        await registry.A_member("导出店");
        var judged = await evaluation.A_vendor("导出店");
        (await evaluation.Supervisor.Post("/api/evaluation/sanctions",
            new { vendorId = judged.VendorId, kind = "warning", reason = "迟到" })).Code.ShouldBe(201);
        foreach (var format in (string[])["csv", "xlsx"])
        {
            var orders = await File(dispatch, "/api/dispatch/orders/export?status=open", format, Roles.Operator);
            orders[1][..6].ShouldBe([request.Number, "1", "已报价", vendor.Name, "057700000000", "管道疏通"]);
            orders[1][Array.IndexOf(orders[0], "报价（元）")].ShouldBe(format == "csv" ? "120.00" : "120");
            var calls = await File(followUp, "/api/follow-ups/export?status=open&sort=due", format, Roles.Operator);
            calls[1][..7].ShouldBe([request.Number, "服务回访", "待回访", "管道疏通", "店", "林**", "145****0001"]);
            (await File(followUp, "/api/follow-ups/export?personal=true", format))[1][6].ShouldBe(Facts.Phone);
            (await File(registry, "/api/vendors/export?admission=approved", format))[1][..3].ShouldBe(["导出店", "已加盟", "正常"]);
            (await File(evaluation, "/api/evaluation/vendors/export?q=" + Uri.EscapeDataString("导出"), format))[1][..2]
                .ShouldBe(["导出店", "正常"]);
            (await File(evaluation, "/api/evaluation/sanctions/export", format))[1][1..4].ShouldBe(["警告", "迟到", "是"]);
            (await File(dispatch, "/api/dispatch/access-log/export", format)).ShouldNotBeEmpty();
            var figures = await File(dispatch, "/api/dispatch/figures/by/export?by=category", format, Roles.Operator);
            figures[0][..3].ShouldBe(["代码", "名称", "派单"]);
            figures.ShouldContain(row => row[0] == "drains.unclog-drain" && row[1] == "管道疏通");
            (await File(followUp, "/api/follow-ups/figures/by/export?by=hour", format)).Length.ShouldBe(25);
        }
    }
}
