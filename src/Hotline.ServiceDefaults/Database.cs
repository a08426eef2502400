using System.Data;
using System.Reflection;
using Dapper;
using DbUp;
using DbUp.Engine.Output;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Hotline.ServiceDefaults;

/// <summary>A PostgreSQL database per service: where it is, how it is read, how it is migrated.</summary>
public static class Database
{
    /// <summary>
    /// Registers the service's data source and its verb <c>migrate</c>. The connection string is <c>ConnectionStrings:{service}-db</c>, or
    /// <c>ConnectionStrings:postgres</c> (a server) with a database named after the service.
    /// </summary>
    /// <param name="builder">The service's builder.</param>
    /// <param name="service">Name of the service, for example vendor-registry.</param>
    /// <param name="migrations">Assemblies with embedded numbered .sql files; all are run in the order of their names.</param>
    public static void AddDatabase(this IHostApplicationBuilder builder, string service, params Assembly[] migrations)
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.AddTypeHandler(new UtcTime());
        builder.Services.AddSingleton(services =>
        {
            var source = new NpgsqlDataSourceBuilder(ConnectionString(services.GetRequiredService<IConfiguration>(), service));
            source.UseLoggerFactory(services.GetRequiredService<ILoggerFactory>());
            return source.Build();
        });
        builder.Services.AddHealthChecks().AddCheck<Reachable>("database");
        builder.Services.AddVerb("migrate", "create or update the service's database",
            services => Migrate(ConnectionString(services.GetRequiredService<IConfiguration>(), service), migrations, services.GetRequiredService<ILoggerFactory>().CreateLogger("Hotline.Migrate")));
    }

    /// <summary>The first row, or null.</summary>
    public static async Task<T?> One<T>(this NpgsqlDataSource database, string sql, object? values = null, CancellationToken stop = default)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        return await connection.QueryFirstOrDefaultAsync<T>(new CommandDefinition(sql, values, cancellationToken: stop));
    }

    /// <summary>All rows.</summary>
    public static async Task<IReadOnlyList<T>> Many<T>(this NpgsqlDataSource database, string sql, object? values = null, CancellationToken stop = default)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        return (await connection.QueryAsync<T>(new CommandDefinition(sql, values, cancellationToken: stop))).AsList();
    }

    /// <summary>The pattern of an ilike that finds these words as they are.</summary>
    public static string Containing(string? words) => $"%{words?.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%";

    private static string ConnectionString(IConfiguration configuration, string service)
    {
        var name = $"{service}-db";
        var own = configuration.GetConnectionString(name);
        var given = !string.IsNullOrEmpty(own) ? own : configuration.GetConnectionString("postgres");
        if (string.IsNullOrEmpty(given)) throw new InvalidOperationException($"Set ConnectionStrings__{name} or ConnectionStrings__postgres");
        var builder = new NpgsqlConnectionStringBuilder(given) { ApplicationName = service };
        // what is asked again and again is parsed and planned once for each connection
        if (!given.Contains("auto prepare", StringComparison.OrdinalIgnoreCase)) builder.MaxAutoPrepare = 100;
        // nothing here sets a session's state, so there is nothing to reset: seven statements less each time a connection is taken from the pool
        builder.NoResetOnClose = true;
        if (string.IsNullOrEmpty(own)) builder.Database = service.Replace('-', '_');
        // 7 services x 14 stays below PostgreSQL's default of 100 connections
        if (!given.Contains("pool size", StringComparison.OrdinalIgnoreCase)) builder.MaxPoolSize = configuration.GetValue("Database:MaxPoolSize", 14);
        return builder.ConnectionString;
    }

    private static async Task Migrate(string connectionString, Assembly[] assemblies, ILogger log)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        await CreateIfMissing(settings, log);

        // one at a time across processes: dbup's journal does not lock
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        await connection.ExecuteAsync("select pg_advisory_lock(hashtext('hotline.migrate'))");
        var result = DeployChanges.To.PostgresqlDatabase(settings.ConnectionString)
            .WithScriptsEmbeddedInAssemblies(assemblies, name => name.EndsWith(".sql", StringComparison.Ordinal))
            .WithTransactionPerScript()
            .LogTo(new UpgradeLog(log))
            .Build()
            .PerformUpgrade();
        if (!result.Successful) throw new InvalidOperationException($"Migration {result.ErrorScript?.Name} failed", result.Error);
    }

    private static async Task CreateIfMissing(NpgsqlConnectionStringBuilder settings, ILogger log)
    {
        var server = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Database = "postgres" };
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        try { await connection.OpenAsync(); }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InsufficientPrivilege)
        {
            return; // a managed server without a maintenance database: the service's own has been created for us
        }
        if (await connection.ExecuteScalarAsync<bool>("select exists (select from pg_database where datname = @Database)", new { settings.Database })) return;
        try
        {
            await connection.ExecuteAsync($"create database {new NpgsqlCommandBuilder().QuoteIdentifier(settings.Database!)} encoding 'UTF8' template template0");
            log.LogInformation("Created database {Database}", settings.Database);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // another replica was faster
        }
    }

    private sealed class Reachable(NpgsqlDataSource database) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await using var command = database.CreateCommand("select 1");
                await command.ExecuteScalarAsync(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (NpgsqlException e)
            {
                return HealthCheckResult.Unhealthy("no answer from PostgreSQL", e);
            }
        }
    }

    private sealed class UtcTime : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override DateTimeOffset Parse(object value) => value is DateTimeOffset time ? time : new DateTimeOffset((DateTime)value, TimeSpan.Zero);

        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) => parameter.Value = value.ToUniversalTime();
    }

    private sealed class UpgradeLog(ILogger log) : IUpgradeLog
    {
        // dbup's format strings are composed here: they are texts, not templates of ours
        private static string Text(string format, object[] args) => args.Length == 0 ? format : string.Format(System.Globalization.CultureInfo.InvariantCulture, format, args);

        public void LogTrace(string format, params object[] args) => log.LogTrace("{Text}", Text(format, args));
        public void LogDebug(string format, params object[] args) => log.LogDebug("{Text}", Text(format, args));
        public void LogInformation(string format, params object[] args) => log.LogInformation("{Text}", Text(format, args));
        public void LogWarning(string format, params object[] args) => log.LogWarning("{Text}", Text(format, args));
        public void LogError(string format, params object[] args) => log.LogError("{Text}", Text(format, args));
        public void LogError(Exception ex, string format, params object[] args) => log.LogError(ex, "{Text}", Text(format, args));
    }
}
