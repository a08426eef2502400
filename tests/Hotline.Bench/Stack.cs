using System.Diagnostics;
using Hotline.Tools.Shared;
using Npgsql;

namespace Hotline.Bench;

/// <summary>A platform of the benchmark's own: deploy/up with fresh data and ports of its own.</summary>
public sealed class Stack(string root) : IAsyncDisposable
{
    private const int Port = 28080;

    // what one client may ask in a second, and how many streams it may have, is mostly not what is measured
    private static readonly (string, string?)[] Unlimited =
    [
        ("RateLimit__ApiPerSecond", "1000000"), ("RateLimit__ApiBurst", "1000000"),
        ("RateLimit__SignInPerSecond", "1000"), ("RateLimit__SignInBurst", "1000"), ("RateLimit__Streams", "1000"),
    ];

    private readonly LocalStack _local = new(root, Path.Combine(root, ".hotline", "bench"), Port) { Environment = Unlimited };

    public string State => _local.State;

    public string Credentials => _local.CredentialsFile;

    /// <summary>Starts it.</summary>
    /// <returns>How long deploy/up took when everything was built before.</returns>
    public async Task<TimeSpan> Start()
    {
        await _local.Down(purge: true);
        await _local.Up("--no-dashboard");
        await _local.Down();
        var begun = Stopwatch.GetTimestamp();
        await _local.Up();
        return Stopwatch.GetElapsedTime(begun);
    }

    /// <summary>Starts it anew with the same data.</summary>
    /// <param name="ordinaryLimits">With the limits for a client that a platform has by default.</param>
    public async Task Restart(bool ordinaryLimits)
    {
        await _local.Down();
        _local.Environment = ordinaryLimits ? [] : Unlimited;
        NpgsqlConnection.ClearAllPools(); // the server at their other end has ended
        await _local.Up();
    }

    /// <summary>Address of a service, without the gateway.</summary>
    public Uri Direct(string service) => _local.Address(service);

    public string Postgres(string database) => _local.Postgres(database);

    public Uri Rabbit => _local.Rabbit;

    /// <summary>Runs a statement as long as it takes.</summary>
    public async Task Sql(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(Postgres(database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync() => await _local.Down(purge: true);
}
