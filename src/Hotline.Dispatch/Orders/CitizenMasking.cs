using Hotline.Dispatch.Copies;
using Hotline.Wire.Dispatch;

namespace Hotline.Dispatch.Orders;

/// <summary>How much of the citizen a vendor sees.</summary>
public sealed class CitizenMasking(PersonalData personal, Work work, TimeProvider clock)
{
    /// <summary>One order: in full from acceptance until it ends or its request is cancelled, which is noted; masked otherwise.</summary>
    public VendorOrderView Of(Order order, RequestCopy request, Caller caller, string action)
    {
        if (!order.Status.IsEngaged() || request.Cancelled) return Masked(order, request);
        work.Saw(caller, order.RequestId, action, clock.GetUtcNow());
        return VendorOrderView.Of(order, request, personal.Open(request.Citizen), false);
    }

    /// <summary>As in lists, whatever the order's state.</summary>
    public VendorOrderView Masked(Order order, RequestCopy request) =>
        VendorOrderView.Of(order, request, personal.Open(request.Citizen).Masked(), true);
}
