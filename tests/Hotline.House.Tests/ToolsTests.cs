namespace Hotline.House.Tests;

/// <summary>Commands and tests ask the platform, its broker and the machine in one way.</summary>
public sealed class ToolsTests
{
    [Theory]
    [InlineData("new ProcessStartInfo(", "src/Hotline.Tools/Shared/ProcessRunner.cs",
        // one speaks to its terminal while it runs, the other is not waited for beyond some seconds
        "Hotline.AppHost/Servers/PrivateServers.cs", "Hotline.AppHost/Servers/ContainerEngine.cs")]
    [InlineData("amq.default/publish", "src/Hotline.Tools/Shared/BrokerAdmin.cs")]
    [InlineData("[\"client_secret\"] =", "src/Hotline.Tools/Shared/SignIn.cs")]
    [InlineData("/api/vendor/orders/{id}/{step}", "src/Hotline.Tools/Shared/Lifecycle.cs")]
    [InlineData("\"supervisorctl\"", "src/Hotline.Tools/Shared/Supervisord.cs")]
    public void There_is_one_of_each(string mark, params string[] files) =>
        Tree.TrackedFiles().Where(f => f.EndsWith(".cs", StringComparison.Ordinal) && Path.GetFileName(f) != "ToolsTests.cs")
            .Where(f => Tree.Read(f).Contains(mark, StringComparison.Ordinal)).Order().ShouldBe(files.Order());
}
