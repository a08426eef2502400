using Dapper;
using Npgsql;

namespace Hotline.Messaging;

/// <summary>Reading from PostgreSQL, and what its errors mean.</summary>
public static class Queries
{
    // 08 connection, 28 sign-in refused, 53 no room, 57 shutting down or cancelled, 58 its disk
    private static readonly string[] AwayClasses = ["08", "28", "53", "57", "58"];

    // serialization failure, deadlock, not accepting connections, lock not available, read-only (a standby before it takes over),
    // idle in transaction, no such database
    private static readonly string[] AwayStates = ["40001", "40P01", "55000", "55006", "55P03", "25006", "25P03", "3D000"];

    /// <summary>Whether this says that PostgreSQL is away, full or busy with others, and nothing about the statement:
    /// to be tried again later.</summary>
    public static bool IsAway(Exception? e) => e switch
    {
        null => false,
        PostgresException p => Array.Exists(AwayClasses, c => p.SqlState.StartsWith(c, StringComparison.Ordinal))
            || AwayStates.Contains(p.SqlState),
        NpgsqlException { IsTransient: true } => true,
        _ => IsAway(e.InnerException), // Entity Framework wraps
    };

    /// <summary>The first row, or null.</summary>
    public static async Task<T?> One<T>(this NpgsqlDataSource database, string sql, object? values = null, CancellationToken stop = default)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        return await connection.QueryFirstOrDefaultAsync<T>(new CommandDefinition(sql, values, cancellationToken: stop));
    }

    /// <summary>How many rows there are, counted no further than to @most.</summary>
    /// <param name="narrowed">from … where …</param>
    public static Task<int> Count(this NpgsqlDataSource database, string narrowed, object values, CancellationToken stop) =>
        database.One<int>($"select count(*)::int from (select 1 {narrowed} limit @most) as found", values, stop);

    /// <summary>All rows.</summary>
    public static async Task<IReadOnlyList<T>> Many<T>(
        this NpgsqlDataSource database, string sql, object? values = null, CancellationToken stop = default)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        return (await connection.QueryAsync<T>(new CommandDefinition(sql, values, cancellationToken: stop))).AsList();
    }
}
