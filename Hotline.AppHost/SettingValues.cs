using System.Globalization;
using Hotline.AppHost.Description;

namespace Hotline.AppHost;

/// <summary>What the services' settings are here: secrets and files of this machine, and what was chosen in the AppHost's own
/// environment.</summary>
internal sealed class SettingValues(IDistributedApplicationBuilder builder, RunOptions options)
{
    private readonly Dictionary<string, IResourceBuilder<ParameterResource>> _parameters = [];

    private bool IsRunning => builder.ExecutionContext.IsRunMode;

    /// <summary>Gives a process the settings of its service.</summary>
    /// <param name="process">Serves, or prepares.</param>
    /// <param name="service">Whose settings.</param>
    /// <param name="isPreparation">Whether it runs verbs and ends.</param>
    public void Give(IResourceBuilder<ProjectResource> process, ServiceDescription service, bool isPreparation)
    {
        if (IsRunning)
        {
            // in Development identity makes keys of its own
            process.WithEnvironment("ASPNETCORE_ENVIRONMENT", builder.Environment.EnvironmentName);
            if (options.Replicas > 1) process.WithEnvironment("Database__MaxPoolSize", PoolSize());
        }
        foreach (var setting in PlatformDescription.SettingsOf(service).Where(s => isPreparation || !s.IsForPreparation))
            Give(process, setting);
    }

    /// <summary>Random characters that are kept for the next time.</summary>
    public IResourceBuilder<ParameterResource> Secret(string name, string meaning) => Once(name, () =>
    {
        var random = new GenerateParameterDefault { MinLength = 48, Special = false };
        return builder.AddParameter(name, random, secret: true, persist: true).WithDescription(meaning);
    });

    private void Give(IResourceBuilder<ProjectResource> process, SettingDescription setting)
    {
        var chosen = builder.Configuration.GetSection(setting.Name.Replace("__", ":"));
        switch (setting.Source)
        {
            case SettingSource.Secret secret:
                process.WithEnvironment(setting.Name, Secret(secret.Name, setting.Meaning));
                break;
            case var _ when chosen.Value is { Length: > 0 } value:
                process.WithEnvironment(setting.Name, value);
                break;
            case var _ when setting.IsList:
                foreach (var item in chosen.GetChildren()) process.WithEnvironment($"{setting.Name}__{item.Key}", item.Value);
                break;
            case SettingSource.PublicUrl:
                process.WithEnvironment(setting.Name, options.PublicUrl.GetLeftPart(UriPartial.Authority));
                break;
            case SettingSource.Certificate certificate when !IsRunning:
                process.WithEnvironment(setting.Name, Mounted(certificate, setting.Meaning));
                break;
            case SettingSource.StateFolder:
                // a deployment mounts a volume there
                process.WithEnvironment(setting.Name, IsRunning ? options.KeyRing : "/var/lib/hotline/keys");
                break;
            case SettingSource.StateFile when IsRunning:
                Directory.CreateDirectory(options.State);
                process.WithEnvironment(setting.Name, options.CredentialsFile);
                break;
        }
    }

    // a deployment mounts PEM files with certificate and key, the same for all replicas
    private IResourceBuilder<ParameterResource> Mounted(SettingSource.Certificate certificate, string meaning)
    {
        var (name, path) = ($"identity-{certificate.Name}-certificate", $"/var/lib/hotline/identity/{certificate.Name}.pem");
        return Once(name, () => builder.AddParameter(name, path, publishValueAsDefault: true).WithDescription(meaning));
    }

    private IResourceBuilder<ParameterResource> Once(string name, Func<IResourceBuilder<ParameterResource>> add) =>
        _parameters.TryGetValue(name, out var known) ? known : _parameters[name] = add();

    // six databases' services with 14 connections each stay below PostgreSQL's default of 100; so do their replicas together
    private string PoolSize() => Math.Max(2, 14 / options.Replicas).ToString(CultureInfo.InvariantCulture);
}
