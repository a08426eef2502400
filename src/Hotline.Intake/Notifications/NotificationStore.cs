using Hotline.Contracts;
using Hotline.Contracts.Dispatch;
using Hotline.Contracts.Intake;
using Hotline.Intake.Requests;
using Hotline.Intake.Timeline;
using Npgsql;

namespace Hotline.Intake.Notifications;

/// <summary>A notification with what its words need.</summary>
public sealed record KeptNotification(
    Guid Id, Guid RequestId, string Number, string Urgency, string Kind, DateTimeOffset At, DateTimeOffset? ReadAt, string? VendorName,
    decimal? Amount);

public sealed class NotificationStore(NpgsqlDataSource database, Work work, TimeProvider clock)
{
    private static readonly string Offered = Story.KindOf<OrderOffered>();

    public Task<IReadOnlyList<Follower>> Followers(Guid request, CancellationToken stop) =>
        database.Many<Follower>("select person, name from followers where request_id = @request", new { request }, stop);

    public async Task<bool> Follows(Guid request, Caller caller, CancellationToken stop) =>
        await database.One<bool>("select exists (select from followers where request_id = @request and person = @Id)",
            new { request, caller.Id }, stop);

    public void Follow(Guid request, Caller caller) => work.Write("""
        insert into followers (request_id, person, name) values (@request, @Id, @Name)
        on conflict (request_id, person) do update set name = excluded.name
        """, new { request, caller.Id, caller.Name });

    public void Unfollow(Guid request, Caller caller) =>
        work.Write("delete from followers where request_id = @request and person = @Id", new { request, caller.Id });

    /// <summary>An event that changed a request, or did not, is told to those who follow it; what they were told before is done once the
    /// request stands elsewhere or has news.</summary>
    public void Tell(IAboutRequest told, Request before, Request after, IEnumerable<Follower> followers)
    {
        var now = clock.GetUtcNow();
        var notifications = Notices.Of(told, after, followers, now);
        if (before.Status != after.Status || notifications.Count > 0)
            Read("request_id = @RequestId and kind <> @Mentioned", new { told.RequestId, Notices.Mentioned, now });
        foreach (var notification in notifications) Add(notification, now);
    }

    /// <summary>People who are to look at what was noted on a request; wherever it stands, they are told until they have read it.</summary>
    public void Mention(IEnumerable<string> people, Guid request, DateTimeOffset at)
    {
        var now = clock.GetUtcNow();
        foreach (var person in people) Add(new(Guid.CreateVersion7(now), person, request, null, Notices.Mentioned, at), now);
    }

    private void Add(Notification notification, DateTimeOffset now)
    {
        work.Write("""
            insert into notifications (id, person, request_id, order_id, kind, at)
            values (@Id, @Person, @RequestId, @OrderId, @Kind, @At)
            """, notification);
        work.Tell(new PersonNotified(notification.Id, notification.Person, now));
    }

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<KeptNotification>> List(string person, bool unreadOnly, PageRequest page, CancellationToken stop) =>
        database.Many<KeptNotification>($"""
            select n.id, n.request_id, r.number, r.urgency, n.kind, n.at, n.read_at,
                (select data->>'vendorName' from timeline t where t.request_id = n.request_id and t.kind = @Offered
                    and t.data->>'orderId' = n.order_id::text limit 1) as vendor_name,
                (select (data->>'amount')::numeric from timeline t where t.request_id = n.request_id and t.at = n.at
                    and t.kind = n.kind limit 1) as amount
            from notifications n join requests r on r.id = n.request_id
            where n.person = @person {(unreadOnly ? "and n.read_at is null" : "")} {(page.AfterId is null ? "" : "and n.id < @after")}
            order by n.id desc limit @take
            """, new { person, Offered, after = page.AfterId, take = page.Limit + 1 }, stop);

    public Task<int> Unread(string person, CancellationToken stop) => database.One<int>(
        "select count(*)::int from notifications where person = @person and read_at is null", new { person }, stop);

    public Task<bool> IsThere(Guid id, string person, CancellationToken stop) => database.One<bool>(
        "select exists (select from notifications where id = @id and person = @person)", new { id, person }, stop);

    public void Read(Guid id) => Read("id = @id", new { id, now = clock.GetUtcNow() });

    public void ReadUpTo(Guid id, string person) => Read("person = @person and id <= @id", new { id, person, now = clock.GetUtcNow() });

    /// <summary>A request that is forgotten has nobody who follows it.</summary>
    public void Erase(Guid request)
    {
        work.Write("delete from followers where request_id = @request", new { request });
        work.Write("delete from notifications where request_id = @request", new { request });
    }

    // in one order: a reader and an event that want the same rows wait for each other, and do not lock each other out
    private void Read(string which, object values) => work.Write($"""
        with unread as (select id from notifications where {which} and read_at is null order by id for update)
        update notifications n set read_at = @now from unread where n.id = unread.id
        """, values);
}
