using Aspire.Hosting.ApplicationModel;
using Hotline.AppHost.Description;
using Hotline.Tools.Demo;
using Xunit.v3;

namespace Hotline.AppHost.Tests;

/// <summary>One run of the AppHost from its start to its end; the tests run in the order in which they are written.</summary>
[TestMethodOrderer(typeof(UnorderedTestMethodOrderer))]
public sealed class AppHostTests(RunningAppHost host) : IClassFixture<RunningAppHost>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void Without_a_container_engine_everything_is_healthy_on_private_servers()
    {
        string[] resources = ["postgres-server", "rabbitmq-server", .. PlatformDescription.Services.Select(s => s.Name)];
        foreach (var resource in resources)
            host.StateOf(resource).ShouldBe("Running Healthy", resource);
        foreach (var service in PlatformDescription.Services.Where(s => s.Preparation.Count > 0))
            host.StateOf($"{service.Name}-prepare").ShouldStartWith("Finished", customMessage: service.Name);
    }

    [Fact]
    public async Task A_call_is_served_and_called_back_through_the_gateway()
    {
        var played = await new Play(host.Cast, seed: 1).Run(Calls.Morning.First(c => c.Turn is Turn.Served));
        (played.FinalStatus, played.OrderStatuses.Single(), played.FollowUpStatuses.Single())
            .ShouldBe(("closed", "completed", "completed"));
        (await new Audit(host.Cast).Of(played)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Telemetry_of_every_service_arrives_where_the_dashboard_takes_it()
    {
        foreach (var service in PlatformDescription.Services)
            foreach (var signal in (string[])["traces", "logs", "metrics"])
                await Wait.Until(() => host.Telemetry.Has(service.Name, signal), $"{signal} of {service.Name}", Patience);
    }

    [Fact]
    public async Task The_dashboards_commands_run_the_tools_and_show_what_they_say()
    {
        var errors = await host.Command("gateway", "redrive-list");
        (errors.Success, errors.Data?.Value.Trim()).ShouldBe((true, "no messages in error queues"), errors.Message);
        var books = await host.Command("gateway", "reconcile");
        books.Success.ShouldBeTrue(books.Message);
        books.Data!.Value.ShouldContain("missing 0, doubled 0, stuck 0, disagreeing 0");
    }

    [Fact]
    public async Task A_service_that_was_stopped_catches_up_when_it_is_started_again()
    {
        (await host.Command("evaluation", KnownResourceCommands.StopCommand)).Success.ShouldBeTrue();
        await Wait.Until(() => !host.StateOf("evaluation").StartsWith("Running", StringComparison.Ordinal), "evaluation stopped", Patience);
        var played = await new Play(host.Cast, seed: 2).Run(Calls.Morning.First(c => c.Word == "开锁"));
        (await host.Command("evaluation", KnownResourceCommands.StartCommand)).Success.ShouldBeTrue();
        await Wait.Until(() => host.StateOf("evaluation") == "Running Healthy", "evaluation healthy again", Patience);

        var (audit, vendor) = (new Audit(host.Cast), played.VendorIds.Single());
        await Wait.Until(async () => await audit.Completed(vendor) == 1, "the service that was completed meanwhile, counted once");
        (await audit.Of(played)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Everything_ends_when_the_host_ends()
    {
        host.Mark.Processes().ShouldContain(p => p.Contains("beam.smp", StringComparison.Ordinal), "so that an end can be seen");
        await host.End();
        await Wait.Until(() => host.Mark.Processes().Count == 0, "the end of every process", Patience);
    }
}
