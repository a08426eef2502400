using Hotline.Catalogue;
using Hotline.Wire.Intake;

namespace Hotline.Intake.Requests;

/// <summary>What is shown of requests.</summary>
public static class RequestViews
{
    extension(RequestView)
    {
        /// <param name="r">The request.</param>
        /// <param name="citizen">In full or masked.</param>
        public static RequestView Of(Request r, Citizen citizen) => new(
            r.Id, r.Number, r.Status, r.Channel, r.DialledNumber, new(citizen.Name, citizen.Phone), r.AreaCode,
            ServiceCatalogue.Current.AreaName(r.AreaCode)!,
            citizen.Address, r.CategoryCode, CategoryNameOf(r.CategoryCode), r.Description, r.Urgency, r.RegisteredBy,
            r.RegisteredAt, r.OrderId, r.OrderStatus, r.CancelReason, r.CancelledAt, r.Version,
            VendorId: r.IsPlaced ? r.OrderVendorId : null, VendorName: r.IsPlaced ? r.OrderVendorName : null,
            DueAt: r.IsPlaced ? r.OrderDueAt : null);

        internal static string CategoryNameOf(string code) => ServiceCatalogue.Current.CategoryName(code, Text.English);
    }
}
