using System.Collections.Concurrent;
using Polly.Timeout;

namespace Hotline.Faults.Tests;

/// <summary>Clients as the API's documentation asks for: they send to a gateway that says it is well, and try again,
/// with the same Idempotency-Key, what failed for a moment.</summary>
public sealed class PatientClient : IDisposable
{
    /// <summary>The client waited no longer.</summary>
    public const string Slow = "slow";

    private static readonly TimeSpan Try = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(500);
    private const int Tries = 480; // four minutes of refusals
    private readonly CancellationTokenSource _end = new();
    private readonly Gateways _gateways;
    private readonly TryLog _log;
    private readonly HttpClient _patient;

    public PatientClient(Uri[] gateways)
    {
        _gateways = new(gateways);
        _log = new(_gateways);
        _patient = Patience.Client(gateways[0], _log, new()
        {
            MaxRetryAttempts = Tries,
            Delay = Again,
            ShouldHandle = tried => ValueTask.FromResult(tried.Outcome is { Result.StatusCode: var status } ? TryLog.IsFault((int)status)
                : tried.Outcome.Exception is HttpRequestException or IOException or TimeoutRejectedException),
        }, Try);
    }

    /// <summary>Tries that failed, of all.</summary>
    public ConcurrentQueue<ClientError> Errors => _log.Errors;

    /// <summary>Watches the gateways' health, as a balancer in front of them does.</summary>
    public Task Balance() => _gateways.Watch(_end.Token);

    public SignIn SignIn((string Id, string Secret) credential) => new(_patient, credential);

    /// <summary>Gives ten vendors a system of their own.</summary>
    public Task<IReadOnlyList<(Guid Id, Client System)>> Vendors(Client supervisor) => VendorAccess.ForDrains(_patient, supervisor, 10);

    /// <summary>Tries once, for measuring; the same person otherwise.</summary>
    /// <param name="atMost">How long it waits.</param>
    public Client Impatient(SignIn person, TimeSpan atMost) =>
        new(new(_log, disposeHandler: false) { BaseAddress = _patient.BaseAddress, Timeout = atMost }, async () => await person.Token());

    public void Dispose()
    {
        _end.Cancel();
        _patient.Dispose();
    }
}
