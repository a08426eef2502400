using Hotline.Dispatch.Copies;
using Hotline.Wire.Dispatch;

namespace Hotline.Dispatch.Orders;

/// <summary>What is shown of orders.</summary>
public static class OrderViews
{
    extension(OrderView)
    {
        public static OrderView Of(Order o) => new(
            o.Id, o.RequestId, o.RequestNumber, o.VendorId, o.VendorName, o.CategoryCode, o.Status, o.OfferedBy, o.OfferedAt,
            o.OfferExpiresAt, o.AcceptedAt, o.ContactBy, o.ContactedAt,
            o.ContactOverdueAt is not null || o.ContactedAt > o.ContactBy, QuoteOf(o), o.AgreedAt,
            AppointmentOf(o), o.ArrivedAt, CompletionOf(o), o.EndedAt, o.EndReason, o.Version, o.Ordinal,
            o.OverrideReason);

        /// <summary>As in lists: with what is wanted where, and where the vendor can be reached.</summary>
        public static OrderView Listed(Order o, RequestCopy? request, VendorCopy? vendor) => OrderView.Of(o) with
        {
            AreaCode = request?.AreaCode,
            Description = request?.Description,
            Urgency = request?.Urgency,
            VendorPhone = vendor?.Phone,
        };

        internal static QuoteView? QuoteOf(Order o) => o.QuoteAmount is { } amount ? new(amount, o.QuoteNote, o.QuotedAt!.Value) : null;

        internal static AppointmentView? AppointmentOf(Order o) => o.VisitStartsAt is { } starts ? new(starts, o.VisitEndsAt!.Value) : null;

        internal static CompletionView? CompletionOf(Order o) =>
            o.CompletedAt is { } at ? new(o.FinalAmount!.Value, o.Summary!, o.WarrantyDays!.Value, at) : null;
    }

    extension(VendorOrderView)
    {
        /// <param name="o">The order.</param>
        /// <param name="r">What it is about.</param>
        /// <param name="citizen">In full or masked.</param>
        /// <param name="masked">Which of the two.</param>
        public static VendorOrderView Of(Order o, RequestCopy r, Citizen citizen, bool masked) => new(
            o.Id, o.RequestNumber, o.CategoryCode, r.Description!, r.Urgency!,
            new(citizen.Name, citizen.Phone, r.AreaCode!, citizen.Address, masked), o.Status, o.OfferedAt, o.OfferExpiresAt, o.AcceptedAt,
            o.ContactBy, o.ContactedAt, OrderView.QuoteOf(o), o.AgreedAt, OrderView.AppointmentOf(o), o.ArrivedAt,
            OrderView.CompletionOf(o), o.EndedAt, o.EndReason, o.Version, r.CorrectedAt > o.OfferedAt ? r.CorrectedAt : null);
    }
}
