using Microsoft.Extensions.Options;
using Npgsql;

namespace Hotline.Dispatch.Orders;

/// <summary>Deadlines are rows and a clock: nothing to reschedule after a crash. Asks what is due and decides it as an operator's click
/// would be; of two clocks that see the same order, one finds it changed.</summary>
public sealed class OrderClock(IServiceScopeFactory scopes, IOptions<DispatchOptions> options, TimeProvider clock, ILogger<OrderClock> log)
    : Clock<DueOrder>(scopes, options.Value.ClockTick, int.MaxValue, log)
{
    protected override Task<IReadOnlyList<DueOrder>> Look(IServiceProvider services, CancellationToken stop) =>
        services.GetRequiredService<OrderStore>().Due(clock.GetUtcNow(), stop);

    protected override async Task Act(IServiceProvider services, IReadOnlyList<DueOrder> found, CancellationToken stop)
    {
        var orders = services.GetRequiredService<OrderStore>();
        var work = services.GetRequiredService<Work>();
        // an order whose request is over is cancelled, not expired or overdue: what the vendor still owed nobody counts against it
        foreach (var due in found.OrderBy(d => d.Why is OrderAction.Cancel ? 0 : 1))
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
            catch (PostgresException e) when (!Queries.IsAway(e))
            {
                Log.LogError(e, "Order {Order} could not be decided on", due.Id); // one broken row must not stop the others' deadlines
                await work.Clear();
            }
        }
    }

    private static Decision<Order> Decide(Order order, DueOrder due, DateTimeOffset now) => due.Why switch
    {
        OrderAction.Expire => order.Expire(now),
        OrderAction.MissContact => order.MissContact(now),
        OrderAction.Withdraw =>
            order.Withdraw((due.Standing == "terminated" ? OrderTexts.VendorTerminated : OrderTexts.VendorSuspended).Say(), now),
        OrderAction.Cancel => order.Cancel(OrderTexts.EndOf(due.Cause).Say(), wantedNoMore: true, "system", now),
        _ => throw new InvalidOperationException($"The clock does not do {due.Why}"),
    };
}
