using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hotline.AppHost;

/// <summary>What the ops team does to the whole platform, as commands of the gateway in the dashboard. Each runs the tool that the
/// commands in deploy/ run, and shows what it said; one that fails is shown as failed.</summary>
internal static class OperatorCommands
{
    public static void Add(IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> gateway, RunOptions options)
    {
        Tool("demo-data", "Play the demo 演示", "demo", "PlayCircle",
            "Plays a morning of 36 calls through the public API, with every outcome, and looks in every service whether anything was "
            + "lost or doubled");
        Tool("reconcile", "Reconcile 对账", "reconcile", "ClipboardCheckmark",
            "Compares the books of all services: missing, doubled, stuck, disagreeing. It only reads");
        Tool("redrive-list", "Error queues 死信", "errors", "MailWarning",
            "Lists what consumers could not take and waits in error queues");

        void Tool(string name, string title, string command, string icon, string description) => gateway.WithProcessCommand(
            name, title, _ => Specification(options, command), new ProcessCommandOptions
            {
                Description = description,
                IconName = icon,
                MaxOutputLineCount = 500,
                UpdateState = context => context.ResourceSnapshot.HealthStatus == HealthStatus.Healthy
                    ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
            });
    }

    private static ProcessCommandSpec Specification(RunOptions options, string command) => new("dotnet")
    {
        Arguments = [options.BuiltAssembly("src/Hotline.Tools/Hotline.Tools.csproj"), command, "--credentials", options.CredentialsFile],
        WorkingDirectory = options.Repository,
        KillEntireProcessTree = true,
    };
}
