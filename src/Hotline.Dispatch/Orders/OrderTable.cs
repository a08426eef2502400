using System.Collections.Frozen;
using Hotline.Wire.Dispatch;

namespace Hotline.Dispatch.Orders;

/// <summary>What can be done to an order.</summary>
public enum OrderAction
{
    Accept,
    Reject,
    Expire,
    Contact,
    MissContact,
    ProposeQuote,
    AcceptQuote,
    DeclineQuote,
    Schedule,
    Arrive,
    Complete,
    Cancel,
    Withdraw,
}

/// <summary>The whole state machine: which action which state allows. A state that allows none is final.</summary>
public static class OrderTable
{
    public static FrozenDictionary<OrderStatus, OrderAction[]> Allowed { get; } = new Dictionary<OrderStatus, OrderAction[]>
    {
        [OrderStatus.Offered] = [OrderAction.Accept, OrderAction.Reject, OrderAction.Expire, OrderAction.Cancel, OrderAction.Withdraw],
        [OrderStatus.Accepted] = [OrderAction.Contact, OrderAction.MissContact, OrderAction.Cancel, OrderAction.Withdraw],
        [OrderStatus.Contacted] = [OrderAction.ProposeQuote, OrderAction.Cancel, OrderAction.Withdraw],
        [OrderStatus.Quoted] = [OrderAction.ProposeQuote, OrderAction.AcceptQuote, OrderAction.DeclineQuote,
            OrderAction.Cancel, OrderAction.Withdraw],
        [OrderStatus.Agreed] = [OrderAction.Schedule, OrderAction.Arrive, OrderAction.Cancel, OrderAction.Withdraw],
        [OrderStatus.Scheduled] = [OrderAction.Schedule, OrderAction.Arrive, OrderAction.Cancel, OrderAction.Withdraw],
        [OrderStatus.Arrived] = [OrderAction.Complete, OrderAction.Cancel, OrderAction.Withdraw],
        [OrderStatus.Completed] = [],
        [OrderStatus.Rejected] = [],
        [OrderStatus.Expired] = [],
        [OrderStatus.Declined] = [],
        [OrderStatus.Cancelled] = [],
        [OrderStatus.Withdrawn] = [],
    }.ToFrozenDictionary();

    /// <summary>All that are not final, as they are on the wire and in the database.</summary>
    public static string[] Open { get; } = [.. Enum.GetValues<OrderStatus>().Where(s => !s.IsFinal()).Select(s => s.ToWire())];

    /// <summary>All that are final.</summary>
    public static string[] Ended { get; } = [.. Enum.GetValues<OrderStatus>().Where(s => s.IsFinal()).Select(s => s.ToWire())];

    public static bool IsFinal(this OrderStatus status) => Allowed[status].Length == 0;

    /// <summary>The vendor is engaged: from acceptance until the order ends.</summary>
    public static bool IsEngaged(this OrderStatus status) => status is not OrderStatus.Offered && !status.IsFinal();
}
