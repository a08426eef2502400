using System.Text.RegularExpressions;

namespace Hotline.House.Tests;

/// <summary>AppHost, gateway and programs speak of the same services.</summary>
public sealed partial class WiringTests
{
    private static readonly string AppHost = Tree.Read("Hotline.AppHost/AppHost.cs");

    [Fact]
    public void The_AppHost_runs_every_service_from_its_project()
    {
        var added = AddedService().Matches(AppHost).Concat(AddedProject().Matches(AppHost))
            .ToDictionary(m => m.Groups["name"].Value, m => m.Groups["project"].Value.Replace('_', '.'));
        added.OrderBy(a => a.Key).ShouldBe(Tree.Services.OrderBy(s => s.Key));
        foreach (var project in Tree.Services.Values)
            Tree.Read("Hotline.AppHost/Hotline.AppHost.csproj").ShouldContain($"{project}.csproj");
    }

    [Fact]
    public void The_solution_has_every_service()
    {
        foreach (var project in Tree.Services.Values) Tree.Read("Hotline.sln").ShouldContain($"{project}.csproj");
    }

    [Fact]
    public void Both_prepare_databases_and_queues_before_anything_serves()
    {
        AppHost.ShouldContain("\"migrate\", \"topology\"");
        AppHost.ShouldContain("WaitForCompletion(preparation)");
        Tree.Read("deploy/rendered/services.sh").ShouldContain("migrate topology");
        foreach (var verb in (string[])["provision", "seed-demo"])
        {
            AppHost.ShouldContain($"\"{verb}\"");
            Tree.Read("deploy/rendered/services.sh").ShouldContain(verb);
        }
    }

    [Fact]
    public void Both_give_the_settings_that_services_need()
    {
        foreach (var setting in (string[])["Auth__Issuer", "Identity__PublicUrl", "Identity__GatewaySecret", "Identity__CredentialsFile",
            "Gateway__ClientSecret", "DataProtection__Path", "PersonalData__HashKey"])
        {
            AppHost.ShouldContain(setting);
            Tree.Read("deploy/rendered/services.env.in").ShouldContain(setting);
        }
    }

    [Fact]
    public void A_published_AppHost_gives_identity_its_keys_for_serving_and_for_preparing()
    {
        AppHost.ShouldContain("if (!running)");
        AppHost.ShouldContain("[\"Signing\", \"Encryption\"]");
        AppHost.ShouldContain("Identity__{key}Certificate");
        AppHost.ShouldContain("identity-prepare");
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

    [GeneratedRegex("AddService<Projects\\.(?<project>\\w+)>\\(\"(?<name>[a-z-]+)\"")]
    private static partial Regex AddedService();

    [GeneratedRegex("AddProject<Projects\\.(?<project>\\w+)>\\(\"(?<name>[a-z-]+)\"")]
    private static partial Regex AddedProject();
}
