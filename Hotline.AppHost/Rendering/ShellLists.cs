using Hotline.AppHost.Description;

namespace Hotline.AppHost.Rendering;

/// <summary>The services as bash knows them.</summary>
public static class ShellLists
{
    /// <summary>deploy/rendered/services.sh.</summary>
    public static string Render(Platform platform) => $"""
        # {RenderedFiles.Origin}
        # shellcheck shell=bash disable=SC2034
        SERVICES=({string.Join(' ', platform.Services.Select(s => s.Name))})
        # what is added to the gateway's port
        {Map("PORT_OFFSET_OF", platform.Services, s => $"{platform.PortOffset(s)}")}
        # folder below src, project and assembly
        {Map("PROJECT_OF", platform.Services, s => s.Project)}
        # run to their end before anything serves; with demo data, these too
        {Map("VERBS_OF", platform.Services, s => string.Join(' ', s.Preparation))}
        {Map("DEMO_VERBS_OF", platform.Services, s => string.Join(' ', s.DemoData))}
        # made at the first start
        SECRETS=({string.Join(' ', Secrets(platform))})
        KEY_FILES=({string.Join(' ', Sources<SettingSource.Certificate>(platform).Select(c => c.Name).Distinct())})
        # all of them are the gateway's URL as browsers and clients see it
        PUBLIC_URL_SETTINGS=({string.Join(' ', PublicUrls(platform))})

        """;

    private static IEnumerable<string> Secrets(Platform platform) =>
        Sources<SettingSource.Secret>(platform).Select(s => RenderedFiles.Variable(s.Name)).Distinct()
            .Concat(platform.Services.Where(s => s.Database is not null).Select(s => RenderedFiles.PasswordVariable(s.Database!)));

    private static IEnumerable<string> PublicUrls(Platform platform) =>
        platform.Settings.Where(s => s.Source is SettingSource.PublicUrl).Select(s => s.Name);

    private static IEnumerable<T> Sources<T>(Platform platform) => platform.Settings.Select(s => s.Source).OfType<T>();

    private static string Map(string name, IEnumerable<ServiceDescription> services, Func<ServiceDescription, string> value)
    {
        var entries = services.Select(s => (s.Name, Value: value(s))).Where(e => e.Value.Length > 0)
            .Select(e => $"[{e.Name}]={(e.Value.Contains(' ') ? $"\"{e.Value}\"" : e.Value)}");
        return $"declare -A {name}=(\n    {string.Join("\n    ", entries)}\n)";
    }
}
