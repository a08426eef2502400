using System.Globalization;
using Npgsql;

namespace Hotline.Tools.Shared;

/// <summary>A platform on this machine, as the scripts in deploy/ run it.</summary>
/// <param name="root">The checkout whose scripts and sources it is of.</param>
/// <param name="state">Folder with its data, settings and logs.</param>
/// <param name="port">The gateway's, from which all others follow.</param>
public sealed class LocalStack(string root, string state, int port)
{
    public string State => state;

    public string CredentialsFile => Path.Combine(state, "credentials.json");

    /// <summary>What its scripts find in their environment besides that of this process: deploy/up hands settings on to the
    /// services.</summary>
    public IReadOnlyList<(string Name, string? Value)> Environment { get; set; } = [];

    /// <summary>The gateway of a replica.</summary>
    public Uri Gateway(int replica = 0) => new($"http://localhost:{port + (30 * replica)}");

    /// <summary>Runs one of the commands in deploy/ to its end, whatever that is.</summary>
    public static Task<(int Code, string Output)> Deploy(string root, string command, params string[] words) =>
        ProcessRunner.Run(Path.Combine(root, "deploy", command), words);

    /// <exception cref="InvalidOperationException">It does not come up.</exception>
    public Task Up(params string[] words) => Must("up", ["--port", port.ToString(CultureInfo.InvariantCulture), .. words]);

    /// <param name="purge">Whether its data goes too.</param>
    public Task Down(bool purge = false) => Must("down", purge ? ["--purge"] : []);

    public Supervisord Supervisord { get; } = new(state);

    /// <summary>A setting of the services, as deploy/up wrote it down.</summary>
    public string Setting(string name) => ValueIn("services.env", name);

    public string Secret(string name) => ValueIn("secrets", name);

    /// <summary>A service's own address, past the gateway.</summary>
    public Uri Address(string service, int replica = 0) => new(Setting($"services__{service}__http__{replica}"));

    /// <summary>A database, as the server's administrator sees it.</summary>
    public string Postgres(string database) =>
        new NpgsqlConnectionStringBuilder(Setting("ConnectionStrings__postgres")) { Database = database }.ConnectionString;

    public Uri Rabbit => new(Setting("ConnectionStrings__rabbitmq"));

    public BrokerAdmin Broker() => new(new($"http://hotline:{Secret("RABBIT_PASSWORD")}@127.0.0.1:{port + 22}"));

    private Task Must(string command, string[] words) =>
        ProcessRunner.Must(Path.Combine(root, "deploy", command), ["--state", state, .. words], [.. Environment]);

    private string ValueIn(string file, string name) => File.ReadLines(Path.Combine(state, file))
        .First(l => l.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..];
}
