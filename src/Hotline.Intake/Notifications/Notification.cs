using Hotline.Contracts;
using Hotline.Contracts.Dispatch;
using Hotline.Contracts.Intake;
using Hotline.Intake.Requests;
using Hotline.Intake.Timeline;
using Hotline.Wire.Intake;

namespace Hotline.Intake.Notifications;

/// <summary>Somebody who wants to know what happens to a request.</summary>
/// <param name="Person">Subject of the token.</param>
/// <param name="Name">As events name who did something.</param>
public sealed record Follower(string Person, string Name);

/// <summary>An event after which a request wants somebody.</summary>
/// <param name="Wants">Where the request stands while it does; once it stands elsewhere, that is done.</param>
/// <param name="Text">{0} is the vendor's name, {1} the price.</param>
public sealed record Notice(Type Event, RequestStatus Wants, Text Text)
{
    public string Kind => Text.Code;
}

/// <summary>What a person is told of a request.</summary>
public sealed record Notification(Guid Id, string Person, Guid RequestId, Guid? OrderId, string Kind, DateTimeOffset At);

/// <summary>After which events a request wants somebody, and who is told.</summary>
public static class Notices
{
    public static IReadOnlyList<Notice> All { get; } =
    [
        On<OrderRejected>(RequestStatus.Registered, "{0} 拒单，请另派", "{0} rejected it: offer it to another"),
        On<OfferExpired>(RequestStatus.Registered, "{0} 超时未接单，请另派", "{0} did not answer in time: offer it to another"),
        On<OrderWithdrawn>(RequestStatus.Registered, "{0} 的派单已收回，请另派", "The order of {0} was withdrawn: offer it to another"),
        On<OrderCancelled>(RequestStatus.Registered, "{0} 的派单已取消，请另派", "The order of {0} was cancelled: offer it to another"),
        On<QuoteDeclined>(RequestStatus.Registered, "市民不接受 {0} 的报价，请另派",
            "The citizen declined the price of {0}: offer it to another"),
        On<ContactOverdue>(RequestStatus.Accepted, "{0} 超时未联系市民，请催办", "{0} did not phone the citizen in time: chase it"),
        On<QuoteProposed>(RequestStatus.Quoted, "{0} 报价 {1} 元，请问市民是否同意", "{0} quoted CNY {1}: ask the citizen"),
        On<RequestCancelled>(RequestStatus.Unfulfilled, "没有企业可派，工单未完成", "No vendor could be found: the request ended unfulfilled"),
    ];

    /// <summary>Kind of what somebody is told whom a note mentions.</summary>
    public static string Mentioned { get; } = Story.KindOf<RequestNoted>();

    private static readonly Text Mention = new(Mentioned, "备注里提到了您，请查看", "A note mentions you: have a look");

    private static readonly Dictionary<Type, Notice> ByEvent = All.ToDictionary(n => n.Event);

    /// <summary>The words for a kind; null for what a later release told.</summary>
    public static Text? TextOf(string kind) => kind == Mentioned ? Mention : All.FirstOrDefault(notice => notice.Kind == kind)?.Text;

    public static bool Has(IAboutRequest told) => ByEvent.ContainsKey(told.GetType());

    /// <summary>Who is told what: those who follow the request and did not do it themselves, where it wants somebody and nothing newer
    /// is known of its order.</summary>
    /// <param name="after">The request as the event leaves it.</param>
    /// <param name="now">By which the notifications are ordered.</param>
    public static IReadOnlyList<Notification> Of(IAboutRequest told, Request after, IEnumerable<Follower> followers, DateTimeOffset now)
    {
        if (!ByEvent.TryGetValue(told.GetType(), out var notice) || after.Status != notice.Wants) return [];
        var order = told as IAboutOrder;
        if (order is not null && (after.OrderId != order.OrderId || after.OrderVersion > order.Version)) return [];
        return [.. followers.Where(f => f.Name != told.By).Select(f =>
            new Notification(Guid.CreateVersion7(now), f.Person, told.RequestId, order?.OrderId, notice.Kind, told.At))];
    }

    private static Notice On<T>(RequestStatus wants, string zh, string en) where T : IAboutRequest =>
        new(typeof(T), wants, new(Story.KindOf<T>(), zh, en));
}
