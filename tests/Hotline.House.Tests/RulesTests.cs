using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Hotline.AppHost.Description;

namespace Hotline.House.Tests;

/// <summary>The rules that people read under /help have the figures that the platform keeps to.</summary>
public sealed partial class RulesTests
{
    private static readonly string[][] Languages = [Lines("Words.resx"), Lines("Words.en.resx")];

    [Fact]
    public void The_figures_that_can_be_set_are_the_defaults()
    {
        Holds(Setting("Dispatch__OfferLasts").TotalMinutes, "Deadlines", "分钟", "minutes");
        Holds(Setting("Dispatch__ContactWithin").TotalMinutes, "Deadlines", "分钟", "minutes");
        Holds(Setting("PersonalData__KeptFor").TotalDays, "Personal", "天", "days");
        Holds(Setting("PersonalData__UnfinishedGrace").TotalDays, "Personal", "天", "days");
    }

    [Fact]
    public void The_weights_of_score_and_ranking_are_those_that_are_reckoned_with()
    {
        var score = Tree.Read("src/Hotline.Evaluation/Scores/Score.cs");
        var ranking = Tree.Read("src/Hotline.VendorRegistry/Matching/Ranking.cs");
        foreach (var lines in Languages)
        {
            var said = lines.Where(l => l.StartsWith("Evaluation|", StringComparison.Ordinal)).Select(Percents).Where(p => p.Length > 0);
            said.ShouldBe([Weights(Component(), score), Weights(Term(), ranking)]);
        }
    }

    private static void Holds(double figure, string subject, params string[] units)
    {
        foreach (var (lines, unit) in Languages.Zip(units))
        {
            var said = string.Create(CultureInfo.InvariantCulture, $" {figure} {unit}");
            lines.Where(l => l.StartsWith($"{subject}|", StringComparison.Ordinal)).ShouldContain(l => l.Contains(said), said);
        }
    }

    private static TimeSpan Setting(string name) => TimeSpan.Parse(PlatformDescription.Services
        .SelectMany(PlatformDescription.SettingsOf).First(s => s.Name == name).Default, CultureInfo.InvariantCulture);

    private static int[] Weights(Regex weight, string source) => [.. weight.Matches(source)
        .Select(m => (int)Math.Round(100 * double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)))];

    private static int[] Percents(string line) =>
        [.. Percent().Matches(line).Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))];

    /// <summary>Each with its subject before it.</summary>
    private static string[] Lines(string file) => [.. XDocument.Load(Path.Combine(Tree.Root, "src/Hotline.Console.Base/Texts", file)).Root!
        .Elements("data").Select(d => (Subject: Subject().Match(d.Attribute("name")!.Value), Text: d.Element("value")!.Value))
        .Where(d => d.Subject.Success)
        .SelectMany(d => d.Text.Split('\n').Select(line => $"{d.Subject.Groups[1].Value}|{line}"))];

    [GeneratedRegex(@"^Rules\.(\w+)\.Lines$")]
    private static partial Regex Subject();

    [GeneratedRegex("(\\d+)%")]
    private static partial Regex Percent();

    [GeneratedRegex("new\\(\"\\w+\", .*, (0\\.\\d+)\\)")]
    private static partial Regex Component();

    [GeneratedRegex(@"(?<=var rank = .*)(0\.\d+)(?= \* | : 0\))")]
    private static partial Regex Term();
}
