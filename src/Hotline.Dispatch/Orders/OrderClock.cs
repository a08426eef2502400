using Hotline.Messaging;
using Hotline.ServiceDefaults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hotline.Dispatch.Orders;

/// <summary>Deadlines are rows and a clock: nothing to reschedule after a crash. Asks what is due and decides it as an operator's click would be;
/// of two clocks that see the same order, one finds it changed.</summary>
public sealed class OrderClock(IServiceScopeFactory scopes, IOptions<DispatchOptions> options, TimeProvider clock, ILogger<OrderClock> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.ClockTick);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try { await Tick(stoppingToken); }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) { log.LogWarning(e, "Deadlines wait for the next tick"); }
        }
    }

    /// <summary>Decides what is due now.</summary>
    public async Task Tick(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var orders = scope.ServiceProvider.GetRequiredService<OrderStore>();
        var work = scope.ServiceProvider.GetRequiredService<Work>();
        // an order whose request is over is cancelled, not expired or overdue: what the vendor still owed nobody counts against it
        foreach (var due in (await orders.Due(clock.GetUtcNow(), stop)).OrderBy(d => d.Why is OrderAction.Cancel ? 0 : 1))
        {
            try
            {
                if (await orders.Find(due.Id, stop) is not { } order) continue;
                var decision = Decide(order, due, clock.GetUtcNow());
                if (decision.Refusal is not null) continue; // changed since it was listed
                orders.Save(decision, order.Version);
                await work.Commit(stop);
            }
            catch (StaleException)
            {
                await work.Clear(); // somebody acted at this very moment; the next tick looks again
            }
            catch (PostgresException e) when (!e.IsTransient)
            {
                log.LogError(e, "Order {Order} could not be decided on", due.Id); // one broken row must not stop the others' deadlines
                await work.Clear();
            }
        }
    }

    private static Decision<Order> Decide(Order order, DueOrder due, DateTimeOffset now) => due.Why switch
    {
        OrderAction.Expire => order.Expire(now),
        OrderAction.MissContact => order.MissContact(now),
        OrderAction.Withdraw => order.Withdraw((due.Standing == "terminated" ? OrderTexts.VendorTerminated : OrderTexts.VendorSuspended).Say(), now),
        OrderAction.Cancel => order.Cancel(OrderTexts.EndOf(due.Cause).Say(), wantedNoMore: true, "system", now),
        _ => throw new InvalidOperationException($"The clock does not do {due.Why}"),
    };
}
