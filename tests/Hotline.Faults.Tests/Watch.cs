using System.Collections.Concurrent;

namespace Hotline.Faults.Tests;

/// <summary>Asks each service through the gateway, four times a second, and keeps when it answered.</summary>
public sealed class Watch(PatientClient client, City city)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<(DateTime At, bool Ok)>> _answers = new();
    private readonly CancellationTokenSource _end = new();

    private (string Name, string Path, SignIn Who)[] Probes =>
    [
        ("identity", "/.well-known/openid-configuration", city.Operator), ("intake", "/api/intake/requests?limit=1", city.Operator),
        ("vendor-registry", "/api/vendors/match?q=shutong&area=330381001&limit=1", city.Operator),
        ("dispatch", "/api/dispatch/orders?limit=1", city.Operator), ("follow-up", "/api/follow-ups?limit=1", city.Operator),
        ("evaluation", "/api/evaluation/vendors?limit=1", city.Supervisor),
    ];

    public Task Run() => Task.WhenAll(Probes.Select(async probe =>
    {
        var (answers, asking) = (_answers.GetOrAdd(probe.Name, _ => []), client.Impatient(probe.Who, TimeSpan.FromSeconds(3)));
        while (!_end.IsCancellationRequested)
        {
            var ok = await Answers(asking, probe.Path);
            answers.Enqueue((DateTime.UtcNow, ok));
            await Task.Delay(Every);
        }
    }));

    private static async Task<bool> Answers(Client client, string path)
    {
        try { return !TryLog.IsFault((await client.Get(path)).Code); }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException) { return false; }
    }

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
