using System.Net;
using System.Net.Sockets;

namespace Hotline.EndToEnd.Tests;

public sealed class CommandTests(Platform platform)
{
    [Fact]
    public async Task Starting_twice_is_harmless()
    {
        var credentials = Path.Combine(platform.State, "credentials.json");
        var before = await File.ReadAllTextAsync(credentials, TestContext.Current.CancellationToken);
        var (code, output) = await Platform.Deploy("up", "--state", platform.State, "--port", Platform.Port);
        code.ShouldBe(0, output);
        output.ShouldContain("healthy");
        (await File.ReadAllTextAsync(credentials, TestContext.Current.CancellationToken)).ShouldBe(before);
        (File.GetUnixFileMode(credentials) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)).ShouldBe(UnixFileMode.None);
    }

    [Fact]
    public async Task A_taken_port_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var folder = Path.Combine(platform.State, "..", "taken");
        var (code, output) = await Platform.Deploy("up", "--state", folder, "--port", $"{Math.Min(port, 64000)}");
        if (port > 64000) return; // outside the range that --port takes
        (code, output.Contains($"port {port} is taken", StringComparison.Ordinal)).ShouldBe((1, true), output);
    }

    [Theory]
    [InlineData("up")]
    [InlineData("down")]
    [InlineData("demo")]
    [InlineData("test")]
    [InlineData("redrive")]
    [InlineData("bench")]
    [InlineData("reconcile")]
    [InlineData("backup")]
    [InlineData("restore")]
    [InlineData("two-factor-off")]
    public async Task Every_command_explains_itself_and_refuses_what_it_does_not_know(string command)
    {
        var help = await Platform.Deploy(command, "--help");
        (help.Code, help.Output.StartsWith($"Usage: deploy/{command}", StringComparison.Ordinal)).ShouldBe((0, true), help.Output);
        var unknown = await Platform.Deploy(command, "--nonsense");
        (unknown.Code, unknown.Output.Contains("--help", StringComparison.Ordinal)).ShouldBe((1, true), unknown.Output);
    }

    [Fact]
    public async Task There_is_nothing_to_redrive()
    {
        var (code, output) = await Platform.Deploy("redrive", "--state", platform.State, "list");
        (code, output.Trim()).ShouldBe((0, "no messages in error queues"), output);
    }

    [Fact]
    public async Task A_killed_service_comes_back_with_its_data_and_its_deadlines()
    {
        var id = await platform.A_vendor("期限测试店", "house.wall-paint");
        var request = await platform.Operator.Post("/api/intake/requests", Platform.Request("刷墙"));
        var order = await platform.Operator.Post("/api/dispatch/orders",
            new { requestId = request.Id, vendorId = id, answerWithinSeconds = 5 });
        order.Code.ShouldBe(201, order.ToString());
        await platform.Control("signal", "KILL", "services:dispatch");
        await Wait.Until(async () => (await platform.Operator.Get($"/api/dispatch/orders/{order.Id}")).Text("status") == "expired",
            "expired after the restart", TimeSpan.FromSeconds(60));
        await Wait.Until(async () => (await platform.Operator.Get($"/api/intake/requests/{request.Id}")).Text("status") == "registered",
            "intake told");
    }

    [Fact]
    public async Task While_a_service_is_away_the_gateway_says_so_and_when_to_come_back()
    {
        await platform.Control("stop", "services:follow-up");
        var away = await platform.Operator.Get("/api/follow-ups");
        (away.Code, away.Text("code")).ShouldBe((502, "service.unavailable"));
        away.Headers.RetryAfter.ShouldNotBeNull();
        (await platform.Operator.Get("/api/intake/requests")).Code.ShouldBe(200);
        await platform.Control("start", "services:follow-up");
        await Wait.Until(async () => (await platform.Operator.Get("/api/follow-ups")).Code == 200, "back");
    }

    [Fact]
    public async Task A_service_that_starts_while_identity_is_away_says_so_instead_of_blaming_the_token()
    {
        (await platform.Operator.Get("/api/follow-ups")).Code.ShouldBe(200);
        await platform.Control("stop", "services:identity");
        await platform.Control("restart", "services:follow-up");
        await Wait.Until(async () => (await platform.Operator.Get("/api/follow-ups")).Code == 503, "503 while the keys are missing");
        await platform.Control("start", "services:identity");
        await Wait.Until(async () => (await platform.Operator.Get("/api/follow-ups")).Code == 200, "served once the keys are there");
    }
}
