using System.Globalization;
using System.Text.RegularExpressions;

namespace Hotline.House.Tests;

public sealed class ArchitectureTests
{
    private static readonly string[] Shared =
        ["Hotline.Contracts", "Hotline.Catalogue", "Hotline.Messaging", "Hotline.ServiceDefaults", "Hotline.Wire"];

    public static TheoryData<string> Projects() => [.. Tree.Services.Values];

    [Theory, MemberData(nameof(Projects))]
    public void A_service_references_only_what_is_shared(string project) =>
        Tree.References(project).Except([.. Shared, .. project switch
        {
            "Hotline.Gateway" => ["Hotline.Console"], // it serves the console's files
            "Hotline.Evaluation" => ["Hotline.Reconciliation"], // it compares the services' books
            _ => Array.Empty<string>(),
        }]).ShouldBeEmpty();

    [Fact]
    public void What_is_shared_knows_no_service_and_contracts_know_nothing()
    {
        Tree.References("Hotline.Contracts").ShouldBeEmpty();
        Tree.References("Hotline.Wire").ShouldBeEmpty();
        Tree.References("Hotline.Console.Base").ShouldBe(["Hotline.Wire"]); // it knows the API alone
        Tree.References("Hotline.Console.Pages").ShouldBe(["Hotline.Console.Base"]);
        Tree.References("Hotline.Console").ShouldBe(["Hotline.Console.Base", "Hotline.Console.Pages"]);
        Tree.References("Hotline.Tools").ShouldBe(["Hotline.Reconciliation"]); // so do they
        Tree.References("Hotline.Reconciliation").ShouldBeEmpty();
        Tree.References("Hotline.Telephony").ShouldBe(["Hotline.ServiceDefaults"]); // and so does what runs beside a PBX
        Tree.References("Hotline.Catalogue").ShouldBeEmpty();
        Tree.References("Hotline.Messaging").ShouldBe(["Hotline.Wire"]);
        Tree.References("Hotline.ServiceDefaults").ShouldBe(["Hotline.Messaging", "Hotline.Wire"]);
        Tree.Read("src/Hotline.Contracts/Hotline.Contracts.csproj").ShouldNotContain("PackageReference");
    }

    [Theory, MemberData(nameof(Projects))]
    public void Only_messaging_uses_the_bus(string project)
    {
        // events go out through Work.Tell; a consumer touches the world through Work
        var banned = new Regex(
            @"\b(IBus|IBusControl|IPublishEndpoint|ISendEndpointProvider|IRequestClient)\b|\.(Publish|Send|Respond\w*)\s*[<(]\s*new\b");
        Tree.Sources(project).Where(f => banned.IsMatch(File.ReadAllText(f))).Select(Path.GetFileName).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Projects))]
    public void Entity_Framework_lives_in_identity_alone(string project)
    {
        if (project == "Hotline.Identity") return;
        Tree.Sources(project).Where(f => File.ReadAllText(f).Contains("EntityFrameworkCore", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Projects))]
    public void Time_comes_from_the_TimeProvider(string project) =>
        Tree.Sources(project).Where(f => Regex.IsMatch(File.ReadAllText(f), @"\bDateTime(Offset)?\.(Utc)?Now\b"))
            .Select(Path.GetFileName).ShouldBeEmpty();

    /// <summary>The day in UTC is another one for eight hours of each day.</summary>
    [Fact]
    public void Days_and_times_of_day_are_those_of_the_city() =>
        Tree.TrackedFiles().Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))
            .Where(f => Path.GetFileName(f) is not ("LocalTime.cs" or "ArchitectureTests.cs")
                && Regex.IsMatch(Tree.Read(f), @"\b(Date|Time)Only\.FromDateTime\(|\bFromHours\(8\)|\bAddHours\(8\)"))
            .ShouldBeEmpty();

    [Fact]
    public void No_source_file_is_longer_than_300_lines() =>
        Directory.EnumerateDirectories(Path.Combine(Tree.Root, "src")).SelectMany(d => Tree.Sources(Path.GetFileName(d)))
            .Where(f => File.ReadLines(f).Count() > 300).Select(Path.GetFileName).ShouldBeEmpty();

    /// <summary>Characters, not bytes: a Chinese one counts as one.</summary>
    [Fact]
    public void No_line_is_wider_than_140_characters()
    {
        var wide = Tree.TrackedFiles().Where(f => Path.GetExtension(f) is ".cs" or ".razor").SelectMany(file =>
            File.ReadLines(Path.Combine(Tree.Root, file)).Index()
                .Select(line => (Number: line.Index + 1, Width: new StringInfo(line.Item).LengthInTextElements))
                .Where(line => line.Width > 140)
                .Select(line => $"{file}:{line.Number} is {line.Width} characters wide"));
        string.Join('\n', wide).ShouldBeEmpty();
    }
}
