using Npgsql;

namespace Hotline.Identity.Sessions;

/// <summary>Somebody who is signed in somewhere.</summary>
/// <param name="Device">Browser and system, as far as they tell.</param>
/// <param name="Address">From where, as the gateway saw it.</param>
public sealed record Session(Guid Id, Guid UserId, string Device, string Address, DateTimeOffset Since, DateTimeOffset LastSeenAt);

/// <summary>Sessions of people. What ends one is <see cref="AccountChanges.EndSessions"/>, which makes its tokens void as well.</summary>
public sealed class SessionStore(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>A session that is not renewed for so long is over: cookie and refresh token run out.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(12);

    public async Task<Guid> Begin(Guid user, string device, string address, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await Execute("insert into sessions (id, user_id, device, address, since, last_seen_at) "
            + "values (@id, @user, @device, @address, @now, @now)", new { id, user, device, address, now }, stop);
        await Execute("""update "AspNetUsers" set last_sign_in_at = @now where id = @user""", new { user, now }, stop);
        return id;
    }

    /// <summary>Notes that a session is alive.</summary>
    /// <returns>False where it is not, or not this person's.</returns>
    public async Task<bool> Touch(Guid id, Guid user, CancellationToken stop) => await Execute("""
        update sessions set last_seen_at = @now where id = @id and user_id = @user and ended_at is null and last_seen_at > @oldest
        """, new { id, user, now = clock.GetUtcNow(), oldest = Oldest }, stop) == 1;

    /// <summary>Open ones, newest first.</summary>
    public Task<IReadOnlyList<Session>> Open(Guid user, CancellationToken stop) => database.Many<Session>("""
        select id, user_id, device, address, since, last_seen_at from sessions
        where user_id = @user and ended_at is null and last_seen_at > @oldest order by since desc limit 200
        """, new { user, oldest = Oldest }, stop);

    /// <summary>Forgets sessions that are long over, and what ended them.</summary>
    public async Task Prune(CancellationToken stop)
    {
        await Execute("delete from sessions where last_seen_at < @old", new { old = clock.GetUtcNow().AddDays(-90) }, stop);
        await Execute("delete from revocations where key like 'sid:%' and at < @old", new { old = clock.GetUtcNow().AddDays(-2) }, stop);
        await Execute("delete from audit_log where at < @old", new { old = clock.GetUtcNow().AddYears(-3) }, stop);
    }

    private DateTimeOffset Oldest => clock.GetUtcNow() - Lasts;

    private async Task<int> Execute(string sql, object values, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        return await Dapper.SqlMapper.ExecuteAsync(connection, new(sql, values, cancellationToken: stop));
    }
}
