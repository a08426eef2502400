using System.Text.Json.Nodes;
using Npgsql;

namespace Hotline.Testing;

/// <summary>The real PostgreSQL and RabbitMQ that deploy/test starts for one run.</summary>
public static class Servers
{
    /// <summary>Connection string of the server, without a database.</summary>
    public static string Postgres { get; } = Required("HOTLINE_TEST_POSTGRES");

    /// <summary>amqp://user:password@host:port, without a virtual host.</summary>
    public static string Rabbit { get; } = Required("HOTLINE_TEST_RABBITMQ");

    private static readonly Supervisord Supervisord = new(Required("HOTLINE_TEST_STATE"));

    private static readonly BrokerAdmin Broker =
        new(new UriBuilder(Required("HOTLINE_TEST_MANAGEMENT")) { UserName = User[0], Password = User[1] }.Uri);

    private static string[] User => new Uri(Rabbit).UserInfo.Split(':');

    /// <summary>A name that nobody has used: databases and virtual hosts are a test class's own.</summary>
    public static string Fresh(string prefix) => $"{prefix}_{Guid.NewGuid().ToString("N")[..10]}";

    public static string Database(string name) => new NpgsqlConnectionStringBuilder(Postgres) { Database = name }.ConnectionString;

    /// <summary>Makes a virtual host and gives its address.</summary>
    public static async Task<string> VirtualHost(string name)
    {
        await Broker.In(name).MakeVirtualHost();
        return $"{Rabbit}/{name}";
    }

    public static Task DropVirtualHost(string name) => Broker.In(name).DropVirtualHost();

    public static Task DropDatabase(string name) => Administer($"drop database if exists {name} with (force)");

    /// <summary>Closes all connections to a database and refuses new ones, as if PostgreSQL were away;
    /// what else runs on it is not disturbed.</summary>
    public static async Task TakeAway(string database)
    {
        await Administer($"alter database {database} allow_connections false");
        await Administer($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{database}'");
    }

    /// <summary>Ends <see cref="TakeAway"/>.</summary>
    public static Task BringBack(string database) => Administer($"alter database {database} allow_connections true");

    /// <summary>Runs a statement as the server's administrator.</summary>
    public static async Task Administer(string sql)
    {
        await using var connection = new NpgsqlConnection(Database("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Takes messages off a queue, for looking at them.</summary>
    public static Task<JsonArray> Take(string virtualHost, string queue, int most = 10) =>
        Broker.In(virtualHost).Messages(queue, most, keep: false, "auto");

    /// <summary>Puts a message of any content into a queue.</summary>
    public static Task Put(string virtualHost, string queue, string body, string contentType = "application/vnd.masstransit+json") =>
        Broker.In(virtualHost).Publish(queue, body,
            new { content_type = contentType, message_id = Guid.NewGuid().ToString(), delivery_mode = 2 });

    /// <summary>Ends the broker in good order and starts it again.</summary>
    public static Task RestartBroker() => Supervisord.Must("restart", "servers:rabbitmq");

    /// <summary>Kills the broker with all its processes, as a power cut would; supervisord starts it again.</summary>
    public static async Task KillBroker() =>
        // supervisord gives each program a process group of its own
        await ProcessRunner.Must("kill", ["-9", "--", $"-{await Supervisord.ProcessId("servers:rabbitmq")}"]);

    private static string Required(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value : throw new InvalidOperationException($"{name} is not set. These tests need the servers of deploy/test: "
            + "run 'deploy/test NAME' for one project, or 'deploy/test --shell' for a shell with the servers running.");
}
