using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;

namespace Hotline.ServiceDefaults;

/// <summary>Makes a service's database and the role that owns it and nothing else, with the connection of somebody who may.
/// Harmless to repeat. A database that belonged to another role, because it is of an older release or was restored by an administrator,
/// is handed over with all that is in it.</summary>
internal static class DatabaseRole
{
    private sealed record Role(bool Rolsuper, bool Rolcreaterole, bool Rolcreatedb);

    /// <param name="administrator">The server, as somebody who may create roles and databases.</param>
    /// <param name="own">The service's own connection: names database, role and password.</param>
    /// <param name="log">Hears what was made.</param>
    /// <exception cref="InvalidOperationException">The administrator may not do it, or the service's role may do too much.</exception>
    public static async Task Prepare(NpgsqlConnectionStringBuilder administrator, NpgsqlConnectionStringBuilder own, ILogger log)
    {
        var (role, database) = (own.Username!, own.Database!);
        var (quotedRole, quotedDatabase) = (Quoted(role), Quoted(database));
        await using var server = new NpgsqlConnection(administrator.ConnectionString);
        await server.OpenAsync();
        // one at a time: PostgreSQL refuses changes of one role or database at the same moment ("tuple concurrently updated")
        await server.ExecuteAsync("set lock_timeout = 0; select pg_advisory_lock(hashtext('hotline.role')); set lock_timeout = '60s'");
        var mine = await server.QuerySingleAsync<Role>("select rolsuper, rolcreaterole, rolcreatedb from pg_roles "
            + "where rolname = current_user");
        if (!mine.Rolsuper && !(mine.Rolcreaterole && mine.Rolcreatedb))
            throw new InvalidOperationException($"{administrator.Username} may not create roles "
                + "and databases: give it CREATEROLE and CREATEDB, "
                + $"or leave ConnectionStrings__postgres out and set ConnectionStrings__…-db to a database that {role} owns");

        var known = await server.QuerySingleOrDefaultAsync<Role>("select rolsuper, rolcreaterole, rolcreatedb from pg_roles "
            + "where rolname = @role", new { role });
        if (known is { Rolsuper: true } or { Rolcreaterole: true } or { Rolcreatedb: true })
            throw new InvalidOperationException($"The role {role} may create roles or databases "
                + "or is a superuser: a service's role owns its database and may do nothing else");
        // a verifier in place of the password: a statement that fails is logged as it is
        await server.ExecuteAsync($"{(known is null ? "create" : "alter")} role {quotedRole} login password "
            + $"'{Verifier(own.Password ?? "")}'");
        if (!mine.Rolsuper) await server.ExecuteAsync($"grant {quotedRole} to current_user"); // else it may not give it anything

        var owner = await server.ExecuteScalarAsync<string?>("select pg_get_userbyid(datdba) from pg_database where datname = @database",
            new { database });
        if (owner is null)
        {
            await server.ExecuteAsync($"create database {quotedDatabase} owner {quotedRole} encoding 'UTF8' template template0");
            log.LogInformation("Created database {Database} of role {Role}", database, role);
        }
        else if (owner != role)
        {
            await server.ExecuteAsync($"alter database {quotedDatabase} owner to {quotedRole}");
            log.LogInformation("Database {Database} belonged to {Owner} and belongs to {Role} now", database, owner, role);
        }
        await server.ExecuteAsync($"revoke all on database {quotedDatabase} from public");
        await HandOver(new(administrator.ConnectionString) { Database = database, CommandTimeout = 0 }, role);
    }

    // reassign owned does not do: it refuses for the role that initdb made, which owns the system's own objects too
    private static async Task HandOver(NpgsqlConnectionStringBuilder administrator, string role)
    {
        await using var connection = new NpgsqlConnection(administrator.ConnectionString);
        await connection.OpenAsync();
        var statements = await connection.QueryAsync<string>("""
            with ours as (select oid, nspname, nspowner from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'),
            fixed as (select classid, objid from pg_depend where deptype in ('e', 'i', 'a')
                and (deptype = 'e' or classid = 'pg_class'::regclass))
            select format('alter schema %I owner to %I', nspname, @role) from ours
            where nspowner <> @role::regrole and (nspname <> 'public' or current_setting('server_version_num')::int < 150000)
            union all
            select format('alter %s %I.%I owner to %I', case c.relkind when 'S' then 'sequence' when 'v' then 'view' when 'm'
                then 'materialized view' else 'table' end, nspname, relname, @role)
            from pg_class c join ours on ours.oid = relnamespace
            where relkind in ('r', 'p', 'S', 'v', 'm') and relowner <> @role::regrole
              and not exists (select from fixed where classid = 'pg_class'::regclass and objid = c.oid)
            union all
            select format('alter routine %s owner to %I', p.oid::regprocedure, @role) from pg_proc p join ours on ours.oid = pronamespace
            where proowner <> @role::regrole and not exists (select from fixed where classid = 'pg_proc'::regclass and objid = p.oid)
            union all
            select format('alter type %I.%I owner to %I', nspname, typname, @role) from pg_type t join ours on ours.oid = typnamespace
            where typtype in ('e', 'd', 'r') and typowner <> @role::regrole
                and not exists (select from fixed where classid = 'pg_type'::regclass and objid = t.oid)
            """, new { role });
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var statement in statements) await connection.ExecuteAsync(statement, transaction: transaction);
        await transaction.CommitAsync();
    }

    private static string Quoted(string name) => new NpgsqlCommandBuilder().QuoteIdentifier(name);

    // as libpq's PQencryptPasswordConn gives it, RFC 5803
    private static string Verifier(string password)
    {
        const int iterations = 4096;
        var salt = RandomNumberGenerator.GetBytes(16);
        var salted = Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, 32);
        var stored = SHA256.HashData(HMACSHA256.HashData(salted, Encoding.ASCII.GetBytes("Client Key")));
        var server = HMACSHA256.HashData(salted, Encoding.ASCII.GetBytes("Server Key"));
        return $"SCRAM-SHA-256${iterations}:{Convert.ToBase64String(salt)}$"
            + $"{Convert.ToBase64String(stored)}:{Convert.ToBase64String(server)}";
    }
}
