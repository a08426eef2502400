using System.Collections.Frozen;
using System.Globalization;
using System.Security.Claims;
using Hotline.Wire;

namespace Hotline.ServiceDefaults;

/// <summary>Why a token that is valid by itself is not taken any more.</summary>
public enum TokenFate
{
    /// <summary>It is taken.</summary>
    Good,

    /// <summary>Its account, credential or session ended: sign in again.</summary>
    Ended,

    /// <summary>Its vendor was removed from the alliance: signing in again does not help.</summary>
    VendorRemoved,
}

/// <summary>What ended before its tokens run out (<see cref="Auth"/>: up to half an hour), as Identity tells every process twice a second.
/// A key is a subject with its generation
/// (all tokens of an older generation are void), a session, or a vendor that was removed. Until the first word from Identity nothing is
/// known and no token is taken;
/// when Identity is away later, what is known goes on to hold: nobody can be ended without it.</summary>
public sealed class Revocations
{
    /// <summary>Claim with the generation of a token's subject; none = 0.</summary>
    public const string GenerationClaim = "gen";

    /// <summary>Claim with the session that a person's token belongs to.</summary>
    public const string SessionClaim = "sid";

    private readonly Lock _lock = new();
    private readonly List<Watch> _watches = [];
    private volatile FrozenDictionary<string, int>? _ended;

    private sealed record Watch(ClaimsPrincipal User, CancellationTokenSource Ends);

    /// <summary>Whether Identity has been heard.</summary>
    public bool Known => _ended is not null;

    /// <summary>The key of a session.</summary>
    public static string Session(string id) => $"sid:{id}";

    /// <summary>The key of a vendor.</summary>
    public static string Vendor(Guid id) => $"vendor:{id}";

    /// <summary>Whether the principal of a token or a session cookie is still taken.</summary>
    public TokenFate FateOf(ClaimsPrincipal user)
    {
        if (_ended is not { } ended) return TokenFate.Good;
        // what cannot be mended by signing in again is said first
        if (Guid.TryParse(user.FindFirstValue(Auth.VendorClaim), out var vendor) && ended.ContainsKey(Vendor(vendor)))
            return TokenFate.VendorRemoved;
        var (subject, session) = (user.FindFirstValue("sub"), user.FindFirstValue(SessionClaim));
        // a person's session of a release that gave it no id: nobody can list or end it, so its owner signs in once more.
        // A system's subject is its client id
        if (session is null ? Guid.TryParse(subject, out _) : ended.ContainsKey(Session(session))) return TokenFate.Ended;
        var generation = int.TryParse(user.FindFirstValue(GenerationClaim), CultureInfo.InvariantCulture, out var given) ? given : 0;
        return subject is not null && ended.TryGetValue(subject, out var least) && generation < least
            ? TokenFate.Ended : TokenFate.Good;
    }

    /// <summary>For what stays open: calls once the principal is taken no more.</summary>
    /// <param name="user">Whose stream it is.</param>
    /// <param name="ends">Is cancelled then.</param>
    /// <returns>Dispose to stop watching.</returns>
    public IDisposable EndWith(ClaimsPrincipal user, CancellationTokenSource ends)
    {
        var watch = new Watch(user, ends);
        lock (_lock) _watches.Add(watch);
        if (FateOf(user) is not TokenFate.Good) ends.Cancel(); // it may have ended while the stream was opened
        return new Unwatch(this, watch);
    }

    /// <summary>What Identity says now, in place of what it said before.</summary>
    public void Replace(IReadOnlyDictionary<string, int> ended)
    {
        _ended = ended.ToFrozenDictionary();
        lock (_lock) // a watch is not taken away while it is called
        {
            foreach (var watch in _watches.Where(w => FateOf(w.User) is not TokenFate.Good).ToArray()) watch.Ends.Cancel();
        }
    }

    private sealed class Unwatch(Revocations revocations, Watch watch) : IDisposable
    {
        public void Dispose()
        {
            lock (revocations._lock) revocations._watches.Remove(watch);
        }
    }
}

/// <summary>Revocations in a process.</summary>
public static class RevocationSetup
{
    private static readonly Text VendorRemoved = new("vendor.terminated", "该企业已解除加盟", "The vendor was removed from the alliance");

    /// <summary>Asks Identity what has ended.</summary>
    internal static void AddRevocations(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Revocations>().AddSingleton<RevocationSeal>().AddHostedService<RevocationPoll>();
        builder.Services.AddHttpClient(RevocationPoll.Client,
            http => (http.BaseAddress, http.Timeout) = (IdentityClient.Address, TimeSpan.FromSeconds(2)))
            .AddServiceDiscovery();
    }

    /// <summary>Takes nobody any more whose account, session or vendor ended. After authentication, before authorization.</summary>
    public static void UseRevocations(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (http.User.Identity is { IsAuthenticated: true })
        {
            var revocations = http.RequestServices.GetRequiredService<Revocations>();
            if (!revocations.Known)
            {
                await Problems.Of(Problems.TextOf(StatusCodes.Status503ServiceUnavailable), StatusCodes.Status503ServiceUnavailable)
                    .ExecuteAsync(http);
                return;
            }
            switch (revocations.FateOf(http.User))
            {
                case TokenFate.VendorRemoved:
                    await new Refusal(VendorRemoved, StatusCodes.Status403Forbidden, "terminated").ToProblem().ExecuteAsync(http);
                    return;
                case TokenFate.Ended:
                    http.User = new(new ClaimsIdentity()); // nobody: what needs somebody answers 401
                    break;
            }
        }
        await next(http);
    });
}
