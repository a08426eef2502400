using System.Text;

namespace Hotline.EndToEnd.Tests;

public sealed class TelemetryTests(Platform platform)
{
    private static readonly string[] Services = PlatformServices.Names;

    [Fact]
    public async Task Every_service_exports_traces_metrics_and_logs()
    {
        // who is asked nothing leaves no trace
        foreach (var path in (string[])["/api/intake/settings", "/api/catalog/areas", "/api/dispatch/orders", "/api/follow-ups",
            "/api/evaluation/vendors", "/api/staff/me"])
            (await platform.Supervisor.Get(path)).Code.ShouldBe(200, path);
        foreach (var service in Services)
            foreach (var signal in (string[])["traces", "metrics", "logs"])
                await Wait.Until(() => platform.Telemetry.Has(service, signal), $"{signal} of {service}");
    }

    [Theory]
    [InlineData("intake", "hotline.requests")]
    [InlineData("intake", "hotline.requests.registered")]
    [InlineData("dispatch", "hotline.orders")]
    [InlineData("follow-up", "hotline.follow_ups")]
    [InlineData("dispatch", "hotline.outbox.lag")]
    [InlineData("dispatch", "hotline.outbox.published")]
    public async Task The_domains_own_figures_are_metrics(string service, string metric)
    {
        var match = await platform.Operator.Get($"/api/vendors/match?q={Uri.EscapeDataString("除虫")}&category=pest.wasp&area=330381001");
        var request = await platform.Operator.Post("/api/intake/requests", Platform.Request("马蜂窝"));
        await platform.Operator.Post("/api/dispatch/orders",
            new { requestId = request.Id, vendorId = match.Items[0]["vendorId"]!.ToString() });
        await Wait.Until(() => platform.Telemetry.Has(service, "metrics", $"{metric}\u0012"), $"{metric} of {service}",
            TimeSpan.FromSeconds(45));
    }

    [Fact]
    public async Task One_trace_leads_from_the_gateway_through_all_services_that_take_part()
    {
        var vendor = await platform.A_vendor("追踪测试店", "pest.wasp");
        var request = await platform.Operator.Post("/api/intake/requests", Platform.Request("马蜂窝"));
        var trace = System.Diagnostics.ActivityTraceId.CreateRandom().ToHexString();
        var order = await platform.Operator.Post("/api/dispatch/orders", new { requestId = request.Id, vendorId = vendor },
            ("traceparent", $"00-{trace}-00000000000000a1-01"));
        order.Code.ShouldBe(201, order.ToString());
        var bytes = Encoding.Latin1.GetString(Convert.FromHexString(trace));
        foreach (var service in (string[])["gateway", "dispatch", "intake", "vendor-registry"])
            await Wait.Until(() => platform.Telemetry.Has(service, "traces", bytes), $"{service} in the trace");
        await Wait.Until(() => platform.Telemetry.Has("dispatch", "traces", bytes, "outbox relay"), "the relay in the trace");
    }

    [Fact]
    public async Task A_platform_that_nobody_asks_anything_leaves_no_traces()
    {
        // metrics go out every 3 s; after two of them the spans of what earlier tests asked have gone out too
        async Task Exports(int more)
        {
            var counts = Services.ToDictionary(s => s, s => platform.Telemetry.Count(s, "metrics"));
            await Wait.Until(() => Services.All(s => platform.Telemetry.Count(s, "metrics") >= counts[s] + more),
                $"{more} more exports of each service", TimeSpan.FromSeconds(60));
        }

        await Exports(2);
        var before = platform.Telemetry.Roots().Count;
        await Exports(3); // the time in which each service polls dozens of times
        var begun = platform.Telemetry.Roots().Skip(before).ToArray();
        // a clock that found something to do is no poll: what earlier tests left behind may come due just now
        begun.Where(root => !root.Name.EndsWith("Clock", StringComparison.Ordinal)).ShouldBeEmpty();

        // and where somebody asks, the trace begins with the request
        await platform.Operator.Get("/api/catalog/areas");
        await Wait.Until(() => platform.Telemetry.Roots().Skip(before).Any(root => root is { Service: "gateway", Kind: 2 }),
            "a trace of the request");
        platform.Telemetry.Roots().Where(root => root.Kind == 3).ShouldBeEmpty("no statement and no call begins a trace, now or earlier");
    }

    [Fact]
    public async Task No_phone_number_of_a_search_leaves_in_telemetry()
    {
        await platform.Operator.Get("/api/intake/requests?phone=14500004321");
        await platform.Operator.Get("/api/intake/requests?phone=14500004321");
        await Wait.Until(() => platform.Telemetry.Has("intake", "traces", "/api/intake/requests"), "the search in a trace");
        foreach (var signal in (string[])["traces", "logs", "metrics"])
            foreach (var service in Services)
                platform.Telemetry.Has(service, signal, "14500004321").ShouldBeFalse($"{signal} of {service}");
    }
}
