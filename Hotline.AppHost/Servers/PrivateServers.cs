using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Hotline.AppHost.Description;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Hotline.AppHost.Servers;

/// <summary>A PostgreSQL and a RabbitMQ of the AppHost's own, from the distribution's packages: on loopback, with data in the state folder.
/// deploy/lib/prepare-servers and deploy/lib/run-server know how; the one-machine stack uses the same.</summary>
internal sealed class PrivateServers
{
    public const string ManagementTitle = "RabbitMQ management";

    private readonly IDistributedApplicationBuilder _builder;
    private readonly RunOptions _options;
    private readonly Dictionary<string, string> _facts;

    private PrivateServers(IDistributedApplicationBuilder builder, RunOptions options, Dictionary<string, string> facts) =>
        (_builder, _options, _facts) = (builder, options, facts);

    /// <summary>Installs missing packages as far as it may, and makes data folders and passwords where there are none.</summary>
    /// <exception cref="CannotStartException">It could not; the script has said why.</exception>
    public static PrivateServers Prepare(IDistributedApplicationBuilder builder, RunOptions options)
    {
        if (!OperatingSystem.IsLinux()) throw new CannotStartException("Without a container engine this needs Debian or Ubuntu");
        // what it says for people goes straight to this console; what it answers comes through the pipe, with the passwords
        using var script = Process.Start(new ProcessStartInfo("bash",
            [Script(options, "prepare-servers"), options.ServersFolder, FirstPort(options)])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        })!;
        script.StandardInput.Close();
        var answer = script.StandardOutput.ReadToEnd();
        script.WaitForExit();
        if (script.ExitCode != 0) throw new CannotStartException("the private PostgreSQL and RabbitMQ could not be prepared");
        var lines = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('=', 2));
        return new(builder, options, lines.ToDictionary(l => l[0], l => l[1]));
    }

    public Server Postgres()
    {
        var port = Port("POSTGRES_PORT");
        var address = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port}");
        var administrator = $"{address};Username=hotline;Password={_facts["POSTGRES_PASSWORD"]};Database=postgres;Pooling=false";
        var process = Run("postgres-server", "postgres", "Database", port, stop => Answers(administrator, stop));
        var password = Password("postgres-password", "POSTGRES_PASSWORD", "of the private PostgreSQL's administrator, hotline");
        var connection = _builder.AddConnectionString(PlatformDescription.Postgres,
            ReferenceExpression.Create($"{address};Username=hotline;Password={password}"));
        return new(connection.WithParentRelationship(process), process, ReferenceExpression.Create($"{address}"));
    }

    public Server RabbitMQ()
    {
        var (port, management) = (Port("RABBIT_PORT"), Port("MANAGEMENT_PORT"));
        var process = Run("rabbitmq-server", "rabbitmq", "MailMultiple", port, stop => Listens(port, stop));
        process.WithHttpEndpoint(port: management, targetPort: management, name: "management", isProxied: false)
            .WithUrlForEndpoint("management", url => url.DisplayText = ManagementTitle);
        var password = Password("rabbitmq-password", "RABBIT_PASSWORD", "of the private RabbitMQ's user, hotline");
        var connection = _builder.AddConnectionString(PlatformDescription.RabbitMQ,
            ReferenceExpression.Create($"amqp://hotline:{password}@127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}"));
        return new(connection.WithParentRelationship(process), process);
    }

    private IResourceBuilder<ExecutableResource> Run(
        string name, string server, string icon, int port, Func<CancellationToken, Task<HealthCheckResult>> check)
    {
        _builder.Services.AddHealthChecks().AddAsyncCheck($"{name}-ready", check);
        // from the repository's root on, as far as it goes: the dashboard shows it
        string[] words =
            [FromRoot(Script(_options, "run-server")), FromRoot(_options.ServersFolder), FirstPort(_options), server, "attended"];
        return _builder.AddExecutable(name, "bash", _options.Repository, words)
            .WithEndpoint(port: port, targetPort: port, scheme: "tcp", name: "tcp", isProxied: false)
            .WithUrlForEndpoint("tcp", url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly)
            .WithHealthCheck($"{name}-ready")
            .WithIconName(icon);
    }

    // PostgreSQL listens while it still recovers from a crash, and refuses
    private static async Task<HealthCheckResult> Answers(string administrator, CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(administrator);
        try
        {
            await connection.OpenAsync(stop);
            return HealthCheckResult.Healthy();
        }
        catch (NpgsqlException e)
        {
            return HealthCheckResult.Unhealthy("takes no connections yet", e);
        }
    }

    private static async Task<HealthCheckResult> Listens(int port, CancellationToken stop)
    {
        using var connection = new TcpClient();
        try
        {
            await connection.ConnectAsync("127.0.0.1", port, stop);
            return HealthCheckResult.Healthy();
        }
        catch (SocketException e)
        {
            return HealthCheckResult.Unhealthy($"nothing listens on port {port}", e);
        }
    }

    private IResourceBuilder<ParameterResource> Password(string name, string fact, string meaning) =>
        _builder.AddParameter(name, _facts[fact], secret: true).WithDescription(meaning);

    private int Port(string fact) => int.Parse(_facts[fact], CultureInfo.InvariantCulture);

    private static string Script(RunOptions options, string name) => Path.Combine(options.Repository, "deploy", "lib", name);

    private string FromRoot(string path) => Path.GetRelativePath(_options.Repository, path) is var relative
        && relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;

    private static string FirstPort(RunOptions options) => options.PublicUrl.Port.ToString(CultureInfo.InvariantCulture);
}
