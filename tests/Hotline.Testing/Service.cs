using System.Text.Json.Nodes;
using Hotline.Messaging;
using Hotline.ServiceDefaults;
using MassTransit;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Npgsql;

namespace Hotline.Testing;

/// <summary>A whole service over HTTP, with its own database and virtual host on the real servers.
/// Only the key that it trusts for tokens is the test's.</summary>
/// <typeparam name="T">Any public type of the service's assembly.</typeparam>
public class Service<T>(string name, string? virtualHost = null, params (string Key, string Value)[] settings)
    : WebApplicationFactory<T> where T : class
{
    private readonly string _virtualHost = virtualHost ?? Servers.Fresh(name.Replace('-', '_'));
    private readonly string _database = Servers.Fresh(name.Replace('-', '_'));
    private Lazy<Task<JsonNode>> _document = null!;

    public Probe Probe { get; private set; } = null!;

    public string VirtualHost => _virtualHost;

    public Client As(string role, Guid? vendor = null, string? subject = null) => With(Tokens.For(role, vendor, subject));

    public Client With(string? token) => new(CreateDefaultClient(new DescribedAnswers(_document)), () => Task.FromResult(token));

    public Client Operator => As(Roles.Operator);

    public Client Supervisor => As(Roles.Supervisor);

    public NpgsqlDataSource Database => Services.GetRequiredService<NpgsqlDataSource>();

    public Task<long> Count(string table) => Scalar<long>($"select count(*) from {table}");

    public async Task<TValue> Scalar<TValue>(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return (TValue)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Whether PostgreSQL can change a row without a new entry in each index of the table (a heap-only update);
    /// tried and rolled back.</summary>
    public async Task<bool> LeavesIndexesAlone(string table, string set, Guid id)
    {
        await using var connection = new NpgsqlConnection(Servers.Database(_database) + ";Pooling=false"); // the count is the connection's
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var update = new NpgsqlCommand($"update {table} set {set} where id = '{id}'", connection, transaction);
        if (await update.ExecuteNonQueryAsync() != 1) throw new InvalidOperationException($"{table} has no row {id}");
        await using var count = new NpgsqlCommand($"select pg_stat_get_xact_tuples_hot_updated('{table}'::regclass)",
            connection, transaction);
        return (long)(await count.ExecuteScalarAsync())! == 1;
    }

    /// <summary>Starts it, migrated, with its queues declared and a probe that hears its events.</summary>
    public async ValueTask InitializeAsync()
    {
        await Servers.VirtualHost(_virtualHost);
        Probe = await Probe.Start(_virtualHost);
        _document = new(async () => JsonNode.Parse(await CreateClient().GetStringAsync("/openapi/v1.json"))!);
        var bus = Services.GetRequiredService<IBusControl>();
        await Wait.Until(() => bus.CheckHealth().Status == BusHealthStatus.Healthy, $"{name} connected to the broker");
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Probe.DisposeAsync();
        await Servers.DropVirtualHost(_virtualHost);
        await Servers.DropDatabase(_database);
        GC.SuppressFinalize(this);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting($"ConnectionStrings:{name}-db", Servers.Database(_database));
        builder.UseSetting("ConnectionStrings:rabbitmq", $"{Servers.Rabbit}/{_virtualHost}");
        foreach (var (key, value) in (IEnumerable<(string, string)>)[.. Keys.Settings, .. settings]) builder.UseSetting(key, value);
        builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
        builder.ConfigureTestServices(services =>
        {
            services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, options =>
            {
                var configuration = new OpenIdConnectConfiguration { Issuer = Tokens.Issuer };
                configuration.SigningKeys.Add(Tokens.Key);
                options.ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(configuration);
            });
            // there is no Identity to ask: a test says what has ended
            foreach (var poll in services.Where(s => s.ImplementationType == typeof(RevocationPoll)).ToArray()) services.Remove(poll);
        });
    }

    /// <summary>Identity's first word: nothing has ended.</summary>
    protected virtual void Heard(IServiceProvider services) =>
        services.GetRequiredService<Revocations>().Replace(new Dictionary<string, int>());

    protected override IHost CreateHost(IHostBuilder builder)
    {
        var host = builder.Build();
        using var scope = host.Services.CreateScope();
        foreach (var verb in host.Services.GetServices<Verb>().Where(v => v.Name == "migrate"))
            verb.Run(scope.ServiceProvider, []).GetAwaiter().GetResult();
        Heard(host.Services);
        host.Start();
        return host;
    }
}
