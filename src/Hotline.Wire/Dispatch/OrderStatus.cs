using System.Text.Json.Serialization;

namespace Hotline.Wire.Dispatch;

/// <summary>Where an order (派单) stands.</summary>
[JsonConverter(typeof(EnumFormat<OrderStatus>))]
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
