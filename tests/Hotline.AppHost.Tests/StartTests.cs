using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Hotline.AppHost.Tests;

/// <summary>A start that cannot succeed.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task A_server_that_does_not_start_ends_the_run_with_its_last_words()
    {
        var port = RunningAppHost.Port + 60;
        using var taken = new TcpListener(IPAddress.Loopback, port + 20); // where PostgreSQL would listen
        taken.Start();
        var begun = Stopwatch.StartNew();
        var (code, output) = await ProcessRunner.Run("dotnet", Path.Combine(AppContext.BaseDirectory, "../../../../..",
            "Hotline.AppHost/bin/Release/net10.0/Hotline.AppHost.dll"),
            "--Servers=Private", $"--PublicUrl=http://localhost:{port}", $"--State={RunningAppHost.Folder("unlucky")}",
            $"--ASPNETCORE_URLS=http://localhost:{port + 30}", $"--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://localhost:{port + 31}",
            $"--ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL=http://localhost:{port + 32}");
        code.ShouldBe(1, output);
        output.ShouldContain("postgres-server failed");
        output.ShouldContain($"port {port + 20} is taken");
        output.ShouldNotContain("   at ", customMessage: "a stack trace helps nobody who runs it");
        begun.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
    }
}
