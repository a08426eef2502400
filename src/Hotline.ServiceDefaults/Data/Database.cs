using System.Data;
using System.Reflection;
using Dapper;
using DbUp;
using DbUp.Engine.Output;
using Hotline.Messaging;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Hotline.ServiceDefaults;

/// <summary>A PostgreSQL database per service: where it is, how it is read, how it is migrated.</summary>
public static class Database
{
    /// <summary>
    /// Registers the service's data source (<see cref="DatabaseConnection.Of"/>) and its verb <c>migrate</c>.
    /// Where <c>ConnectionStrings:postgres</c> (a server, as somebody who may create roles and databases) is given,
    /// the verb makes database and role too; only the verb needs it.
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
            var source = new NpgsqlDataSourceBuilder(DatabaseConnection.Of(services.GetRequiredService<IConfiguration>(), service));
            source.UseLoggerFactory(services.GetRequiredService<ILoggerFactory>());
            return source.Build();
        });
        builder.Services.AddHealthChecks().AddCheck<Reachable>("database");
        builder.Services.AddVerb("migrate", "create or update the service's database and role", services => Migrate(
            services.GetRequiredService<IConfiguration>(), service, migrations,
            services.GetRequiredService<ILoggerFactory>().CreateLogger("Hotline.Migrate")));
    }

    /// <summary>The pattern of an ilike that finds these words as they are.</summary>
    public static string Containing(string? words) => $"%{words?.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%";

    private static async Task Migrate(IConfiguration configuration, string service, Assembly[] assemblies, ILogger log)
    {
        var settings = DatabaseConnection.ForMigration(configuration, service);
        if (DatabaseConnection.Administrator(configuration, service) is { } administrator)
            await DatabaseRole.Prepare(administrator, settings, log);
        else await CreateIfMissing(settings, log);

        // one at a time across processes, however long the other takes: dbup's journal does not lock
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(settings.ConnectionString)
        { Options = null }.ConnectionString);
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
        if (await connection.ExecuteScalarAsync<bool>("select exists (select from pg_database where datname = @Database)",
            new { settings.Database })) return;
        try
        {
            await connection.ExecuteAsync($"create database {new NpgsqlCommandBuilder().QuoteIdentifier(settings.Database!)} encoding "
                + "'UTF8' template template0");
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
        public override DateTimeOffset Parse(object value) =>
            value is DateTimeOffset time ? time : new DateTimeOffset((DateTime)value, TimeSpan.Zero);

        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) => parameter.Value = value.ToUniversalTime();
    }

    private sealed class UpgradeLog(ILogger log) : IUpgradeLog
    {
        // dbup's format strings are composed here: they are texts, not templates of ours
        private static string Text(string format, object[] args) =>
            args.Length == 0 ? format : string.Format(System.Globalization.CultureInfo.InvariantCulture, format, args);

        public void LogTrace(string format, params object[] args) => log.LogTrace("{Text}", Text(format, args));
        public void LogDebug(string format, params object[] args) => log.LogDebug("{Text}", Text(format, args));
        public void LogInformation(string format, params object[] args) => log.LogInformation("{Text}", Text(format, args));
        public void LogWarning(string format, params object[] args) => log.LogWarning("{Text}", Text(format, args));
        public void LogError(string format, params object[] args) => log.LogError("{Text}", Text(format, args));
        public void LogError(Exception ex, string format, params object[] args) => log.LogError(ex, "{Text}", Text(format, args));
    }
}
