using System.Diagnostics;
using Hotline.Messaging;
using Hotline.Wire;
using Hotline.Wire.Operations;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using RabbitMQ.Client.Exceptions;

namespace Hotline.ServiceDefaults;

/// <summary>What the ops team looks at.</summary>
public static class Ops
{
    /// <summary>GET /api/ops/{service}.</summary>
    public static void MapOps(this IEndpointRouteBuilder routes, string service) =>
        routes.MapGet($"/api/ops/{service}", async (HttpContext http, HealthCheckService health, CancellationToken stop) =>
            TypedResults.Ok(await Look(service, http.RequestServices, health, stop)))
            .WithName($"getState-{service}").WithSummary("Health, outbox and queues of the service").WithTags("Operations")
                .RequireAuthorization(Policies.Operations);

    private static async Task<OpsView> Look(string service, IServiceProvider services, HealthCheckService health, CancellationToken stop)
    {
        var report = await health.CheckHealthAsync(stop);
        using var process = Process.GetCurrentProcess();
        var uptime = services.GetRequiredService<TimeProvider>().GetUtcNow() - process.StartTime;
        return new(service, report.Status.ToWire(), report.Entries.ToDictionary(e => e.Key, e => e.Value.Status.ToWire()),
            Math.Max(0, uptime.TotalSeconds), process.WorkingSet64,
            services.GetService<NpgsqlDataSource>() is { } database ? await OutboxOf(database, stop) : null,
            services.GetService<ErrorQueues>() is { } queues ? await QueuesOf(queues, stop) : null,
            services.GetRequiredService<IConfiguration>()["Dashboard:Url"]?.TrimEnd('/') is { Length: > 0 } dashboard ? dashboard : null);
    }

    private static async Task<OutboxState?> OutboxOf(NpgsqlDataSource database, CancellationToken stop)
    {
        try { return await Outbox.State(database, stop); }
        catch (NpgsqlException) { return null; } // the check "database" says so
    }

    private static async Task<IReadOnlyList<QueueState>?> QueuesOf(ErrorQueues queues, CancellationToken stop)
    {
        try { return await queues.States(stop); }
        // the bus' check says so
        catch (Exception e) when (e is RabbitMQClientException or IOException or TimeoutException) { return null; }
    }
}
