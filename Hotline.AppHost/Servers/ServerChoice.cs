using System.Data.Common;
using Hotline.AppHost.Description;
using Microsoft.Extensions.Configuration;

namespace Hotline.AppHost.Servers;

/// <summary>A server that the platform needs.</summary>
/// <param name="Connection">PostgreSQL: as somebody who may create roles and databases. RabbitMQ: as the services use it.</param>
/// <param name="Process">What has to run before anything uses it; null where others run it.</param>
/// <param name="Address">Of PostgreSQL: the part of a connection string that says where it is; null where only the deployment will
/// know.</param>
internal sealed record Server(
    IResourceBuilder<IResourceWithConnectionString> Connection, IResourceBuilder<IResource>? Process, ReferenceExpression? Address = null);

/// <summary>PostgreSQL and RabbitMQ.</summary>
internal sealed record ServerChoice(Server Postgres, Server RabbitMQ)
{
    private static readonly string[] NotTheAddress =
        ["Username", "User Name", "User ID", "UserId", "UID", "User", "Password", "PSW", "PWD", "Database", "DB"];

    /// <summary>Adds both, and says on the console which they are and why.</summary>
    /// <exception cref="CannotStartException">Private servers are needed and their packages are missing.</exception>
    public static ServerChoice Add(IDistributedApplicationBuilder builder, RunOptions options)
    {
        var (kind, reason) = (ServerKind.Containers, "");
        if (builder.ExecutionContext.IsRunMode && !(IsGiven(PlatformDescription.Postgres) && IsGiven(PlatformDescription.RabbitMQ)))
            (kind, reason) = Kind(builder, options.Servers);
        var own = new Lazy<PrivateServers>(() => PrivateServers.Prepare(builder, options));
        var why = kind == ServerKind.Private ? $"a private one from this machine's packages, as {reason}" : $"a container, as {reason}";
        Say("PostgreSQL", PlatformDescription.Postgres);
        Say("RabbitMQ", PlatformDescription.RabbitMQ);
        return new(
            IsGiven(PlatformDescription.Postgres) ? GivenPostgres(builder)
                : kind == ServerKind.Private ? own.Value.Postgres() : Containers.Postgres(builder),
            IsGiven(PlatformDescription.RabbitMQ) ? new(builder.AddConnectionString(PlatformDescription.RabbitMQ), null)
                : kind == ServerKind.Private ? own.Value.RabbitMQ() : Containers.RabbitMQ(builder));

        bool IsGiven(string name) => builder.Configuration.GetConnectionString(name) is { Length: > 0 };

        void Say(string title, string name)
        {
            if (builder.ExecutionContext.IsRunMode)
                Console.WriteLine($"{title}: {(IsGiven(name) ? $"the one that ConnectionStrings__{name} names" : why)}");
        }
    }

    private static (ServerKind Kind, string Reason) Kind(IDistributedApplicationBuilder builder, ServerKind wanted)
    {
        if (wanted != ServerKind.Any) return (wanted, $"Servers={wanted} says so");
        var (answers, reason) = ContainerEngine.Look(builder.Configuration["ASPIRE_CONTAINER_RUNTIME"]);
        return (answers ? ServerKind.Containers : ServerKind.Private, reason);
    }

    private static Server GivenPostgres(IDistributedApplicationBuilder builder)
    {
        var administrator = builder.AddConnectionString(PlatformDescription.Postgres);
        if (!builder.ExecutionContext.IsRunMode) return new(administrator, null);
        var given = builder.Configuration.GetConnectionString(PlatformDescription.Postgres);
        var server = new DbConnectionStringBuilder { ConnectionString = given };
        foreach (var key in NotTheAddress) server.Remove(key);
        return new(administrator, null, ReferenceExpression.Create($"{server.ConnectionString}"));
    }
}
