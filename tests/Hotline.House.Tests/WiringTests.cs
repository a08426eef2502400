using System.Text.RegularExpressions;
using Hotline.AppHost.Description;

namespace Hotline.House.Tests;

/// <summary>The platform's description, its gateway and its programs speak of the same services.</summary>
public sealed partial class WiringTests
{
    [Fact]
    public void Every_project_of_src_is_a_service_in_the_description_or_shared_by_services()
    {
        var projects = Directory.EnumerateDirectories(Path.Combine(Tree.Root, "src")).Select(d => Path.GetFileName(d)!);
        var shared = SharedProject().Matches(Tree.Read("Hotline.AppHost/Hotline.AppHost.csproj")).Select(m => m.Groups["project"].Value);
        projects.Except(shared).Order().ShouldBe(Tree.Services.Values.Order());
    }

    [Fact]
    public void The_solution_has_every_service()
    {
        foreach (var project in Tree.Services.Values) Tree.Read("Hotline.sln").ShouldContain($"{project}.csproj");
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
        Tree.Read("deploy/rendered/services.sh").ShouldContain("migrate topology");
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
            program.ShouldMatch($"Add(Service|Messaging)\\(\"{name}\"");
            program.ShouldMatch($"Map(Service|Ledger)\\(\"{name}\"");
        }
    }

    [GeneratedRegex(@"\.\./src/\*/(?<project>[\w.]+)\.csproj")]
    private static partial Regex SharedProject();
}
