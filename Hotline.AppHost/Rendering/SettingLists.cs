using Hotline.AppHost.Description;

namespace Hotline.AppHost.Rendering;

/// <summary>The settings: which may be set for the stack on one machine, what it sets itself, and the page about them.</summary>
public static class SettingLists
{
    private const string Server = "Host=@POSTGRES_HOST@;Port=@POSTGRES_PORT@";

    private static readonly (string Name, string Meaning)[] Connections =
    [
        ($"ConnectionStrings__{PlatformDescription.Postgres}", "PostgreSQL as somebody who may create roles and databases; "
            + "only preparations need it. Or `ConnectionStrings__{service}-db` for one service's own database"),
        ($"ConnectionStrings__{PlatformDescription.RabbitMQ}", "`amqp://user:password@host:port/vhost`"),
        ("services__{service}__http__0 (__1, …)",
            "addresses of a service's replicas, for the gateway; of identity, for all; of the gateway, for evaluation"),
    ];

    /// <summary>deploy/rendered/settings: KIND NAME, by which deploy/up keeps, refuses or warns.</summary>
    public static string Kinds(Platform platform) => $"""
        # {RenderedFiles.Origin}
        # yours: may be set in local.env or in the environment; kept: the same for ever, deploy/up keeps it; ours: deploy/up makes it
        {Lines([.. platform.Settings, Made("ConnectionStrings__*"), Made("services__*")])}
        # of .NET and OpenTelemetry themselves
        {Lines(platform.FrameworkSettings)}

        """;

    /// <summary>deploy/rendered/services.env.in: what deploy/up sets, with @NAMES@ of the state folder and its secrets.</summary>
    public static string Values(Platform platform) => $"""
        # {RenderedFiles.Origin}
        ASPNETCORE_ENVIRONMENT=Production
        ConnectionStrings__{PlatformDescription.Postgres}={Server};Username=hotline;Password=@POSTGRES_PASSWORD@
        ConnectionStrings__{PlatformDescription.RabbitMQ}=amqp://hotline:@RABBIT_PASSWORD@@127.0.0.1:@RABBIT_PORT@
        {string.Join('\n', platform.Services.Where(s => s.Database is not null).Select(Connection))}
        {string.Join('\n', platform.Settings.Where(s => ValueOf(s.Source) is not null).Select(s => $"{s.Name}={ValueOf(s.Source)}"))}

        """;

    /// <summary>deploy/rendered/settings.md: every setting with its meaning and default.</summary>
    public static string Page(Platform platform) => $"""
        # Settings

        Environment variables of the services. For the stack on one machine put such lines into `.hotline/local.env`,
        or give them to `deploy/up` once. {RenderedFiles.Origin}

        | setting | read by | meaning | default |
        |---|---|---|---|
        {string.Join('\n', Connections.Select(c => $"| `{c.Name}` | all | {c.Meaning} | required |"))}
        {string.Join('\n', platform.Settings.Concat(platform.FrameworkSettings).Select(s => Row(platform, s)))}

        """;

    private static string Row(Platform platform, SettingDescription setting)
    {
        var readers = platform.ReadersOf(setting);
        var name = setting.IsList ? $"{setting.Name}__0` (`__1`, …)" : $"{setting.Name}`";
        return $"| `{name} | {(readers.Count == 0 ? "all" : string.Join(", ", readers))} | {setting.Meaning} | {DefaultOf(setting)} |";
    }

    private static string DefaultOf(SettingDescription setting) => setting switch
    {
        { Default: { Length: > 0 } text } => text.Contains(':') ? $"`{text}`" : text,
        { Source: SettingSource.Secret or SettingSource.StateFolder or SettingSource.Certificate } => "required; `deploy/up` makes it",
        { Source: SettingSource.StateFile } => "none",
        _ => "",
    };

    private static string Connection(ServiceDescription service) =>
        $"ConnectionStrings__{service.ConnectionName}={Server};Username={service.Role};"
        + $"Password=@{RenderedFiles.PasswordVariable(service.Database!)}@;Database={service.Database}";

    private static string KindOf(SettingSource source) => source switch
    {
        SettingSource.Chosen or SettingSource.PublicUrl or SettingSource.Certificate => "yours",
        SettingSource.Secret { IsForEver: true } => "kept",
        _ => "ours",
    };

    private static string? ValueOf(SettingSource source) => source switch
    {
        SettingSource.PublicUrl => "@PUBLIC_URL@",
        SettingSource.Secret secret => $"@{RenderedFiles.Variable(secret.Name)}@",
        SettingSource.Certificate certificate => $"@STATE@/keys/{certificate.Name}.pem",
        SettingSource.StateFile file => $"@STATE@/{file.Path}",
        SettingSource.StateFolder folder => $"@STATE@/{folder.Path}",
        _ => null,
    };

    private static SettingDescription Made(string name) => new(name, "", new SettingSource.StateFile(""));

    private static string Lines(IEnumerable<SettingDescription> settings) =>
        string.Join('\n', settings.OrderBy(s => s.Name, StringComparer.Ordinal).Select(s => $"{KindOf(s.Source),-5} {s.Name}"));
}
