using System.Diagnostics;
using System.Globalization;

namespace Hotline.Faults.Tests;

/// <summary>The promise: a request that was answered with 201 is never lost, never doubled, and comes to its end in every service,
/// whatever dies in between.</summary>
public sealed class FaultTests(Stack stack)
{
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Nothing_is_lost_or_doubled_whatever_dies()
    {
        using var client = new PatientClient(stack.Gateways);
        var city = new City(client, stack.Acknowledged);
        var watch = new Watch(client, city);
        await city.Begin(stack);
        var (balance, watching) = (client.Balance(), watch.Run());
        var before = await stack.Memory();

        var load = new Load(city, perSecond: 1);
        var rows = new List<FaultRow>();
        await using (var injections = new Injections(stack))
        {
            foreach (var injection in injections.Chosen)
            {
                var begun = DateTime.UtcNow;
                await injection.Run();
                var ended = DateTime.UtcNow;
                await stack.Recovered(injection.Kind, Settling);
                rows.Add(new(injection.Kind, injection.Times, Errors(client, begun), watch.LongestGap(begun), DateTime.UtcNow - ended));
            }
        }

        // two of each: one after the other is told to end, and nobody outside notices
        var rolling = DateTime.UtcNow;
        string[] services = Stack.Whole ? PlatformServices.Names : ["dispatch", "gateway"];
        foreach (var process in services.SelectMany(Stack.ProcessesOf))
        {
            await stack.Control("restart", process);
            await stack.Recovered($"restart of {process}", Settling);
        }
        var rolled = new FaultRow($"rolling restart of {(Stack.Whole ? "all services" : "dispatch and gateway")} (not a fault)",
            2 * services.Length, Errors(client, rolling), watch.LongestGap(rolling), TimeSpan.Zero);
        rows.Add(rolled);

        await load.End();
        watch.End();
        await watching;
        var reconciled = await stack.Reconcile();
        var lies = client.Errors.Where(e => e.Lie is not null).Select(e => e.Lie!).Distinct().ToArray();

        var report = stack.Report;
        report.Add(rows);
        report.Add($"requests acknowledged {stack.Acknowledged.Count}, tries of clients that failed {client.Errors.Count}, "
            + $"of these with a wrong answer {client.Errors.Count(e => e.Lie is not null)}; {reconciled["orders"]} orders, "
            + $"{reconciled["callbacks"]} callbacks, {reconciled["timeline"]} timeline entries");
        report.Add($"lost {reconciled["missing"]}, doubled {reconciled["doubled"]}, stuck {reconciled["stuck"]}, "
            + $"disagreeing {reconciled["disagreeing"]}");
        var after = await stack.Memory();
        report.Add("memory, MiB before and after: "
            + string.Join(", ", after.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Key} {before[m.Key]:0} {m.Value:0}"))));
        report.Save();

        lies.ShouldBeEmpty();
        load.Failures.ShouldBeEmpty();
        reconciled["requests"]!.GetValue<int>().ShouldBe(stack.Acknowledged.Count, "each was registered once");
        rolled.Errors.Keys.Where(what => what != PatientClient.Slow)
            .ShouldBeEmpty("a rolling restart of two replicas shows nothing to clients");
        after.Values.ShouldAllBe(mib => mib < 700);
        client.Dispose();
        await balance;
    }

    private static Dictionary<string, int> Errors(PatientClient client, DateTime since) =>
        client.Errors.Where(e => e.At > since).GroupBy(e => e.What).ToDictionary(g => g.Key, g => g.Count());
}

/// <summary>Citizens call at a steady rate, whether the calls before are through or not.</summary>
public sealed class Load
{
    private readonly CancellationTokenSource _end = new();
    private readonly Task _calling;
    private readonly List<string> _failures = [];

    public Load(City city, double perSecond) => _calling = Call(city, perSecond);

    /// <summary>What a citizen met that must not be.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>No new calls; those that are under way come to their end.</summary>
    public async Task End()
    {
        await _end.CancelAsync();
        await _calling;
    }

    private async Task Call(City city, double perSecond)
    {
        var (begun, calls) = (Stopwatch.GetTimestamp(), new List<Task>());
        while (!_end.IsCancellationRequested)
        {
            calls.Add(One(city, calls.Count));
            var due = TimeSpan.FromSeconds(calls.Count / perSecond) - Stopwatch.GetElapsedTime(begun);
            if (due > TimeSpan.Zero) await Task.Delay(due);
        }
        await Task.WhenAll(calls);
    }

    private async Task One(City city, int number)
    {
        try { await city.Live(number); }
        catch (Exception e)
        {
            lock (_failures) _failures.Add(e.Message);
        }
    }
}
