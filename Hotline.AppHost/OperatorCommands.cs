using Hotline.AppHost.Description;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hotline.AppHost;

/// <summary>What the ops team does to the whole platform, as commands of the gateway in the dashboard. Each runs the tool that the commands
/// in deploy/ run, and
/// shows what it said; one that fails is shown as failed.</summary>
internal static class OperatorCommands
{
    private static readonly string WithQueues =
        string.Join(',', PlatformDescription.Services.Where(s => s.Database is not null).Select(s => s.Name));

    public static void Add(IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> gateway, RunOptions options)
    {
        Tool("demo-data", "Play the demo 演示", "Hotline.Demo", [], "PlayCircle",
            "Plays a morning of 36 calls through the public API, with every outcome, and looks in every service whether anything was "
            + "lost or doubled");
        Tool("reconcile", "Reconcile 对账", "Hotline.Ops", ["reconcile"], "ClipboardCheckmark",
            "Compares the books of all services: missing, doubled, stuck, disagreeing. It only reads");
        Tool("redrive-list", "Error queues 死信", "Hotline.Ops", ["errors", "--services", WithQueues], "MailWarning",
            "Lists what consumers could not take and waits in error queues");

        void Tool(string name, string title, string project, string[] words, string icon, string description) => gateway.WithProcessCommand(
            name, title, _ => Specification(options, project, words), new ProcessCommandOptions
            {
                Description = description,
                IconName = icon,
                MaxOutputLineCount = 500,
                UpdateState = context => context.ResourceSnapshot.HealthStatus == HealthStatus.Healthy
                    ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
            });
    }

    private static ProcessCommandSpec Specification(RunOptions options, string project, string[] words)
    {
        return new("dotnet")
        {
            Arguments = [options.BuiltAssembly($"deploy/{project}/{project}.csproj"), options.CredentialsFile, .. words],
            WorkingDirectory = options.Repository,
            KillEntireProcessTree = true,
        };
    }
}
