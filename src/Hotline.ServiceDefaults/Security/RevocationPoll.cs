using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Hotline.Messaging;
using Microsoft.AspNetCore.DataProtection;

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
/// Nothing new costs a 304. While it does not answer, what it told before goes on to hold.</summary>
public sealed class RevocationPoll(IHttpClientFactory clients, Revocations revocations, RevocationSeal seal, ILogger<RevocationPoll> log)
    : Clock(TimeSpan.FromMilliseconds(500), log)
{
    /// <summary>Path at Identity; the gateway does not lead to it.</summary>
    public const string Path = "/revocations";

    /// <summary>Name of the client at <see cref="IHttpClientFactory"/>.</summary>
    public const string Client = "revocations";

    private EntityTagHeaderValue? _tag;

    /// <inheritdoc/>
    protected override async Task Tick(CancellationToken stop)
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
