using Hotline.Contracts;
using Hotline.Contracts.FollowUp;
using Hotline.Contracts.Intake;
using Hotline.Intake.Timeline;

namespace Hotline.Intake.Requests;

/// <summary>What other services tell of a request: its timeline has it, and its status follows its order and its callback,
/// in one commit.</summary>
public sealed class RequestProgress(RequestStore requests, TimelineStore timeline) : IFollow<RequestProgress>
{
    public static void Follow(Follows<RequestProgress> events) => events.On(
        Story.Lines.Select(line => line.Event).Where(type => type.Namespace != typeof(RequestRegistered).Namespace),
        (progress, told, stop) => progress.Take((IAboutRequest)told, stop));

    private async Task Take(IAboutRequest told, CancellationToken stop)
    {
        timeline.Add(told);
        if (ChangeBy(told) is not { } follow) return;
        var request = await requests.Find(told.RequestId, stop)
            ?? throw new InvalidOperationException($"An event speaks of request {told.RequestId}, which is not here");
        if (follow(request) is { } changed) requests.Save(changed, request.Version);
    }

    private static Func<Request, Request?>? ChangeBy(IAboutRequest told) => told switch
    {
        IAboutOrder order when Story.Of(order).OrderStatus is { } status =>
            r => r.FollowOrder(order.OrderId, status, order.Version, order.Ordinal),
        FollowUpCompleted { Kind: "service", OrderId: { } served } => r => r.FollowCallback(served),
        FollowUpUnreachable { Kind: "service", OrderId: { } served } => r => r.FollowCallback(served),
        _ => null,
    };
}
