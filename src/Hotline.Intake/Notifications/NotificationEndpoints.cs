using FluentValidation;
using Hotline.Intake.Requests;
using Hotline.Wire.Intake;

namespace Hotline.Intake.Notifications;

public static class NotificationEndpoints
{
    public static void MapNotifications(this IEndpointRouteBuilder routes)
    {
        var notifications = routes.MapGroup("/api/intake/notifications").WithTags("Notifications")
            .RequireAuthorization(Policies.Desk).Commits();
        notifications.MapGet("/", List).WithName("listNotifications")
            .WithSummary("What wants me: of requests that I registered or follow, newest first; kept for 30 days");
        notifications.MapPost("/{id:guid}/read", Read).WithName("readNotification").WithSummary("I have read it");
        notifications.MapPost("/read", ReadUpTo).WithName("readNotifications").WithSummary("I have read this one and all before it")
            .Validates<ReadInput>();

        var follow = routes.MapGroup("/api/intake/requests/{id:guid}/follow").WithTags("Notifications")
            .RequireAuthorization(Policies.Desk).Commits();
        follow.MapPut("/", Follow).WithName("followRequest")
            .WithSummary("Tell me what happens to this request; whoever registered it is told without asking");
        follow.MapDelete("/", Unfollow).WithName("unfollowRequest").WithSummary("Tell me no more of this request");
    }

    private static async Task<Results<Ok<NotificationsView>, ProblemHttpResult>> List(
        NotificationStore notifications, Caller caller, bool? unread, int? limit, string? cursor, CancellationToken stop)
    {
        var faults = new Faults();
        if (PageRequest.Read(limit, cursor, faults) is not { } page) return faults.ToProblem();
        var shown = page.Cut(await notifications.List(caller.Id, unread is true, page, stop), n => n.Id.ToString(), View);
        return TypedResults.Ok(new NotificationsView(shown.Items, shown.NextCursor, await notifications.Unread(caller.Id, stop)));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Read(
        Guid id, NotificationStore notifications, Caller caller, CancellationToken stop)
    {
        if (!await notifications.IsThere(id, caller.Id, stop)) return Problems.NotFound();
        notifications.Read(id);
        return TypedResults.NoContent();
    }

    private static NoContent ReadUpTo(ReadInput input, NotificationStore notifications, Caller caller)
    {
        notifications.ReadUpTo(input.UpTo!.Value, caller.Id);
        return TypedResults.NoContent();
    }

    private static Task<Results<NoContent, ProblemHttpResult>> Follow(
        Guid id, RequestStore requests, NotificationStore notifications, Caller caller, CancellationToken stop) =>
        Of(id, requests, () => notifications.Follow(id, caller), stop);

    private static Task<Results<NoContent, ProblemHttpResult>> Unfollow(
        Guid id, RequestStore requests, NotificationStore notifications, Caller caller, CancellationToken stop) =>
        Of(id, requests, () => notifications.Unfollow(id, caller), stop);

    private static async Task<Results<NoContent, ProblemHttpResult>> Of(
        Guid request, RequestStore requests, Action change, CancellationToken stop)
    {
        if (await requests.Find(request, stop) is null) return Problems.NotFound();
        change();
        return TypedResults.NoContent();
    }

    private static NotificationView View(KeptNotification n) => new(
        n.Id, n.RequestId, n.Number, n.Kind, Notices.TextOf(n.Kind)?
            .Say(n.VendorName ?? "", n.Amount?.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)).Trim() ?? n.Kind,
        n.At, n.ReadAt, n.Urgency == "urgent");
}

internal sealed class ReadInputRules : AbstractValidator<ReadInput>
{
    public ReadInputRules() => RuleFor(r => r.UpTo).NotNull();
}
