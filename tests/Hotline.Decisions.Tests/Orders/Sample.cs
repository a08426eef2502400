using Hotline.Dispatch.Copies;
using Hotline.Dispatch.Orders;
using Hotline.ServiceDefaults;
using Hotline.Wire.Dispatch;

namespace Hotline.Decisions.Tests.Orders;

/// <summary>Orders in a state, reached by the decisions themselves.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Morning = new(2026, 11, 24, 1, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan OfferLasts = TimeSpan.FromMinutes(10), ContactWithin = TimeSpan.FromMinutes(15);

    public static readonly RequestCopy Request = new()
    {
        RequestId = Guid.CreateVersion7(),
        Number = "RA-20261124-000001",
        CategoryCode = "drains.unclog-drain",
        AreaCode = "330381001",
        Orders = 2,
    };

    public static readonly VendorCopy Vendor = new()
    {
        VendorId = Guid.CreateVersion7(),
        Name = "疏通店",
        Standing = "active",
        ContractFrom = new(2026, 1, 1),
        ContractUntil = new(2026, 12, 31),
        Services = ["drains.unclog-drain"],
        Coverage = ["330381001", "330381002"],
        OpensAt = new(8, 0),
        ClosesAt = new(20, 0),
        Version = 2,
    };

    public static Order OrderIn(OrderStatus status) => status switch
    {
        OrderStatus.Offered => Order.Offer(Guid.CreateVersion7(), Request, Vendor, OfferLasts, null, "op", Morning).State,
        OrderStatus.Accepted => Do(OrderStatus.Offered, OrderAction.Accept),
        OrderStatus.Contacted => Do(OrderStatus.Accepted, OrderAction.Contact),
        OrderStatus.Quoted => Do(OrderStatus.Contacted, OrderAction.ProposeQuote),
        OrderStatus.Agreed => Do(OrderStatus.Quoted, OrderAction.AcceptQuote),
        OrderStatus.Scheduled => Do(OrderStatus.Agreed, OrderAction.Schedule),
        OrderStatus.Arrived => Do(OrderStatus.Scheduled, OrderAction.Arrive),
        OrderStatus.Completed => Do(OrderStatus.Arrived, OrderAction.Complete),
        OrderStatus.Rejected => Do(OrderStatus.Offered, OrderAction.Reject),
        OrderStatus.Expired => Do(OrderStatus.Offered, OrderAction.Expire),
        OrderStatus.Declined => Do(OrderStatus.Quoted, OrderAction.DeclineQuote),
        OrderStatus.Cancelled => Do(OrderStatus.Offered, OrderAction.Cancel),
        OrderStatus.Withdrawn => Do(OrderStatus.Offered, OrderAction.Withdraw),
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    /// <summary>Tries an action at a moment when no deadline stands in its way.</summary>
    public static Decision<Order> Try(this Order order, OrderAction action) => action switch
    {
        OrderAction.Accept => order.Accept(ContactWithin, "v", Morning.AddMinutes(1)),
        OrderAction.Reject => order.Reject("忙", "v", Morning.AddMinutes(1)),
        OrderAction.Expire => order.Expire(Morning.AddMinutes(10)),
        OrderAction.Contact => order.Contact("好", "v", Morning.AddMinutes(2)),
        OrderAction.MissContact => order.MissContact(Morning.AddMinutes(30)),
        OrderAction.ProposeQuote => order.ProposeQuote(120, null, "v", Morning.AddMinutes(3)),
        OrderAction.AcceptQuote => order.AcceptQuote(null, "op", Morning.AddMinutes(4)),
        OrderAction.DeclineQuote => order.DeclineQuote("太贵", "op", Morning.AddMinutes(4)),
        OrderAction.Schedule => order.Schedule(Morning.AddHours(1), Morning.AddHours(2), "v", Morning.AddMinutes(5)),
        OrderAction.Arrive => order.Arrive("v", Morning.AddMinutes(50)),
        OrderAction.Complete => order.Complete(120, "好了", 30, "v", Morning.AddMinutes(60)),
        OrderAction.Cancel => order.Cancel("不来", false, "op", Morning.AddMinutes(6)),
        OrderAction.Withdraw => order.Withdraw("暂停", Morning.AddMinutes(6)),
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };

    private static Order Do(OrderStatus from, OrderAction action) => OrderIn(from).Try(action).State;
}
