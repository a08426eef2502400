using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Hotline.House.Tests;

/// <summary>What comes from others, and what must not go out to them.</summary>
public sealed partial class SupplyChainTests
{
    private static readonly string[] Allowed = ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "PostgreSQL", "MPL-2.0",
        "Apache-2.0 OR MPL-2.0", "The MIT License (MIT)", "MIT License", "MS-PL OR Apache-2.0",
        "https://raw.githubusercontent.com/HdrHistogram/HdrHistogram.NET/master/LICENSE.txt", // public domain (CC0)
        "Copyright (c) 2013-2022, Daniel Mueller <daniel@danm.de>", // BSD-2-Clause, of Fractions, by which KubernetesClient counts
        // Microsoft .NET Library licence, of what HdrHistogram refers to and the framework replaces
        "http://go.microsoft.com/fwlink/?LinkId=329770"];

    /// <summary>Every package, transitive ones too, is under a licence that lets a city use and change the platform.
    /// When packages change, look at the new licences and bring licences.approved.txt up to date.</summary>
    [Fact]
    public void Every_package_has_a_licence_that_was_looked_at()
    {
        var packages = Directory.EnumerateFiles(Tree.Root, "packages.lock.json", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal)
                && !f.Contains("/.hotline/", StringComparison.Ordinal))
            .SelectMany(Packages).Distinct().Select(p => (p.Name, Licence: LicenceOf(p.Name, p.Version))).Distinct()
            .OrderBy(p => p.Name, StringComparer.Ordinal).ToArray();
        packages.Where(p => !Allowed.Contains(p.Licence)).ShouldBeEmpty();
        var (found, approved) = (packages.Select(p => $"{p.Name} {p.Licence}").ToArray(),
            Tree.Read("tests/Hotline.House.Tests/licences.approved.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries));
        string.Join(", ", found.Except(approved)).ShouldBeEmpty("not looked at yet");
        string.Join(", ", approved.Except(found)).ShouldBeEmpty("not used any more");
    }

    [Fact]
    public void No_file_in_the_repository_holds_a_secret()
    {
        var found = new List<string>();
        foreach (var file in Tree.TrackedFiles().Where(f => !f.EndsWith("packages.lock.json", StringComparison.Ordinal) && !IsBinary(f)))
        {
            var lines = File.ReadAllLines(Path.Combine(Tree.Root, file));
            for (var i = 0; i < lines.Length; i++)
            {
                if (Secret().Match(lines[i]) is { Success: true } match)
                    found.Add($"{file}:{i + 1} {match.Value[..Math.Min(20, match.Length)]}…");
            }
        }
        found.ShouldBeEmpty();
    }

    private static IEnumerable<(string Name, string Version)> Packages(string lockFile)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(lockFile));
        return [.. document.RootElement.GetProperty("dependencies").EnumerateObject()
            .SelectMany(framework => framework.Value.EnumerateObject())
            .Where(p => p.Value.GetProperty("type").GetString() != "Project")
            .Select(p => (p.Name, p.Value.GetProperty("resolved").GetString()!))];
    }

    private static string LicenceOf(string name, string version)
    {
        var folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } given
            ? given : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var nuspec = Path.Combine(folder, name.ToLowerInvariant(), version.ToLowerInvariant(), $"{name.ToLowerInvariant()}.nuspec");
        var said = XDocument.Load(nuspec).Descendants().Where(e => e.Name.LocalName is "license" or "licenseUrl").ToArray();
        if (said.FirstOrDefault(e => e.Attribute("type")?.Value == "file")?.Value is { } file)
            return File.ReadLines(Path.Combine(Path.GetDirectoryName(nuspec)!, file)).First().Trim();
        return said.FirstOrDefault(e => e.Attribute("type")?.Value == "expression")?.Value
            ?? said.FirstOrDefault(e => e.Name.LocalName == "licenseUrl")?.Value ?? $"no licence in {nuspec}";
    }

    private static bool IsBinary(string file) => Path.GetExtension(file) is ".png" or ".ico" or ".wav" or ".woff2";

    // private keys, tokens of well-known services, JSON web tokens, passwords and keys with a value in place of a variable
    [GeneratedRegex("""
        -----BEGIN\ [A-Z ]*PRIVATE\ KEY | \bAKIA[0-9A-Z]{16}\b | \bgh[pousr]_[A-Za-z0-9]{36}
        | \bxox[abpr]-[A-Za-z0-9-]{10,} | \beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}
        | (?i:(?:password|passwd|secret|api_?key|hash_?key)["']?\s*[=:]\s*["']?)
            (?=[A-Za-z0-9+/_=-]*[0-9])(?=[A-Za-z0-9+/_=-]*[A-Za-z])[A-Za-z0-9+/_=-]{16,}
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Secret();
}
