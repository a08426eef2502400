using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Hotline.AppHost;

/// <summary>What the AppHost itself can be told: on its command line (<c>-- --replicas 2</c>) or in its environment
/// (<c>Replicas=2</c>).</summary>
/// <param name="PublicUrl">Where browsers and clients reach the platform; the gateway listens at its port.</param>
/// <param name="Replicas">Processes of each service.</param>
/// <param name="HasDemoData">Whether the 92 made-up vendors are there from the beginning.</param>
/// <param name="Servers">Which PostgreSQL and RabbitMQ, where no connection string is given.</param>
/// <param name="State">Folder of what lasts: keys, credentials, data of private servers.</param>
internal sealed record RunOptions(Uri PublicUrl, int Replicas, bool HasDemoData, ServerKind Servers, string State)
{
    /// <summary>The repository's root.</summary>
    public required string Repository { get; init; }

    /// <summary>The first clients and users, with their passwords: readable by its owner alone.</summary>
    public string CredentialsFile => Path.Combine(State, "aspire-credentials.json");

    /// <summary>The key ring that seals personal data.</summary>
    public string KeyRing => Path.Combine(State, "aspire-keys");

    /// <summary>Data, secrets and logs of private servers.</summary>
    public string ServersFolder => Path.Combine(State, "aspire-servers");

    /// <summary>Where a project's assembly is that was built along with the AppHost.</summary>
    /// <param name="project">The project file, below the repository's root.</param>
    public string BuiltAssembly(string project)
    {
        var configuration = typeof(RunOptions).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";
        return Path.Combine(Repository, Path.GetDirectoryName(project)!, "bin", configuration, "net10.0",
            Path.GetFileNameWithoutExtension(project) + ".dll");
    }

    /// <exception cref="CannotStartException">One of them is not what it should be.</exception>
    public static RunOptions Of(IDistributedApplicationBuilder builder)
    {
        var (settings, repository) = (builder.Configuration, Path.GetFullPath(Path.Combine(builder.AppHostDirectory, "..")));
        if (!Uri.TryCreate(settings["PublicUrl"] ?? "http://localhost:8080", UriKind.Absolute, out var url))
            throw new CannotStartException($"PublicUrl is not an address: {settings["PublicUrl"]}. For example: http://localhost:8080");
        if (!int.TryParse(settings["Replicas"] ?? "1", out var replicas) || replicas is < 1 or > 9)
            throw new CannotStartException($"Replicas is a number from 1 to 9, not {settings["Replicas"]}");
        if (!Enum.TryParse<ServerKind>(settings["Servers"] ?? nameof(ServerKind.Any), ignoreCase: true, out var servers))
            throw new CannotStartException($"Servers is Any, Containers or Private, not {settings["Servers"]}");
        var state = Path.GetFullPath(settings["State"] ?? ".hotline", repository);
        return new(url, replicas, settings.GetValue("DemoData", true), servers, state) { Repository = repository };
    }
}

/// <summary>Which servers to start.</summary>
internal enum ServerKind
{
    /// <summary>Containers where a container engine answers, else private ones.</summary>
    Any,

    /// <summary>Containers.</summary>
    Containers,

    /// <summary>Processes of the distribution's packages.</summary>
    Private,
}

/// <summary>The platform cannot be started, for a reason that a person can mend.</summary>
/// <param name="message">The reason, and what to do.</param>
internal sealed class CannotStartException(string message) : Exception(message);
