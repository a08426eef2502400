using System.Diagnostics;
using Npgsql;

namespace Hotline.Bench;

/// <summary>A platform of the benchmark's own: deploy/up with fresh data and ports of its own.</summary>
public sealed class Stack(string root) : IAsyncDisposable
{
    private const string Port = "28080";

    // what one client may ask in a second, and how many streams it may have, is mostly not what is measured
    private static readonly (string, string)[] Unlimited =
    [
        ("RateLimit__ApiPerSecond", "1000000"), ("RateLimit__ApiBurst", "1000000"),
        ("RateLimit__SignInPerSecond", "1000"), ("RateLimit__SignInBurst", "1000"), ("RateLimit__Streams", "1000"),
    ];

    private bool _ordinaryLimits;

    public string State { get; } = Path.Combine(root, ".hotline", "bench");

    public string Credentials => Path.Combine(State, "credentials.json");

    /// <summary>Starts it.</summary>
    /// <returns>How long deploy/up took when everything was built before.</returns>
    public async Task<TimeSpan> Start()
    {
        await Deploy("down", "--state", State, "--purge");
        await Deploy("up", "--state", State, "--port", Port, "--no-dashboard");
        await Deploy("down", "--state", State);
        var begun = Stopwatch.GetTimestamp();
        await Deploy("up", "--state", State, "--port", Port);
        return Stopwatch.GetElapsedTime(begun);
    }

    /// <summary>Starts it anew with the same data.</summary>
    /// <param name="ordinaryLimits">With the limits for a client that a platform has by default.</param>
    public async Task Restart(bool ordinaryLimits)
    {
        await Deploy("down", "--state", State);
        _ordinaryLimits = ordinaryLimits;
        await Deploy("up", "--state", State, "--port", Port);
    }

    /// <summary>Address of a service, without the gateway.</summary>
    public Uri Direct(string service) => new(Setting($"services__{service}__http__0"));

    public string Postgres(string database) => $"{Setting("ConnectionStrings__postgres")};Database={database}";

    public Uri Rabbit => new(Setting("ConnectionStrings__rabbitmq"));

    /// <summary>Runs a statement as long as it takes.</summary>
    public async Task Sql(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(Postgres(database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync() => await Deploy("down", "--state", State, "--purge");

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<string> Execute(string program, IEnumerable<string> words, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, words)
        { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{Path.GetFileName(program)} ended with "
            + $"{process.ExitCode}: {await output}{await error}");
    }

    private string Setting(string name) => File.ReadLines(Path.Combine(State, "services.env"))
        .First(l => l.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..];

    private Task<string> Deploy(string command, params string[] words) =>
        Execute(Path.Combine(root, "deploy", command), words, _ordinaryLimits ? [] : Unlimited);
}
