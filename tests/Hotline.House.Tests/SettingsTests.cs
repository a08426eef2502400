using System.Text.RegularExpressions;
using Hotline.AppHost.Rendering;

namespace Hotline.House.Tests;

/// <summary>deploy/up warns of settings that no service knows: the description by which it does says what the code reads.</summary>
public sealed partial class SettingsTests
{
    private static readonly string[] Projects = [.. Tree.Services.Values, "Hotline.ServiceDefaults", "Hotline.Messaging"];

    /// <summary>Names of all settings that the code reads, as environment variables.</summary>
    internal static string[] ReadByTheCode => ReadBy(Projects);

    /// <summary>Names of the settings that these projects read.</summary>
    internal static string[] ReadBy(params string[] projects) =>
        [.. projects.SelectMany(Tree.Sources).SelectMany(file => Read(File.ReadAllText(file))).Distinct()];

    [Fact]
    public void The_settings_that_are_described_are_those_that_the_code_reads()
    {
        var listed = Platform.Described.Settings.Select(s => s.Name).ToArray();
        string.Join(", ", ReadByTheCode.Except(listed)).ShouldBeEmpty("read by the code and not in the AppHost's description");
        string.Join(", ", listed.Except(ReadByTheCode)).ShouldBeEmpty("in the AppHost's description and read by nobody");
    }

    private static IEnumerable<string> Read(string source) =>
        Key().Matches(source).Select(m => $"{m.Groups["section"].Value}__{m.Groups["name"].Value}")
            .Concat(Bound().Matches(source)
                .SelectMany(m => PropertiesOf(m.Groups["type"].Value).Select(p => $"{m.Groups["section"].Value}__{p}")));

    private static IEnumerable<string> PropertiesOf(string type)
    {
        var source = Projects.SelectMany(Tree.Sources).Select(File.ReadAllText)
            .Single(s => s.Contains($"class {type}\n", StringComparison.Ordinal));
        return Property().Matches(source[source.IndexOf($"class {type}\n", StringComparison.Ordinal)..])
            .Select(m => m.Groups["name"].Value);
    }

    // configuration["Auth:Issuer"], GetValue("Shutdown:DrainFor", …), GetSection("Forwarded:Networks")
    [GeneratedRegex(@"""(?<section>[A-Z]\w+):(?<name>[A-Z]\w+)""")]
    private static partial Regex Key();

    // AddOptions<DispatchOptions>().BindConfiguration("Dispatch"), GetSection("RateLimit").Get<LimitOptions>()
    [GeneratedRegex(
        @"AddOptions<(?<type>\w+)>\(\)\.BindConfiguration\(""(?<section>\w+)""\)|GetSection\(""(?<section>\w+)""\)\.Get<(?<type>\w+)>")]
    private static partial Regex Bound();

    [GeneratedRegex(@"public [\w?\[\]<>]+ (?<name>\w+) \{ get; init; \}")]
    private static partial Regex Property();
}
