using Npgsql;

namespace Hotline.EndToEnd.Tests.Upgrade;

/// <summary>How many rows the tables of a platform have.</summary>
public static class DatabaseRows
{
    /// <summary>Of all databases, by "database.table".</summary>
    public static async Task<IReadOnlyDictionary<string, long>> Of(Platform platform)
    {
        var all = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var database in PlatformServices.Databases)
        {
            foreach (var (table, rows) in await Of(await Databases.Of(platform, database))) all[$"{database}.{table}"] = rows;
        }
        return all;
    }

    /// <summary>Of one database, by table.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> Of(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var tables = source.CreateCommand("select tablename from pg_tables where schemaname = 'public'");
        var names = new List<string>();
        await using (var reader = await tables.ExecuteReaderAsync())
            while (await reader.ReadAsync()) names.Add(reader.GetString(0));
        var found = new Dictionary<string, long>();
        foreach (var name in names)
        {
            await using var count = source.CreateCommand($"""select count(*) from "{name}" """);
            found[name] = (long)(await count.ExecuteScalarAsync())!;
        }
        return found;
    }
}
