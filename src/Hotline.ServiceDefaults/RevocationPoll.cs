using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using OpenTelemetry;

namespace Hotline.ServiceDefaults;

/// <summary>What has ended, sealed with the key ring that all processes share, so that nobody else can read it or make it up.</summary>
public sealed class RevocationSeal(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Hotline.Revocations");

    /// <summary>For sending.</summary>
    public string Seal(IReadOnlyDictionary<string, int> ended) => _protector.Protect(JsonSerializer.Serialize(ended));

    /// <exception cref="System.Security.Cryptography.CryptographicException">Not sealed by this platform.</exception>
    public Dictionary<string, int> Open(string text) => JsonSerializer.Deserialize<Dictionary<string, int>>(_protector.Unprotect(text))!;
}

/// <summary>Asks Identity twice a second what has ended: over HTTP on the inner network, so that it goes on while the broker is away.
/// Nothing new costs a 304.</summary>
public sealed class RevocationPoll(IHttpClientFactory clients, Revocations revocations, RevocationSeal seal, ILogger<RevocationPoll> log) : BackgroundService
{
    /// <summary>Path at Identity; the gateway does not lead to it.</summary>
    public const string Path = "/revocations";

    /// <summary>Name of the client at <see cref="IHttpClientFactory"/>.</summary>
    public const string Client = "revocations";

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    /// <summary>Told once a minute at most that Identity does not answer.</summary>
    private const int Quiet = 120;

    private EntityTagHeaderValue? _tag;
    private int _failures;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var untraced = SuppressInstrumentationScope.Begin();
        using var timer = new PeriodicTimer(Every);
        do
        {
            try
            {
                await Ask(stoppingToken);
                _failures = 0;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (_failures++ % Quiet == 0) log.LogWarning(e, "Identity does not tell what has ended; what it told before goes on to hold");
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Ask(CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path.TrimStart('/'));
        if (_tag is not null) request.Headers.IfNoneMatch.Add(_tag);
        using var answer = await clients.CreateClient(Client).SendAsync(request, stop);
        if (answer.StatusCode is HttpStatusCode.NotModified) return;
        answer.EnsureSuccessStatusCode();
        revocations.Replace(seal.Open(await answer.Content.ReadAsStringAsync(stop)));
        _tag = answer.Headers.ETag;
    }
}
