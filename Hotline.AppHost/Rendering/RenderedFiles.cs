namespace Hotline.AppHost.Rendering;

/// <summary>What is written down of a platform's description, for all that cannot read it: the scripts in deploy/, the build, programs
/// and tests.</summary>
public static class RenderedFiles
{
    /// <summary>Says in each file how it is made again.</summary>
    public const string Origin =
        "Rendered from Hotline.AppHost/Description, do not edit. To make it again: dotnet run --project Hotline.AppHost -- render";

    /// <summary>All files.</summary>
    /// <returns>Paths below the repository's root, with the text. Lines end with \n, the last one too.</returns>
    public static IReadOnlyDictionary<string, string> Of(Platform platform) => new Dictionary<string, string>
    {
        ["deploy/rendered/services.sh"] = ShellLists.Render(platform),
        ["deploy/rendered/services.env.in"] = SettingLists.Values(platform),
        ["deploy/rendered/settings"] = SettingLists.Kinds(platform),
        ["deploy/rendered/settings.md"] = SettingLists.Page(platform),
        ["deploy/rendered/supervisord.services.in"] = SupervisordPrograms.Render(platform),
        ["deploy/rendered/services.props"] = BuildItems.Render(platform),
        ["deploy/rendered/PlatformServices.cs"] = ServiceTable.Render(platform),
    };

    /// <summary>The secret's name in the state folder: phone-hash-key is PHONE_HASH_KEY.</summary>
    public static string Variable(string secret) => secret.ToUpperInvariant().Replace('-', '_');

    /// <summary>The secret that holds the password of a database's role.</summary>
    public static string PasswordVariable(string database) => $"{database.ToUpperInvariant()}_DB_PASSWORD";
}
