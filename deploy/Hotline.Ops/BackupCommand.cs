using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace Hotline.Ops;

/// <summary>deploy/backup: --to FOLDER --databases NAME,… --pg-bin FOLDER [--counted-every SECONDS] [--patience SECONDS],
/// and HOTLINE_POSTGRES (connection string), HOTLINE_MANAGEMENT (URL) in the environment. Dumps all databases as of one moment in which
/// nothing was between two of them: the relays hold still until the queues are empty, each database exports a snapshot, the relays go on,
/// and the snapshots are dumped at leisure. Requests are served all the while; only their events wait a little.</summary>
public static class BackupCommand
{
    // the same as in the services' relay
    private const string Lock = "select pg_advisory_lock(hashtext('hotline.relay'))", Unlock = "select pg_advisory_unlock_all()";

    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(2), Pause = TimeSpan.FromMilliseconds(100);

    /// <returns>0, or 1 where the relays do not hold still, the queues do not empty or a dump fails.</returns>
    public static async Task<int> Run(Options options)
    {
        var (folder, postgres, databases) = (options.Need("--to"), Options.Secret("HOTLINE_POSTGRES"),
            options.Need("--databases").Split(','));
        // RabbitMQ counts quorum queues from time to time (quorum_tick_interval, 5 s unless set):
        // a figure is of after the lock only when it was read later than that
        var counted = TimeSpan.FromSeconds(double.Parse(options.Of("--counted-every") ?? "5", CultureInfo.InvariantCulture));
        var patience = TimeSpan.FromSeconds(double.Parse(options.Of("--patience") ?? "120", CultureInfo.InvariantCulture));
        using var broker = new Broker(new(Options.Secret("HOTLINE_MANAGEMENT")));
        var connections = new Dictionary<string, NpgsqlConnection>();
        try
        {
            foreach (var name in databases)
            {
                var connection = new NpgsqlConnection(Settings(postgres, name).ConnectionString);
                await connection.OpenAsync();
                connections[name] = connection;
            }
            if (await HoldRelays(connections, patience) is { } busy)
            {
                await Console.Error.WriteLineAsync($"error: {busy}");
                return 1;
            }
            var held = Stopwatch.StartNew();
            var snapshots = new Dictionary<string, string>();
            IReadOnlyList<Undeliverable> undelivered;
            try
            {
                if (!await Drained(broker, held, counted))
                {
                    await Console.Error.WriteLineAsync($"error: after {AtMost.TotalMinutes:0} minutes there are still "
                        + $"{await broker.Waiting()} messages in the queues. "
                        + "Are all services running? See GET /api/ops/{service} or the console's operations page.");
                    return 1;
                }
                foreach (var (name, connection) in connections)
                {
                    await Execute(connection, "begin isolation level repeatable read read only");
                    snapshots[name] = (string)(await Execute(connection, "select pg_export_snapshot()"))!;
                }
                undelivered = await broker.Undelivered();
            }
            finally
            {
                foreach (var connection in connections.Values) await Execute(connection, Unlock);
            }
            Console.WriteLine($"events were held for {held.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s");

            foreach (var (name, snapshot) in snapshots)
                await Dump(options.Need("--pg-bin"), postgres, name, snapshot, Path.Combine(folder, $"{name}.dump"));
            await File.WriteAllTextAsync(Path.Combine(folder, "undelivered.json"),
                JsonSerializer.Serialize(undelivered, JsonSerializerOptions.Web));
            Console.WriteLine($"dumped {string.Join(", ", databases)}; {undelivered.Count} undelivered messages");
            return 0;
        }
        catch (Exception e) when (e is NpgsqlException or HttpRequestException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync($"error: {e.Message}");
            return 1;
        }
        finally
        {
            foreach (var connection in connections.Values) await connection.DisposeAsync();
        }
    }

    // Who waits for a lock makes all wait that come after: the relays, and with them every event.
    // So a wait is short, and between two the relays go on.
    private static async Task<string?> HoldRelays(Dictionary<string, NpgsqlConnection> connections, TimeSpan patience)
    {
        var begun = Stopwatch.StartNew();
        while (true)
        {
            var taken = await Task.WhenAll(connections.Select(async c => (Name: c.Key, Taken: await Take(c.Value))));
            if (taken.All(t => t.Taken)) return null;
            foreach (var connection in connections.Values) await Execute(connection, Unlock);
            if (begun.Elapsed > patience)
            {
                var name = taken.First(t => !t.Taken).Name;
                return $"the events of {name} did not hold still within {patience.TotalSeconds:0} s: "
                    + $"{await Holder(connections[name])} is at work on them. Nothing was backed up; everything goes on.";
            }
            await Task.Delay(Pause * 10);
        }
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

    private static async Task<string> Holder(NpgsqlConnection connection) => (string?)await Execute(connection, """
        select format('%s (process %s of PostgreSQL, %s for %s s)', application_name, a.pid, state,
            extract(epoch from now() - state_change)::int)
        from pg_locks l join pg_stat_activity a on a.pid = l.pid
        where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())
            and a.pid <> pg_backend_pid() limit 1
        """) ?? "somebody";

    private static async Task<bool> Drained(Broker broker, Stopwatch held, TimeSpan counted)
    {
        await Task.Delay(counted + Pause);
        while (held.Elapsed < AtMost)
        {
            if (await broker.Waiting() == 0) return true;
            await Task.Delay(Pause);
        }
        return false;
    }

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

    private static async Task Dump(string bin, string postgres, string database, string snapshot, string file)
    {
        var server = new NpgsqlConnectionStringBuilder(postgres);
        var start = new ProcessStartInfo(Path.Combine(bin, "pg_dump"), ["--format=custom", $"--snapshot={snapshot}", $"--file={file}"])
        { RedirectStandardError = true };
        foreach (var (name, value) in ((string, string?)[])[("PGHOST", server.Host),
            ("PGPORT", server.Port.ToString(CultureInfo.InvariantCulture)), ("PGUSER", server.Username),
            ("PGPASSWORD", server.Password), ("PGDATABASE", database)])
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"pg_dump of {database} failed: {errors.Trim()}");
    }
}
