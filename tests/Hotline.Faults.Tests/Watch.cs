using System.Collections.Concurrent;

namespace Hotline.Faults.Tests;

/// <summary>Asks each service through the gateway, four times a second, and keeps when it answered.</summary>
public sealed class Watch(PatientClient client, City city)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<(DateTime At, bool Ok)>> _answers = new();
    private readonly CancellationTokenSource _end = new();

    private (string Name, string Path, string? Token)[] Probes =>
    [
        ("identity", "/.well-known/openid-configuration", null), ("intake", "/api/intake/requests?limit=1", city.Operator),
        ("vendor-registry", "/api/vendors/match?q=shutong&area=330381001&limit=1", city.Operator),
        ("dispatch", "/api/dispatch/orders?limit=1", city.Operator), ("follow-up", "/api/follow-ups?limit=1", city.Operator),
        ("evaluation", "/api/evaluation/vendors?limit=1", city.Supervisor),
    ];

    public Task Run() => Task.WhenAll(Probes.Select(async probe =>
    {
        var answers = _answers.GetOrAdd(probe.Name, _ => []);
        while (!_end.IsCancellationRequested)
        {
            var (_, error) = await client.Once(probe.Token, HttpMethod.Get, probe.Path, null, null, TimeSpan.FromSeconds(3));
            if (error is not null) client.Errors.Enqueue(error);
            answers.Enqueue((DateTime.UtcNow, error is null));
            await Task.Delay(Every);
        }
    }));

    public void End() => _end.Cancel();

    /// <summary>The longest time, since then, during which a service answered nothing: between two answers, less the usual pause.</summary>
    public TimeSpan LongestGap(DateTime since)
    {
        var longest = TimeSpan.Zero;
        foreach (var answers in _answers.Values)
        {
            var last = since;
            foreach (var (at, ok) in answers.Where(a => a.At > since))
            {
                // only where something failed in between: a slow answer is an answer
                if (!ok) continue;
                if (answers.Any(a => !a.Ok && a.At > last && a.At < at) && at - last - Every > longest) longest = at - last - Every;
                last = at;
            }
        }
        return longest;
    }
}
