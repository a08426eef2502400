using Hotline.Tools.Shared;

namespace Hotline.Bench;

/// <summary>A platform under load, through its public API.</summary>
public sealed class Platform : IDisposable
{
    private readonly Dictionary<string, SignIn> _signedIn;

    private Platform(PlatformCredentials credentials)
    {
        (Gateway, Http) = (credentials.Gateway, Client(credentials.Gateway));
        _signedIn = ((string[])["operator", "supervisor", "ops"]).ToDictionary(r => r, r => new SignIn(Http, credentials.Client(r)));
        (Operator, Supervisor, Ops) = (_signedIn["operator"].Client, _signedIn["supervisor"].Client, _signedIn["ops"].Client);
        Life = new(Operator);
    }

    public Uri Gateway { get; }

    public HttpClient Http { get; }

    public Client Operator { get; }

    public Client Supervisor { get; }

    public Client Ops { get; }

    public Lifecycle Life { get; }

    public static async Task<Platform> Open(string credentialsFile) => new(await PlatformCredentials.Read(credentialsFile));

    /// <summary>A token that is valid now.</summary>
    public Task<string> Token(string role) => _signedIn[role].Token();

    public static HttpClient Client(Uri address) =>
        new(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5), EnableMultipleHttp2Connections = false })
        { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>For what is read without end.</summary>
    public HttpClient Endless()
    {
        var http = Client(Gateway);
        http.Timeout = Timeout.InfiniteTimeSpan;
        return http;
    }

    /// <summary>Registers a citizen's call.</summary>
    public Task<Answer> Register(int number) =>
        Life.Register(new() { Phone = $"145{number % 100_000_000:00000000}", CategoryCode = "drains.unclog-drain" });

    public void Dispose() => Http.Dispose();
}
