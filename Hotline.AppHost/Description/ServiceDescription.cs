namespace Hotline.AppHost.Description;

/// <summary>A service: one process, or several replicas of it that share a database.</summary>
/// <param name="Name">As it is called everywhere: in addresses (services__{name}__http__0), routes, queues, logs. Small letters and
/// hyphens.</param>
/// <param name="Project">Folder, project and assembly under src.</param>
/// <param name="Title">What a dashboard says it does, in a few words.</param>
/// <param name="Icon">A Fluent UI icon's name, for dashboards.</param>
public sealed record ServiceDescription(string Name, string Project, string Title, string Icon)
{
    /// <summary>Its own database, named after it, with the role hotline_{database}; null where it has none.</summary>
    public string? Database { get; init; } = Name.Replace('-', '_');

    /// <summary>Verbs that are run to their end before any service serves, in this order; harmless to repeat. None: nothing is
    /// prepared.</summary>
    public IReadOnlyList<string> Preparation { get; init; } = ["migrate", "topology"];

    /// <summary>Further verbs of the preparation, where the platform is to have demo data.</summary>
    public IReadOnlyList<string> DemoData { get; init; } = [];

    /// <summary>Names of the services whose addresses it is told. Everybody asks identity which tokens hold.</summary>
    public IReadOnlyList<string> Calls { get; init; } = ["identity"];

    /// <summary>Whether clients and browsers reach it: the one that listens at the platform's public address.</summary>
    public bool IsPublic { get; init; }

    /// <summary>What can be set, besides <see cref="PlatformDescription.CommonSettings"/>.</summary>
    public IReadOnlyList<SettingDescription> Settings { get; init; } = [];

    /// <summary>The project file, below the repository's root.</summary>
    public string ProjectFile => $"src/{Project}/{Project}.csproj";

    /// <summary>Name of its connection string, and of the database's place in a description of resources; null where it has no
    /// database.</summary>
    public string? ConnectionName => Database is null ? null : $"{Name}-db";

    /// <summary>The role in PostgreSQL that owns its database; null where it has none.</summary>
    public string? Role => Database is null ? null : $"hotline_{Database}";

    /// <summary>Setting that names the address of a replica, for those that call it.</summary>
    /// <param name="replica">0 is the first.</param>
    public string AddressSetting(int replica = 0) => $"services__{Name}__http__{replica}";
}
