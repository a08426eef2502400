using System.Text.Json.Nodes;
using Npgsql;

namespace Hotline.EndToEnd.Tests;

/// <summary>Who gets to know which password, on the machine itself.</summary>
public sealed class SecretsTests(Platform platform)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Everything in a state folder that must stay in it.</summary>
    public static async Task<string[]> Of(string state)
    {
        var secrets = (await File.ReadAllLinesAsync(Path.Combine(state, "secrets"), Stop)).Select(l => l.Split('=', 2)[1]);
        var credentials = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(state, "credentials.json"), Stop))!;
        return [.. secrets, .. credentials["clients"]!.AsObject().Select(c => c.Value!["clientSecret"]!.ToString()),
            .. credentials["users"]!.AsArray().Select(u => u!["password"]!.ToString())];
    }

    [Fact]
    public async Task Each_service_has_a_role_of_its_own_that_reaches_no_other_database()
    {
        var settings = (await File.ReadAllLinesAsync(Path.Combine(platform.State, "services.env"), Stop)).Select(l => l.Split('=', 2))
            .ToLookup(l => l[0], l => l[1]);
        var own = settings.Where(s => s.Key.StartsWith("ConnectionStrings__", StringComparison.Ordinal)
            && s.Key.EndsWith("-db", StringComparison.Ordinal))
            .Select(s => new NpgsqlConnectionStringBuilder(s.Last()) { Pooling = false }).ToArray();
        own.Select(o => o.Database).Order().ShouldBe(PlatformServices.Databases.Order());
        own.Select(o => o.Username).Distinct().Count().ShouldBe(own.Length);
        own.Select(o => o.Password).Distinct().Count().ShouldBe(own.Length);
        var databases = await Column(settings["ConnectionStrings__postgres"].Single() + ";Database=postgres;Pooling=false",
            "select datname from pg_database where datallowconn");
        foreach (var service in own)
        {
            (await Column(service.ConnectionString, "select rolname from pg_roles where rolname = current_user and (rolsuper "
                + "or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)"))
                .ShouldBeEmpty();
            (await Column(service.ConnectionString,
                "select tablename from pg_tables where schemaname = 'public' and tableowner <> current_user")).ShouldBeEmpty();
            foreach (var other in databases.Where(d => d != service.Database))
            {
                var refused = await Should.ThrowAsync<PostgresException>(() => Column(
                    new NpgsqlConnectionStringBuilder(service.ConnectionString) { Database = other }.ConnectionString, "select 'in'"));
                refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, $"{service.Username} in {other}");
            }
        }
    }

    [Fact]
    public async Task A_running_service_holds_no_other_services_password_and_not_the_administrators()
    {
        var secrets = (await File.ReadAllLinesAsync(Path.Combine(platform.State, "secrets"), Stop)).Select(l => l.Split('=', 2))
            .Where(l => l[0] == "POSTGRES_PASSWORD" || l[0].EndsWith("_DB_PASSWORD", StringComparison.Ordinal)).ToArray();
        secrets.Length.ShouldBe(PlatformServices.Databases.Length + 1);
        foreach (var service in PlatformServices.All)
        {
            var pid = await platform.ProcessId(service.Name);
            var environment = await File.ReadAllTextAsync($"/proc/{pid}/environ", Stop);
            environment.ShouldContain("ConnectionStrings__rabbitmq");
            var own = $"{service.Database?.ToUpperInvariant()}_DB_PASSWORD";
            secrets.Where(s => environment.Contains(s[1], StringComparison.Ordinal)).Select(s => s[0])
                .ShouldBe(service.Database is null ? [] : [own]);
        }
    }

    [Fact]
    public async Task No_log_holds_a_secret()
    {
        var secrets = await Of(platform.State);
        var servers = (await File.ReadAllTextAsync(Path.Combine(platform.State, "servers-folder"), Stop)).Trim();
        string[] logs = [.. Directory.EnumerateFiles(Path.Combine(platform.State, "log")),
            .. Directory.EnumerateFiles(Path.Combine(servers, "log")),
            .. Directory.EnumerateFiles(Path.Combine(servers, "rabbitmq", "log"), "*", SearchOption.AllDirectories)];
        logs.Length.ShouldBeGreaterThan(10);
        foreach (var log in logs)
        {
            await using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var text = await new StreamReader(file).ReadToEndAsync(Stop);
            secrets.Count(s => text.Contains(s, StringComparison.Ordinal)).ShouldBe(0, log);
        }
    }

    private static async Task<IReadOnlyList<string>> Column(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Stop);
        var found = new List<string>();
        while (await reader.ReadAsync(Stop)) found.Add(reader.GetString(0));
        return found;
    }
}
