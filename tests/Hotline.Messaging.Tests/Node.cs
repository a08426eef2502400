using Hotline.Contracts.Intake;
using Hotline.ServiceDefaults;
using Hotline.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Hotline.Messaging.Tests;

/// <summary>A database and a virtual host, and the processes on them.</summary>
public sealed class Place : IAsyncLifetime
{
    private readonly List<IHost> _hosts = [];

    public string DatabaseName { get; } = Servers.Fresh("messaging");
    public string VirtualHost { get; } = Servers.Fresh("messaging");
    public NpgsqlDataSource Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Servers.VirtualHost(VirtualHost);
        // twice at once and then again, as replicas and an impatient operator do
        using var first = Build();
        using var second = Build();
        await Task.WhenAll(Run(first, "migrate"), Run(second, "migrate"));
        await Run(first, "migrate");
        await Run(first, "topology");
        await Run(second, "topology");
        Database = NpgsqlDataSource.Create(Servers.Database(DatabaseName));
    }

    /// <summary>A process that relays and consumes.</summary>
    public async Task<IHost> Start()
    {
        var host = Build();
        _hosts.Add(host);
        await host.StartAsync();
        var bus = host.Services.GetRequiredService<IBusControl>();
        await Wait.Until(() => bus.CheckHealth().Status == BusHealthStatus.Healthy, "connected to the broker");
        return host;
    }

    /// <summary>A process that does not run: its services can be used, nothing relays or consumes.</summary>
    public IHost Build()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.Configuration["ConnectionStrings:test-db"] = Servers.Database(DatabaseName);
        builder.Configuration["ConnectionStrings:rabbitmq"] = $"{Servers.Rabbit}/{VirtualHost}";
        // short, for tests that wait for it
        builder.Configuration["Database:AbandonedAfter"] = "00:00:02";
        builder.Configuration["Messaging:HoldFor"] = "00:00:01";
        builder.AddDatabase("test", typeof(Work).Assembly, typeof(Place).Assembly);
        builder.AddMessaging("test", typeof(RequestRegistered).Assembly, typeof(Place).Assembly);
        return builder.Build();
    }

    public static Task Run(IHost host, string verb) => host.Services.GetServices<Verb>().Single(v => v.Name == verb).Run(host.Services, []);

    /// <summary>Commits events as an endpoint would.</summary>
    public static async Task Commit(IHost host, params object[] events)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var work = scope.ServiceProvider.GetRequiredService<Work>();
        work.Tell(events);
        await work.Commit();
    }

    public async Task<long> Count(string from)
    {
        await using var command = Database.CreateCommand($"select count(*) from {from}");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async Task Execute(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.StopAsync();
            host.Dispose();
        }
        await Database.DisposeAsync();
        await Servers.DropDatabase(DatabaseName);
        await Servers.DropVirtualHost(VirtualHost);
    }
}
