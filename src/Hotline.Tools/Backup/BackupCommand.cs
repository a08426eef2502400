using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Hotline.Tools.Shared;
using Npgsql;

namespace Hotline.Tools.Backup;

/// <summary>deploy/backup, with HOTLINE_POSTGRES (connection string) and HOTLINE_MANAGEMENT (URL) in the environment. Dumps all databases
/// as of one moment in which nothing was between two of them: the relays hold still until the queues are empty, each database exports a
/// snapshot, the relays go on, and the snapshots are dumped at leisure. Requests are served all the while; only their events wait a
/// little.</summary>
public static class BackupCommand
{
    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(2), Pause = TimeSpan.FromMilliseconds(100);

    public static Command Describe()
    {
        var to = new Option<DirectoryInfo>("--to") { Description = "Folder of the backup", Required = true }.AcceptExistingOnly();
        var bin = new Option<DirectoryInfo>("--pg-bin") { Description = "Folder of pg_dump", Required = true }.AcceptExistingOnly();
        var counted = new Option<double>("--counted-every")
        { Description = "Seconds between two counts of a quorum queue (quorum_tick_interval)", DefaultValueFactory = _ => 5 };
        var patience = new Option<double>("--patience")
        { Description = "Seconds for which it tries to make the events hold still", DefaultValueFactory = _ => 120 };
        var command = new Command("backup", "Dumps all databases as of one moment") { to, bin, counted, patience };
        command.SetAction(given => Run(given.GetRequiredValue(to).FullName, given.GetRequiredValue(bin).FullName,
            TimeSpan.FromSeconds(given.GetValue(counted)), TimeSpan.FromSeconds(given.GetValue(patience))));
        return command;
    }

    /// <param name="counted">RabbitMQ counts quorum queues from time to time: a figure is of after the lock only when it was read later
    /// than that.</param>
    /// <returns>0, or 1 where the relays do not hold still, the queues do not empty or a dump fails.</returns>
    private static async Task<int> Run(string folder, string bin, TimeSpan counted, TimeSpan patience)
    {
        var postgres = EnvironmentSecret.Of("HOTLINE_POSTGRES");
        using var broker = new BrokerAdmin(new(EnvironmentSecret.Of("HOTLINE_MANAGEMENT")));
        try
        {
            await using var relays = await HeldRelays.Connect(postgres, PlatformServices.Databases);
            if (await relays.Hold(patience) is { } busy) return await Failed(busy);

            var held = Stopwatch.StartNew();
            IReadOnlyDictionary<string, string> snapshots;
            IReadOnlyList<UndeliveredMessage> undelivered;
            try
            {
                if (!await Drained(broker, held, counted))
                {
                    return await Failed($"after {AtMost.TotalMinutes:0} minutes there are still {await Waiting(broker)} messages in the "
                        + "queues. Are all services running? See GET /api/ops/{service} or the console's operations page.");
                }
                snapshots = await relays.Snapshots();
                undelivered = await UndeliveredMessage.Of(broker);
            }
            finally
            {
                await relays.Release();
            }
            Console.WriteLine($"events were held for {held.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s");

            foreach (var (name, snapshot) in snapshots) await Dump(bin, postgres, name, snapshot, Path.Combine(folder, $"{name}.dump"));
            await File.WriteAllTextAsync(Path.Combine(folder, "undelivered.json"),
                JsonSerializer.Serialize(undelivered, JsonSerializerOptions.Web));
            Console.WriteLine($"dumped {string.Join(", ", snapshots.Keys)}; {undelivered.Count} undelivered messages");
            return 0;
        }
        catch (Exception e) when (e is NpgsqlException or HttpRequestException or InvalidOperationException)
        {
            return await Failed(e.Message);
        }
    }

    private static async Task<int> Failed(string why)
    {
        await Console.Error.WriteLineAsync($"error: {why}");
        return 1;
    }

    private static async Task<bool> Drained(BrokerAdmin broker, Stopwatch held, TimeSpan counted)
    {
        await Task.Delay(counted + Pause);
        while (held.Elapsed < AtMost)
        {
            if (await Waiting(broker) == 0) return true;
            await Task.Delay(Pause);
        }
        return false;
    }

    // messages in the services' queues, taken and untaken, error queues aside
    private static async Task<long> Waiting(BrokerAdmin broker) =>
        (await broker.Queues()).Where(q => !UndeliveredMessage.AreIn(q.Name) && !q.IsTemporary).Sum(q => q.Messages);

    private static async Task Dump(string bin, string postgres, string database, string snapshot, string file)
    {
        var server = new NpgsqlConnectionStringBuilder(postgres);
        await ProcessRunner.Must(Path.Combine(bin, "pg_dump"), ["--format=custom", $"--snapshot={snapshot}", $"--file={file}"],
            ("PGHOST", server.Host), ("PGPORT", server.Port.ToString(CultureInfo.InvariantCulture)), ("PGUSER", server.Username),
            ("PGPASSWORD", server.Password), ("PGDATABASE", database));
    }
}
