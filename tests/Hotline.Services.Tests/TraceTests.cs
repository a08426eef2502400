using System.Collections.Concurrent;
using System.Diagnostics;
using Hotline.Contracts.Dispatch;
using Hotline.Contracts.Vendors;

namespace Hotline.Services.Tests;

/// <summary>Dispatch and intake on one virtual host, as they run together.</summary>
public sealed class TraceTests : IAsyncLifetime
{
    private static readonly string Shared = Servers.Fresh("trace");
    private readonly Service<Dispatch.Orders.Order> _dispatch = new("dispatch", Shared);
    private readonly Service<Intake.Requests.Request> _intake = new("intake", Shared);

    public async ValueTask InitializeAsync()
    {
        await _dispatch.InitializeAsync();
        await _intake.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _intake.DisposeAsync();
        await _dispatch.DisposeAsync();
    }

    [Fact]
    public async Task One_trace_leads_from_the_request_through_database_and_broker_to_the_consumer_in_another_service()
    {
        var seen = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Microsoft.AspNetCore" or "Npgsql" or "MassTransit"
                || source.Name.StartsWith("Hotline", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = seen.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var vendor = Facts.Vendor();
        await _dispatch.Probe.Tell(vendor);
        var request = await _intake.Operator.Post("/api/intake/requests", IntakeApi.Input());

        // the client's trace, as a browser or a vendor's system would send it
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        var order = await _dispatch.Operator.Post("/api/dispatch/orders", new { requestId = request.Id, vendorId = vendor.VendorId },
            ("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01"));
        order.Code.ShouldBe(201, order.ToString());
        await Wait.Until(async () => (await _intake.Operator.Get($"/api/intake/requests/{request.Id}")).Text("status") == "offered",
            "intake follows");

        Activity[] Mine() => [.. seen.Where(a => a.TraceId.ToHexString() == trace)];
        await Wait.Until(() => Mine().Any(a => a.Source.Name == "MassTransit" && a.OperationName.Contains("process",
            StringComparison.Ordinal)) && Mine().Any(a => a.OperationName == "outbox relay"), "consumer and relay in the trace");
        Mine().Select(a => a.Source.Name).Distinct()
            .ShouldBe(["Microsoft.AspNetCore", "Npgsql", "Hotline.Messaging", "MassTransit"], ignoreOrder: true);
        _dispatch.Probe.Heard<OrderOffered>().ShouldNotBeEmpty();
        _dispatch.Probe.Heard<VendorAdmitted>().ShouldNotBeEmpty();
    }
}
