using System.Text;
using System.Text.Json.Nodes;

namespace Hotline.EndToEnd.Tests;

public sealed class GatewayTests(Platform platform)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_of_5_MB_is_refused_with_problem_details()
    {
        var answer = await platform.Operator.Raw("/api/intake/requests", $$"""{"description":"{{new string('a', 5_000_000)}}"}""");
        (answer.Code, answer.Text("code")).ShouldBe((413, "body.too-large"));
    }

    [Fact]
    public async Task Faults_are_problem_details_with_a_trace_id_in_the_callers_language()
    {
        var unauthorized = await platform.Anonymous.Get("/api/intake/requests");
        (unauthorized.Code, unauthorized.Text("code"), unauthorized.Text("title")).ShouldBe((401, "auth.required", "请先登录或提供有效的访问令牌"));
        unauthorized.Text("traceId").Length.ShouldBe(32);
        (await platform.Anonymous.Get("/api/intake/requests", ("Accept-Language", "en"))).Text("title")
            .ShouldBe("Sign in or send a valid access token");
        (await platform.Operator.Get("/api/nowhere")).Text("code").ShouldBe("not-found");
        (await platform.Operator.Get("/api/intake/requests/not-a-guid")).Code.ShouldBe(404);
        (await platform.Operator.Delete("/api/intake/requests")).Code.ShouldBe(405);
        (await platform.Operator.Raw("/api/intake/requests", "{")).Text("code").ShouldBe("body.invalid-json");
    }

    [Fact]
    public async Task Answers_carry_security_headers_and_stay_out_of_caches()
    {
        using var answer = await platform.Http.GetAsync("/api/catalog/areas", Stop);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'none'");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.Contains("Server").ShouldBeFalse();
    }

    [Fact]
    public async Task The_reference_lists_every_service_and_needs_nothing_from_elsewhere()
    {
        var page = await platform.Http.GetStringAsync("/docs", Stop);
        page.ShouldNotContain("https://cdn");
        foreach (var service in PlatformServices.BehindTheGateway)
        {
            var document = JsonNode.Parse(await platform.Http.GetStringAsync($"/openapi/{service}.json", Stop))!;
            document["paths"]!.AsObject().Count.ShouldBeGreaterThan(0, service);
        }
        var post = JsonNode.Parse(await platform.Http.GetStringAsync("/openapi/dispatch.json",
            Stop))!["paths"]!["/api/dispatch/orders"]!["post"]!;
        post["responses"]!["201"].ShouldNotBeNull();
        post["parameters"]!.ToJsonString().ShouldContain("Idempotency-Key");
    }

    [Fact]
    public async Task A_client_that_asks_too_fast_is_told_when_to_come_back_and_others_are_served()
    {
        var cti = platform.As("cti");
        await cti.Get("/api/catalog/areas");
        var answers = await Task.WhenAll(Enumerable.Range(0, 1500).Select(_ => cti.Get("/api/catalog/areas")));
        var refused = answers.First(a => a.Code == 429);
        refused.Text("code").ShouldBe("rate.limited");
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        (await platform.Operator.Get("/api/catalog/areas")).Code.ShouldBe(200);
        await Wait.Until(async () => (await cti.Get("/api/catalog/areas")).Code == 200, "served again");
    }

    [Fact]
    public async Task The_live_stream_tells_operators_what_changed_and_catches_up_after_a_reconnect()
    {
        await platform.Operator.Get("/api/catalog/areas");
        var (events, last) = await Listen(null,
            async () => await platform.Operator.Post("/api/intake/requests", Platform.Request("开锁")), "requestRegistered");
        events.ShouldContain("\"kind\":\"connected\"");
        var request = await platform.Operator.Post("/api/intake/requests", Platform.Request("换锁芯")); // while nobody listens
        var (missed, _) = await Listen(last, () => Task.CompletedTask, request.Text("id"));
        missed.ShouldContain("\"kind\":\"requestRegistered\"");
        missed.ShouldNotContain("14500000001");
        var (unknown, _) = await Listen("gone-1", () => Task.CompletedTask, "resync");
        unknown.ShouldContain("\"kind\":\"resync\"");
    }

    private async Task<(string Text, string? LastId)> Listen(string? lastId, Func<Task> act, string until)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/live");
        request.Headers.Authorization = new("Bearer", await platform.TokenOf(platform.Credential("operator")));
        if (lastId is not null) request.Headers.Add("Last-Event-ID", lastId);
        using var answer = await platform.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        await act();
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(limit.Token));
        var text = new StringBuilder();
        string? id = null;
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            text.AppendLine(line);
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            if (line.Length == 0 && text.ToString().Contains(until, StringComparison.Ordinal)) break;
        }
        return (text.ToString(), id);
    }
}
