namespace Hotline.Wire.Dispatch;

/// <summary>Where an order (派单) stands.</summary>
public enum OrderStatus
{
    Offered,
    Accepted,
    Contacted,
    Quoted,
    Agreed,
    Scheduled,
    Arrived,
    Completed,
    Rejected,
    Expired,
    Declined,
    Cancelled,
    Withdrawn,
}
