using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace Hotline.Ops;

/// <summary>deploy/backup: --to FOLDER --postgres CONNECTION --management URL --pg-bin FOLDER [--counted-every SECONDS]. Dumps all databases as of one moment in which nothing was between two of them: the relays
/// hold still until the queues are empty, each database exports a snapshot, the relays go on, and the snapshots are dumped at leisure. Requests are served all the while; only their
/// events wait a little.</summary>
public static class BackupCommand
{
    // the same as in the services' relay
    private const string Lock = "select pg_advisory_lock(hashtext('hotline.relay'))", Unlock = "select pg_advisory_unlock(hashtext('hotline.relay'))";
    private static readonly string[] Databases = ["identity", "intake", "vendor_registry", "dispatch", "follow_up", "evaluation"];

    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(2), Pause = TimeSpan.FromMilliseconds(100);

    /// <returns>0, or 1 where the queues do not empty or a dump fails.</returns>
    public static async Task<int> Run(Options options)
    {
        var (folder, postgres) = (options.Need("--to"), options.Need("--postgres"));
        // RabbitMQ counts quorum queues from time to time (quorum_tick_interval, 5 s unless set): a figure is of after the lock only when it was read later than that
        var counted = TimeSpan.FromSeconds(double.Parse(options.Of("--counted-every") ?? "5", CultureInfo.InvariantCulture));
        using var broker = new Broker(new(options.Need("--management")));
        var connections = new Dictionary<string, NpgsqlConnection>();
        try
        {
            foreach (var name in Databases)
            {
                var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres) { Database = name, Pooling = false, CommandTimeout = 0, ApplicationName = "backup" }.ConnectionString);
                await connection.OpenAsync();
                connections[name] = connection;
            }
            var held = Stopwatch.StartNew();
            var snapshots = new Dictionary<string, string>();
            IReadOnlyList<Undeliverable> undelivered;
            try
            {
                await Task.WhenAll(connections.Values.Select(c => Execute(c, Lock)));
                if (!await Drained(broker, held, counted))
                {
                    await Console.Error.WriteLineAsync($"error: after {AtMost.TotalMinutes:0} minutes there are still {await broker.Waiting()} messages in the queues. Are all services running? See GET /api/ops/{{service}} or the console's operations page.");
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

            foreach (var (name, snapshot) in snapshots) await Dump(options.Need("--pg-bin"), postgres, name, snapshot, Path.Combine(folder, $"{name}.dump"));
            await File.WriteAllTextAsync(Path.Combine(folder, "undelivered.json"), JsonSerializer.Serialize(undelivered, JsonSerializerOptions.Web));
            Console.WriteLine($"dumped {string.Join(", ", Databases)}; {undelivered.Count} undelivered messages");
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

    private static async Task<object?> Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private static async Task Dump(string bin, string postgres, string database, string snapshot, string file)
    {
        var server = new NpgsqlConnectionStringBuilder(postgres);
        var start = new ProcessStartInfo(Path.Combine(bin, "pg_dump"), ["--format=custom", $"--snapshot={snapshot}", $"--file={file}"]) { RedirectStandardError = true };
        foreach (var (name, value) in ((string, string?)[])[("PGHOST", server.Host), ("PGPORT", server.Port.ToString(CultureInfo.InvariantCulture)), ("PGUSER", server.Username), ("PGPASSWORD", server.Password), ("PGDATABASE", database)])
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"pg_dump of {database} failed: {errors.Trim()}");
    }
}
