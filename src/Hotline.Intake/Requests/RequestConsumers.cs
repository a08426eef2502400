using Hotline.Contracts;
using Hotline.Contracts.Dispatch;
using Hotline.Contracts.FollowUp;
using Hotline.Contracts.Intake;
using Hotline.Intake.Notifications;
using Hotline.Intake.Timeline;

namespace Hotline.Intake.Requests;

/// <summary>What other services tell of a request: its timeline has it, its status follows its order and its callback, and those who
/// follow it are told, in one commit.</summary>
public sealed class RequestProgress(RequestStore requests, TimelineStore timeline, NotificationStore notifications)
    : IFollow<RequestProgress>
{
    public static void Follow(Follows<RequestProgress> events) => events.On(
        Story.Lines.Select(line => line.Event).Where(type => type.Namespace != typeof(RequestRegistered).Namespace),
        (progress, told, stop) => progress.Take((IAboutRequest)told, stop));

    private async Task Take(IAboutRequest told, CancellationToken stop)
    {
        timeline.Add(told);
        var (change, wanting) = (ChangeBy(told), Notices.Has(told));
        if (change is null && !wanting) return;
        var request = await requests.Find(told.RequestId, stop)
            ?? throw new InvalidOperationException($"An event speaks of request {told.RequestId}, which is not here");
        var followers = wanting ? await notifications.Followers(request.Id, stop) : [];
        var changed = change?.Invoke(request);
        if (changed is not null) requests.Save(changed, request.Version);
        else if (followers.Count > 0) requests.RequireUnchanged(request);
        notifications.Tell(told, request, changed ?? request, followers);
    }

    private static Func<Request, Request?>? ChangeBy(IAboutRequest told) => told switch
    {
        IAboutOrder order when Story.Of(order).OrderStatus is { } status =>
            r => r.FollowOrder(order.OrderId, status, order.Version, order.Ordinal, TermsOf(order)),
        FollowUpCompleted { Kind: "service", OrderId: { } served } => r => r.FollowCallback(served),
        FollowUpUnreachable { Kind: "service", OrderId: { } served } => r => r.FollowCallback(served),
        _ => null,
    };

    private static OrderTerms TermsOf(IAboutOrder order) => order switch
    {
        OrderOffered e => new(e.VendorId, e.VendorName, e.OfferExpiresAt),
        OrderAccepted e => new(e.VendorId, null, e.ContactBy),
        _ => new(order.VendorId, null, null),
    };
}
