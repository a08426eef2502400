using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Hotline.ServiceDefaults;

/// <summary>How a service connects to its database: as its own role, which can reach no other database,
/// and on terms that end whatever is left hanging.</summary>
public static class DatabaseConnection
{
    private const string Server = "postgres";

    /// <summary>The service's own connection string: <c>ConnectionStrings:{service}-db</c> as given; or, where only the server is given
    /// (<c>ConnectionStrings:postgres</c>), the database named after the service and the role hotline_{database},
    /// whose password follows from the server's.</summary>
    /// <exception cref="InvalidOperationException">Neither is given, or the server without a password to derive from.</exception>
    public static string Of(IConfiguration configuration, string service)
    {
        var own = Given(configuration, service);
        // what is asked again and again is parsed and planned once for each connection
        if (!own.ContainsKey("Max Auto Prepare")) own.MaxAutoPrepare = 100;
        // 7 services x 14 stays below PostgreSQL's default of 100 connections
        if (!own.ContainsKey("Maximum Pool Size")) own.MaxPoolSize = configuration.GetValue("Database:MaxPoolSize", 14);
        // nothing here sets a session's state for good, so there is nothing to reset:
        // seven statements less each time a connection is taken from the pool
        own.NoResetOnClose = true;
        own.ApplicationName = service;
        // A host that dies sends no goodbye, and what it had locked, for example the day's number,
        // stays locked until PostgreSQL gives its session up: after 10 s if it was between two statements, after 15 s of silence otherwise.
        // Who waits for the lock waits a little longer than that, but not for ever.
        var abandoned = configuration.GetValue("Database:AbandonedAfter", TimeSpan.FromSeconds(10));
        if (abandoned < TimeSpan.FromSeconds(1) || abandoned > TimeSpan.FromMinutes(5))
            throw new InvalidOperationException("Database__AbandonedAfter must be from 00:00:01 to 00:05:00");
        var locks = abandoned + TimeSpan.FromSeconds(5);
        // a Unix socket (its folder stands for the host) has no line to watch, and refuses
        if (own.Host is { Length: > 0 } host && host[0] is not ('/' or '@'))
            (own.TcpKeepAlive, own.TcpKeepAliveTime, own.TcpKeepAliveInterval) = (true, 10, 5);
        // what the connection string says itself comes later and holds
        own.Options = string.Create(CultureInfo.InvariantCulture, $"""
            -c idle_in_transaction_session_timeout={abandoned.TotalMilliseconds:0} -c lock_timeout={locks.TotalMilliseconds:0}
            -c statement_timeout=60000 {Keepalives} {own.Options}
            """).ReplaceLineEndings(" ");
        return own.ConnectionString;
    }

    /// <summary>For migrations, which take as long as they take; but one that waits for a table, behind a dump for example,
    /// makes everybody wait behind it.</summary>
    internal static NpgsqlConnectionStringBuilder ForMigration(IConfiguration configuration, string service)
    {
        var own = Given(configuration, service);
        (own.Pooling, own.CommandTimeout, own.ApplicationName) = (false, 0, $"{service} migrate");
        own.Options = $"-c lock_timeout=60000 {Keepalives} {own.Options}";
        return own;
    }

    /// <summary>The server as somebody who may create roles and databases; null where it is not given,
    /// or no other than the service itself.</summary>
    internal static NpgsqlConnectionStringBuilder? Administrator(IConfiguration configuration, string service)
    {
        if (configuration.GetConnectionString(Server) is not { Length: > 0 } given) return null;
        var server = new NpgsqlConnectionStringBuilder(given);
        (server.Pooling, server.ApplicationName, server.Options) = (false, $"{service} prepare",
            $"-c lock_timeout=60000 {Keepalives} {server.Options}");
        server.Database ??= "postgres";
        return server.Username == Given(configuration, service).Username ? null : server;
    }

    private const string Keepalives = "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=2 "
        + "-c tcp_user_timeout=15000";

    private static NpgsqlConnectionStringBuilder Given(IConfiguration configuration, string service)
    {
        var name = $"{service}-db";
        if (configuration.GetConnectionString(name) is { Length: > 0 } own) return new(own);
        if (configuration.GetConnectionString(Server) is not { Length: > 0 } given)
            throw new InvalidOperationException($"Set ConnectionStrings__{name} or ConnectionStrings__{Server}");
        var server = new NpgsqlConnectionStringBuilder(given);
        if (string.IsNullOrEmpty(server.Password))
            throw new InvalidOperationException($"ConnectionStrings__{Server} has no password to derive the services' passwords from: "
                + $"set ConnectionStrings__{name} too");
        server.Database = service.Replace('-', '_');
        server.Username = $"hotline_{server.Database}";
        server.Password = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(server.Password),
            Encoding.UTF8.GetBytes(server.Username)));
        return server;
    }
}
