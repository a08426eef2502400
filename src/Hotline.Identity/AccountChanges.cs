using Dapper;
using Hotline.Identity.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Hotline.Identity;

/// <summary>A row changed between reading and writing it: a sign-in at the same moment.</summary>
public sealed class AccountChangedException() : Exception("The account changed since it was read.");

/// <summary>Changes of accounts, credentials and sessions: one at a time on the whole platform, each all or nothing, with its entry in the
/// audit log and with what ends the tokens that it takes away. One at a time, because they are rare and look at each other: the last
/// admin, a name that is taken. Signing in, which is not rare and which strangers try, is none of them.</summary>
public sealed class AccountChanges(IdentityDatabase database, TimeProvider clock)
{
    private const int Attempts = 5;

    /// <summary>Makes a change. It refuses before its first write, and is run again where a sign-in came between.</summary>
    public async Task<T> Run<T>(Func<Task<T>> change, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var transaction = await database.Database.BeginTransactionAsync(stop);
                await database.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('hotline.accounts'))", stop);
                database.ChangeTracker.Clear(); // what was read before may have changed
                var result = await change();
                await transaction.CommitAsync(stop);
                return result;
            }
            catch (AccountChangedException) when (attempt < Attempts) { }
        }
    }

    /// <summary>Rows, inside the change.</summary>
    public Task<IEnumerable<T>> Query<T>(string sql, object values) => Connection.QueryAsync<T>(new(sql, values, Transaction));

    /// <summary>Writes, inside the change.</summary>
    /// <returns>How many rows.</returns>
    public Task<int> Execute(string sql, object values) => Connection.ExecuteAsync(new(sql, values, Transaction));

    /// <summary>All tokens of a subject are void from now on, and its sessions are over.</summary>
    public async Task End(string subject)
    {
        await Execute("""
            insert into revocations as r (key, generation, at) values (@subject, 1, clock_timestamp())
            on conflict (key) do update set generation = r.generation + 1, at = excluded.at
            """, new { subject });
        if (Guid.TryParse(subject, out var user)) await EndSessions(user);
    }

    /// <summary>Ends sessions of a person.</summary>
    /// <param name="only">This one alone.</param>
    /// <param name="except">All but this one.</param>
    /// <returns>How many.</returns>
    public async Task<int> EndSessions(Guid user, Guid? only = null, Guid? except = null)
    {
        var ended = (await Query<Guid>("""
            update sessions set ended_at = clock_timestamp()
            where user_id = @user and ended_at is null and (@only::uuid is null or id = @only) and (@except::uuid is null or id <> @except)
            returning id
            """, new { user, only, except })).ToArray();
        await Execute("""
            insert into revocations (key, generation, at) select key, 1, clock_timestamp() from unnest(@keys) as k(key)
            on conflict (key) do nothing
            """, new { keys = ended.Select(id => Revocations.Session(id.ToString())).ToArray() });
        return ended.Length;
    }

    /// <summary>An entry in the audit log.</summary>
    /// <param name="by">Who did it.</param>
    /// <param name="action">One of <see cref="Audit.AuditActions"/>.</param>
    /// <param name="targetId">Subject or client id of whom it concerns.</param>
    /// <param name="target">Name of whom it concerns.</param>
    /// <param name="details">For example "role: operator -> supervisor".</param>
    public Task Note(Caller by, string action, string? targetId, string? target, string? details = null)
    {
        var now = clock.GetUtcNow();
        return Execute("""
            insert into audit_log (id, at, actor_id, actor, action, target_id, target, details)
            values (@id, @now, @actorId, @actor, @action, @targetId, @target, @details)
            """, new { id = Guid.CreateVersion7(now), now, actorId = by.Id, actor = by.Name, action, targetId, target, details });
    }

    /// <summary>An entry about what somebody did to their own account. Needs no change around it, like every entry by itself.</summary>
    public Task NoteOwn(User user, string action, string? details = null)
    {
        var id = user.Id.ToString();
        return Note(new(id, user.DisplayName, user.Role, null), action, id, user.UserName, details);
    }

    /// <summary>What ASP.NET Core Identity did must have worked.</summary>
    /// <exception cref="AccountChangedException">Another change came between.</exception>
    public static void Must(IdentityResult result)
    {
        if (result.Succeeded) return;
        if (result.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.ConcurrencyFailure))) throw new AccountChangedException();
        throw new InvalidOperationException(string.Join("; ", result.Errors.Select(e => e.Description)));
    }

    private System.Data.Common.DbConnection Connection => database.Database.GetDbConnection();

    private System.Data.Common.DbTransaction? Transaction => database.Database.CurrentTransaction?.GetDbTransaction();
}
