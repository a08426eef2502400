using Hotline.Contracts;
using Hotline.Contracts.Dispatch;
using Hotline.Contracts.FollowUp;
using Hotline.Contracts.Intake;
using Hotline.Wire.Intake;
using static Hotline.Wire.Intake.Tone;

namespace Hotline.Intake.Timeline;

/// <summary>Everything that a timeline tells, a line an event: the words for it, how it is seen, what is shown of it, and what it makes of
/// the request's order. An event that is to be seen is added here and nowhere else.</summary>
public static class Story
{
    /// <summary>In the order of a service's course, which settles what happened in the same moment.</summary>
    public static IReadOnlyList<StoryLine> Lines { get; } =
    [
        On<RequestRegistered>("登记工单 {number}", "Request {number} registered", Plain,
            e => new { e.Number, e.CategoryCode, e.AreaCode, e.Urgency }),
        On<RequestRecategorised>("服务类别由 {before} 改为 {categoryCode}", "Category changed from {before} to {categoryCode}", Plain,
            e => new { e.Before, e.CategoryCode }),
        On<RequestCorrected>("更正{fields}：{reason}", "Corrected {fields}: {reason}", Plain, e => new { e.Fields, e.Reason }),
        On<RequestNoted>("备注：{text}", "Note: {text}", Plain, e => new { e.NoteId, e.Text }),
        On<RequestCancelled>("工单取消：{reason}", "Request cancelled: {reason}", Bad, e => new { e.Cause, e.Reason }),

        On<OrderOffered>("派单给 {vendorName}，请于 {offerExpiresAt} 前接单 {overrideReason}",
            "Offered to {vendorName}, to be accepted by {offerExpiresAt} {overrideReason}", Plain,
            e => new { e.OrderId, e.VendorId, e.VendorName, e.OfferExpiresAt, e.OverrideReason }, "offered"),
        On<OrderRejected>("企业拒单：{reason}", "Vendor rejected: {reason}", Bad, e => new { e.OrderId, e.VendorId, e.Reason }, "rejected"),
        On<OfferExpired>("企业超时未接单", "Vendor did not answer in time", Bad, e => new { e.OrderId, e.VendorId }, "expired"),
        On<OrderAccepted>("企业接单，须于 {contactBy} 前联系市民", "Vendor accepted, to phone the citizen by {contactBy}", Plain,
            e => new { e.OrderId, e.VendorId, e.ContactBy }, "accepted"),
        On<ContactOverdue>("企业超时未联系市民（应于 {contactBy} 前）", "Vendor did not phone the citizen in time (by {contactBy})", Bad,
            e => new { e.OrderId, e.VendorId, e.ContactBy }),
        On<CitizenContacted>("企业已联系市民 {note}", "Vendor phoned the citizen {note}", Plain,
            e => new { e.OrderId, e.VendorId, e.Note, e.Late }, "contacted"),
        On<QuoteProposed>("报价 {amount} 元 {note}", "Price quoted: CNY {amount} {note}", Plain,
            e => new { e.OrderId, e.VendorId, e.Amount, e.Note }, "quoted", repeats: true),
        On<QuoteAccepted>("市民同意报价 {amount} 元", "Citizen agreed to CNY {amount}", Good,
            e => new { e.OrderId, e.VendorId, e.Amount }, "agreed"),
        On<QuoteDeclined>("市民不接受报价 {amount} 元：{reason}", "Citizen declined CNY {amount}: {reason}", Bad,
            e => new { e.OrderId, e.VendorId, e.Amount, e.Reason }, "declined"),
        On<VisitScheduled>("预约上门 {startsAt} 至 {endsAt}", "Visit from {startsAt} to {endsAt}", Plain,
            e => new { e.OrderId, e.VendorId, e.StartsAt, e.EndsAt }, "scheduled", repeats: true),
        On<VendorArrived>("师傅已到场", "Technician arrived", Plain, e => new { e.OrderId, e.VendorId, e.Late, e.Kept }, "arrived"),
        On<OrderCompleted>("完工，实收 {finalAmount} 元：{summary}", "Completed for CNY {finalAmount}: {summary}", Good,
            e => new { e.OrderId, e.VendorId, e.QuotedAmount, e.FinalAmount, e.Summary, e.WarrantyDays }, "completed"),
        On<OrderCancelled>("派单取消：{reason}", "Order cancelled: {reason}", Bad,
            e => new { e.OrderId, e.VendorId, e.StatusBefore, e.Reason }, "cancelled"),
        On<OrderWithdrawn>("派单收回：{reason}", "Order withdrawn: {reason}", Bad, e => new { e.OrderId, e.VendorId, e.Reason }, "withdrawn"),
        On<OrderUnfulfilled>("服务未完成：{reason}", "Service not delivered: {reason}", Bad, e => new { e.OrderId, e.VendorId, e.Reason }),

        On<FollowUpScheduled>("安排回访", "Callback scheduled", Plain, e => new { e.FollowUpId, e.OrderId, e.Kind }),
        On<FollowUpAttempted>("第 {attempt} 次回访未成功：{outcome}", "Callback attempt {attempt} failed: {outcome}", Plain,
            e => new { e.FollowUpId, e.OrderId, e.Outcome, e.Attempt }),
        On<FollowUpPostponed>("回访改到 {until}", "Callback put off to {until}", Plain, e => new { e.FollowUpId, e.OrderId, e.Until }),
        On<ComplaintRaised>("市民投诉：{description}", "Citizen complained: {description}", Bad,
            e => new { e.ComplaintId, e.FollowUpId, e.OrderId, e.VendorId, e.Description }),
        On<FollowUpCompleted>("回访完成，满意度 {satisfaction} 分 {comment}", "Called back, satisfaction {satisfaction} of 5 {comment}", Good,
            e => new { e.FollowUpId, e.OrderId, e.Satisfaction, e.Resolved, e.Punctual, e.PriceAsQuoted, e.Comment }) with
        { ToneOf = data => data.GetProperty("satisfaction").GetInt32() switch { <= 2 => Bad, 3 => Plain, _ => Good } },
        On<FollowUpUnreachable>("回访 {attempts} 次未联系上，结束回访", "Not reached in {attempts} attempts, callback ended", Bad,
            e => new { e.FollowUpId, e.OrderId, e.Attempts }),
    ];

    /// <summary>Events about a request that its timeline does not tell, and why not.</summary>
    public static IReadOnlyDictionary<Type, string> Untold { get; } = new Dictionary<Type, string>
    {
        [typeof(RequestErased)] = "who it was is forgotten: the access log has it, and what happened to the request has not changed",
    };

    private static readonly Dictionary<string, int> Ranks = Lines.Select((line, i) => (line.Kind, i)).ToDictionary(l => l.Kind, l => l.i);
    private static readonly Dictionary<Type, StoryLine> ByEvent = Lines.ToDictionary(l => l.Event);

    /// <summary>Place in a service's course; what a later release wrote comes last.</summary>
    public static int RankOf(string kind) => Ranks.GetValueOrDefault(kind, int.MaxValue);

    /// <returns>Null for what a later release wrote.</returns>
    public static StoryLine? Of(string kind) => Ranks.TryGetValue(kind, out var rank) ? Lines[rank] : null;

    /// <summary>The stable word for an event that is told.</summary>
    public static string KindOf<T>() where T : IAboutRequest => ByEvent[typeof(T)].Kind;

    public static bool Tells(IAboutRequest told) => ByEvent.ContainsKey(told.GetType());

    public static StoryLine Of(IAboutRequest told) => ByEvent[told.GetType()];

    private static StoryLine On<T>(
        string zh, string en, Tone tone, Func<T, object> data, string? brings = null, bool repeats = false)
        where T : class, IAboutRequest =>
        new(typeof(T), zh, en, tone, told => data((T)told), brings, repeats);
}
