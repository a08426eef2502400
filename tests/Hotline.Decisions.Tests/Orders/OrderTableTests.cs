using Hotline.Dispatch.Orders;
using Hotline.Wire;
using Hotline.Wire.Dispatch;

namespace Hotline.Decisions.Tests.Orders;

public sealed class OrderTableTests
{
    public static TheoryData<OrderStatus, OrderAction> EveryStateAndAction()
    {
        var pairs = new TheoryData<OrderStatus, OrderAction>();
        foreach (var status in Enum.GetValues<OrderStatus>())
            foreach (var action in Enum.GetValues<OrderAction>()) pairs.Add(status, action);
        return pairs;
    }

    [Theory, MemberData(nameof(EveryStateAndAction))]
    public void An_action_is_accepted_just_where_the_table_allows_it(OrderStatus state, OrderAction action)
    {
        var decision = Sample.OrderIn(state).Try(action);
        (decision.Refusal is null).ShouldBe(OrderTable.Allowed[state].Contains(action));
        if (decision.Refusal is { } refusal) refusal.CurrentStatus.ShouldBe(state.ToWire());
    }

    [Theory, MemberData(nameof(EveryStateAndAction))]
    public void What_is_accepted_raises_the_version_by_one_and_tells_so(OrderStatus state, OrderAction action)
    {
        var order = Sample.OrderIn(state);
        var decision = order.Try(action);
        if (decision.Refusal is not null) return;
        decision.State.Version.ShouldBe(order.Version + 1);
        decision.Events.ShouldNotBeEmpty();
        foreach (var told in decision.Events)
        {
            told.GetType().GetProperty("Version")!.GetValue(told).ShouldBe(order.Version + 1);
            told.GetType().GetProperty("OrderId")!.GetValue(told).ShouldBe(order.Id);
        }
    }

    [Fact]
    public void Every_state_is_in_the_table_and_the_dead_ends_are_the_ends() =>
        Enum.GetValues<OrderStatus>().Where(OrderTable.IsFinal).ShouldBe(
            [OrderStatus.Completed, OrderStatus.Rejected, OrderStatus.Expired, OrderStatus.Declined, OrderStatus.Cancelled,
                OrderStatus.Withdrawn]);

    [Fact]
    public void Each_open_state_can_be_cancelled_and_withdrawn()
    {
        foreach (var (_, actions) in OrderTable.Allowed.Where(s => !s.Key.IsFinal()))
        {
            actions.ShouldContain(OrderAction.Cancel);
            actions.ShouldContain(OrderAction.Withdraw);
        }
    }
}
