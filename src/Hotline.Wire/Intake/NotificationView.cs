namespace Hotline.Wire.Intake;

/// <summary>Something happened to a request that the reader registered or follows, and wants somebody.</summary>
/// <param name="Kind">The event, for example orderRejected.</param>
/// <param name="Text">In the reader's language.</param>
/// <param name="ReadAt">When the reader read it, or the request got on; none = unread.</param>
/// <param name="Urgent">The request is.</param>
public sealed record NotificationView(
    Guid Id, Guid RequestId, string RequestNumber, string Kind, string Text, DateTimeOffset At, DateTimeOffset? ReadAt,
    bool Urgent) : Shown;

/// <param name="Items">Newest first.</param>
/// <param name="NextCursor">Pass as cursor to go on; none on the last page.</param>
/// <param name="Unread">How many are unread, on all pages.</param>
public sealed record NotificationsView(IReadOnlyList<NotificationView> Items, string? NextCursor, int Unread) : Shown;

/// <param name="UpTo">Id of the newest notification that was seen: it and all older ones are read.</param>
public sealed record ReadInput(Guid? UpTo) : Shown;
