using System.Text.RegularExpressions;
using Hotline.AppHost.Description;

namespace Hotline.House.Tests;

/// <summary>The platform's description, supervisord and gateway speak of the same services.</summary>
public sealed partial class WiringTests
{
    private static readonly string Supervisord = Tree.Read("deploy/supervisord.conf.in");
    private static readonly string Common = Tree.Read("deploy/lib/common.sh");

    [Fact]
    public void Every_project_of_src_is_a_service_in_the_description_or_shared_by_services()
    {
        var projects = Directory.EnumerateDirectories(Path.Combine(Tree.Root, "src")).Select(d => Path.GetFileName(d)!);
        var shared = SharedProject().Matches(Tree.Read("Hotline.AppHost/Hotline.AppHost.csproj")).Select(m => m.Groups["project"].Value);
        projects.Except(shared).Order().ShouldBe(Tree.Services.Values.Order());
    }

    [Fact]
    public void Supervisord_runs_every_service_from_its_assembly()
    {
        var run = Program().Matches(Supervisord).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["assembly"].Value);
        run.OrderBy(r => r.Key).ShouldBe(Tree.Services.OrderBy(s => s.Key));
        Group().Match(Supervisord).Groups["names"].Value.Split(',').Order().ShouldBe(Tree.Services.Keys.Order());
        CommandList().Match(Common).Groups["names"].Value.Split(' ').Order().ShouldBe(Tree.Services.Keys.Order());
    }

    [Fact]
    public void The_description_names_what_a_service_reads_and_nothing_else()
    {
        var described = PlatformDescription.Services.SelectMany(PlatformDescription.SettingsOf).Select(s => s.Name).ToHashSet();
        described.Except(SettingsTests.ReadByTheCode).ShouldBeEmpty("in the description and read by nobody");
        SettingsTests.ReadByTheCode.Except(described).ShouldBeEmpty("read by the code and not in the description");
    }

    [Fact]
    public void A_services_settings_are_those_that_it_reads_itself()
    {
        foreach (var service in PlatformDescription.Services)
            foreach (var setting in service.Settings)
                SettingsTests.ReadBy(service.Project, "Hotline.ServiceDefaults").ShouldContain(setting.Name, service.Name);
    }

    [Fact]
    public void Databases_and_queues_are_prepared_before_anything_serves()
    {
        foreach (var service in PlatformDescription.Services.Where(s => s.Database is not null))
            service.Preparation.Take(2).ShouldBe(["migrate", "topology"], service.Name);
        Tree.Read("Hotline.AppHost/Services.cs").ShouldContain("WaitForCompletion(preparation)");
        Tree.Read("deploy/up").ShouldContain("migrate topology");
    }

    [Fact]
    public void The_gateway_routes_to_every_service_with_an_API() =>
        Gateway.Routes.Apis.Order().ShouldBe(Tree.Services.Keys.Where(s => s != "gateway").Order());

    [Fact]
    public void A_services_name_is_the_same_in_its_own_program()
    {
        foreach (var (name, project) in Tree.Services.Where(s => s.Key is not "gateway"))
        {
            var program = Tree.Read($"src/{project}/Program.cs");
            program.ShouldContain($"AddDatabase(\"{name}\"");
            program.ShouldContain($"AddMessaging(\"{name}\"");
        }
    }

    [GeneratedRegex(@"\.\./src/\*/(?<project>[\w.]+)\.csproj")]
    private static partial Regex SharedProject();

    [GeneratedRegex(@"run-service @STATE@ (?<name>[a-z-]+) (?<assembly>[\w.]+)")]
    private static partial Regex Program();

    [GeneratedRegex(@"\[group:services\]\s+programs=(?<names>[a-z,-]+)")]
    private static partial Regex Group();

    [GeneratedRegex(@"SERVICES=\((?<names>[a-z -]+)\)")]
    private static partial Regex CommandList();
}
