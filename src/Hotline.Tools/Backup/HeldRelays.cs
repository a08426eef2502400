using System.Diagnostics;
using Npgsql;

namespace Hotline.Tools.Backup;

/// <summary>The relays of all services, which publish no event while they are held.</summary>
internal sealed class HeldRelays : IAsyncDisposable
{
    // the same as in the services' relay
    private const string Lock = "select pg_advisory_lock(hashtext('hotline.relay'))", Unlock = "select pg_advisory_unlock_all()";

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, NpgsqlConnection> _connections = [];

    /// <summary>By their databases.</summary>
    public static async Task<HeldRelays> Connect(string postgres, IEnumerable<string> databases)
    {
        var relays = new HeldRelays();
        try
        {
            foreach (var name in databases)
            {
                var connection = relays._connections[name] = new(Settings(postgres, name).ConnectionString);
                await connection.OpenAsync();
            }
            return relays;
        }
        catch
        {
            await relays.DisposeAsync();
            throw;
        }
    }

    /// <summary>Who waits for a lock makes all wait that come after: the relays, and with them every event. So a wait is short, and between
    /// two the relays go on.</summary>
    /// <returns>Null once they are held; else who did not let go.</returns>
    public async Task<string?> Hold(TimeSpan patience)
    {
        var begun = Stopwatch.StartNew();
        while (true)
        {
            var taken = await Task.WhenAll(_connections.Select(async c => (Name: c.Key, Taken: await Take(c.Value))));
            if (taken.All(t => t.Taken)) return null;
            await Release();
            if (begun.Elapsed > patience)
            {
                var name = taken.First(t => !t.Taken).Name;
                return $"the events of {name} did not hold still within {patience.TotalSeconds:0} s: "
                    + $"{await Holder(_connections[name])} is at work on them. Nothing was backed up; everything goes on.";
            }
            await Task.Delay(Between);
        }
    }

    /// <summary>Each database's state of this moment, which stays to be read while this is connected.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Snapshots()
    {
        var snapshots = new Dictionary<string, string>();
        foreach (var (name, connection) in _connections)
        {
            await Execute(connection, "begin isolation level repeatable read read only");
            snapshots[name] = (string)(await Execute(connection, "select pg_export_snapshot()"))!;
        }
        return snapshots;
    }

    /// <summary>They go on.</summary>
    public async Task Release()
    {
        foreach (var connection in _connections.Values) await Execute(connection, Unlock);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections.Values) await connection.DisposeAsync();
    }

    private static async Task<bool> Take(NpgsqlConnection connection)
    {
        try
        {
            await Execute(connection, Lock);
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }

    // who works passes by between two looks: whoever has been at it longest comes first
    private static async Task<string> Holder(NpgsqlConnection connection) => await Execute(connection, """
        select string_agg(format('%s (process %s of PostgreSQL, %s for %s s)', application_name, a.pid, state,
            extract(epoch from now() - state_change)::int), '; ' order by state_change)
        from pg_locks l join pg_stat_activity a on a.pid = l.pid
        where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())
            and a.pid <> pg_backend_pid()
        """) as string ?? "somebody";

    // a host that dies in the middle must not hold the relays: PostgreSQL notices within 20 s
    private static NpgsqlConnectionStringBuilder Settings(string postgres, string database) => new(postgres)
    {
        Database = database,
        Pooling = false,
        CommandTimeout = 0,
        ApplicationName = "backup",
        Options = "-c lock_timeout=2s -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=2",
    };

    private static async Task<object?> Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
