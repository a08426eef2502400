using Hotline.AppHost;
using Hotline.AppHost.Rendering;
using Hotline.AppHost.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

if (args is ["render"])
{
    RenderCommand.Run(Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../..")));
    return 0;
}

var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
{
    Args = args,
    // everything listens on this machine alone, and a certificate would be one more thing to have
    AllowUnsecuredTransport = true,
    TrustDeveloperCertificate = false,
    DeveloperCertificateDefaultHttpsTerminationEnabled = false,
    DashboardApplicationName = "12345 热线 Hotline",
});
try
{
    builder.Services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
        .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None) // what it could not do it throws
        .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));
    var options = RunOptions.Of(builder);
    var servers = ServerChoice.Add(builder, options);
    var services = new Services(builder, options, servers);
    services.Add();
    if (builder.ExecutionContext.IsRunMode)
    {
        OperatorCommands.Add(builder, services.Gateway, options);
        RunLifetime.Add(builder, options, servers, services);
    }
    await builder.Build().RunAsync();
    return Environment.ExitCode;
}
catch (OperationCanceledException)
{
    return Environment.ExitCode; // ended before everything had started
}
catch (CannotStartException e)
{
    await Console.Error.WriteLineAsync($"error: {e.Message}");
    return 1;
}
