using System.Text.RegularExpressions;
using Hotline.AppHost.Description;
using Hotline.AppHost.Rendering;

namespace Hotline.House.Tests;

/// <summary>The one-machine stack, the tools and the tests know the services and settings from the AppHost's description, and from nowhere
/// else.</summary>
public sealed class RenderingTests
{
    private const string Command = "dotnet run --project Hotline.AppHost -- render";

    // a service and a setting that nobody wrote down anywhere but in the description
    private static readonly ServiceDescription Dummy = new("parking-fines", "Hotline.ParkingFines", "parking fines", "VehicleCar")
    {
        Settings = [SettingDescription.Chosen("ParkingFines__DueWithin", "how soon a fine is paid", "14.00:00:00")],
    };

    private static readonly IReadOnlyDictionary<string, string> WithDummy =
        RenderedFiles.Of(Platform.Described with { Services = [Dummy, .. Platform.Described.Services] });

    [Fact]
    public void What_is_rendered_is_what_the_description_says()
    {
        var differ = RenderedFiles.Of(Platform.Described)
            .Where(f => !File.Exists(Path.Combine(Tree.Root, f.Key)) || Tree.Read(f.Key) != f.Value);
        differ.Select(f => f.Key).ShouldBeEmpty($"run: {Command}");
        Directory.EnumerateFiles(Path.Combine(Tree.Root, "deploy/rendered")).Select(f => Path.GetRelativePath(Tree.Root, f))
            .Except(RenderedFiles.Of(Platform.Described).Keys).ShouldBeEmpty("rendered by nobody");
    }

    [Theory]
    [InlineData("services.sh", "SERVICES=(parking-fines identity")] // what deploy/up starts, and looks after
    [InlineData("services.sh", "[parking-fines]=\"migrate topology\"")] // what deploy/up prepares, and what deploy/redrive asks
    [InlineData("services.sh", "PARKING_FINES_DB_PASSWORD")]
    [InlineData("supervisord.services.in", "programs=parking-fines,identity")]
    [InlineData("supervisord.services.in", "run-service @STATE@ parking-fines Hotline.ParkingFines\n")]
    [InlineData("services.env.in", "ConnectionStrings__parking-fines-db=")]
    [InlineData("services.env.in", "Username=hotline_parking_fines;Password=@PARKING_FINES_DB_PASSWORD@;Database=parking_fines\n")]
    [InlineData("services.props", "src/Hotline.ParkingFines/Hotline.ParkingFines.csproj")] // what is built, and referenced by tests
    [InlineData("settings", "yours ParkingFines__DueWithin")]
    [InlineData("settings.md", "| `ParkingFines__DueWithin` | parking-fines | how soon a fine is paid | `14.00:00:00` |")]
    // the gateway's routes, the console's page about operations, what deploy/backup dumps, deploy/reconcile, the tests
    [InlineData("PlatformServices.cs", "new(\"parking-fines\", \"Hotline.ParkingFines\", \"parking_fines\", 1, false),")]
    public void A_service_that_is_in_the_description_alone_is_in_everything_that_is_rendered(string file, string line) =>
        WithDummy[$"deploy/rendered/{file}"].ShouldContain(line);

    /// <summary>What is rendered is what they take it from.</summary>
    [Theory]
    [InlineData("deploy/lib/common.sh", "deploy/rendered/services.sh")]
    [InlineData("deploy/lib/servers.sh", "deploy/rendered/supervisord.services.in")]
    [InlineData("deploy/lib/settings.sh", "deploy/rendered/services.env.in")]
    [InlineData("deploy/lib/settings.sh", "deploy/rendered/settings")]
    [InlineData("src/Hotline.Tools/Backup/BackupCommand.cs", "PlatformServices.Databases")]
    [InlineData("deploy/Hotline.Stack/Hotline.Stack.csproj", "../rendered/services.props")]
    [InlineData("src/Hotline.Reconciliation/BookReader.cs", "PlatformServices.Names")]
    [InlineData("src/Hotline.Tools/Errors/ErrorsCommand.cs", "PlatformServices.All")]
    [InlineData("src/Hotline.Gateway/Routes.cs", "PlatformServices.BehindTheGateway")]
    [InlineData("src/Hotline.Console.Pages/Operations/OperationsPage.razor", "PlatformServices.Names")]
    [InlineData("tests/Hotline.EndToEnd.Tests/TelemetryTests.cs", "PlatformServices.Names")]
    [InlineData("tests/Hotline.Faults.Tests/Stack.cs", "PlatformServices.Names")]
    [InlineData("tests/Hotline.Bench/Scenarios.cs", "PlatformServices.Databases")]
    public void Whoever_needs_the_services_takes_them_from_what_is_rendered(string file, string word) =>
        Tree.Read(file).ShouldContain(word);

    // what names some services for what they do, not all for what there is
    private static readonly Dictionary<string, string> NoLists = new()
    {
        ["src/Hotline.Reconciliation/Rules/VendorRule.cs"] = "those that keep copies of vendors",
        ["tests/Hotline.Decisions.Tests/StoryTests.cs"] = "those that have final statuses",
        ["tests/Hotline.EndToEnd.Tests/TelemetryTests.cs"] = "those that take part in one trace",
        ["tests/Hotline.House.Tests/RenderingTests.cs"] = "this test's own",
    };

    [Fact]
    public void Nobody_keeps_a_second_list_of_the_services()
    {
        string[] kinds = [".cs", ".razor", ".js", ".json", ".sh", ".in", ".csproj", ".props", ".proj", ""];
        string[] folders = ["deploy/rendered/", "Hotline.AppHost/Description/"];
        var found = Tree.TrackedFiles()
            .Where(f => kinds.Contains(Path.GetExtension(f)) && !f.EndsWith("packages.lock.json", StringComparison.Ordinal))
            .Where(f => !folders.Any(folder => f.StartsWith(folder, StringComparison.Ordinal)) && !NoLists.ContainsKey(f))
            .Where(f => IsList(Tree.Read(f)));
        found.ShouldBeEmpty("names three services beside each other; take them from deploy/rendered, or say in NoLists why it is no list");
    }

    [Fact]
    public void Those_whose_copies_of_vendors_are_reconciled_are_those_that_keep_some()
    {
        var keep = Tree.Services.Where(s => s.Key is not "vendor-registry" and not "gateway")
            .Where(s => Tree.Read($"src/{s.Value}/Books.cs").Contains("new(\"vendors\",", StringComparison.Ordinal)).Select(s => s.Key);
        var reconciled = Regex.Match(Tree.Read("src/Hotline.Reconciliation/Rules/VendorRule.cs"), @"KeepVendors = \[(?<names>[^]]+)\]");
        reconciled.Groups["names"].Value.Split(',').Select(n => n.Trim(' ', '"')).Order().ShouldBe(keep.Order());
    }

    [Fact]
    public void A_second_list_is_noticed_in_whatever_way_it_is_written()
    {
        string[] lists =
        [
            "SERVICES=(identity intake dispatch)", "[\"identity\", \"intake\", \"follow-up\"]",
            "intake,\n    vendor_registry,\n    evaluation",
            "Include=\"src/Hotline.Intake/\" />\n  <P Include=\"src/Hotline.Dispatch/\" />\n  <P Include=\"src/Hotline.FollowUp/\" />",
        ];
        foreach (var list in lists) IsList(list).ShouldBeTrue(list);
        IsList("dispatch asks intake, and the gateway waits").ShouldBeFalse();
    }

    private static bool IsList(string text) => NamesBeside.IsMatch(text) || ProjectsBelow.IsMatch(text);

    // with nothing but signs between them
    private static readonly Regex NamesBeside = Three(PlatformServices.Names.Union(PlatformServices.Databases), "[^A-Za-z]{1,14}");

    // in the same line or the next
    private static readonly Regex ProjectsBelow = Three(PlatformServices.All.Select(s => s.Project), @"[^\n]*\n?[^\n]*?");

    private static Regex Three(IEnumerable<string> names, string between)
    {
        var one = $"(?<![A-Za-z-])(?:{string.Join('|', names.Select(Regex.Escape))})(?![A-Za-z-])";
        return new($"({one}){between}(?!\\1)({one}){between}(?!\\1|\\2){one}", RegexOptions.None, TimeSpan.FromSeconds(10));
    }
}
