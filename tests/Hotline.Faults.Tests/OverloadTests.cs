using System.Collections.Concurrent;
using System.Diagnostics;

namespace Hotline.Faults.Tests;

/// <summary>More calls than the platform can take: it says so at once to those that are too many, serves the others in bounded time,
/// and is itself again afterwards.</summary>
public sealed class OverloadTests(Stack stack)
{
    private static readonly TimeSpan Saturating = TimeSpan.FromSeconds(5), Overloading = TimeSpan.FromSeconds(8);

    private sealed record Try(int Code, TimeSpan Took, string? Lie);

    [Fact]
    public async Task At_three_times_the_sustainable_rate_load_is_shed_and_the_rest_served()
    {
        Assert.SkipUnless(Stack.Whole, "deploy/test --faults");
        using var client = new PatientClient(stack.Gateways);
        var city = new City(client, stack.Acknowledged);
        await city.Begin(stack);
        var mine = new ConcurrentBag<Guid>();
        var desk = client.Impatient(city.Operator, TimeSpan.FromSeconds(40));
        async Task<Try> Register(int number)
        {
            const string path = "/api/intake/requests";
            var begun = Stopwatch.GetTimestamp();
            Answer answer;
            try { answer = await desk.Post(path, City.Call(number), ("Idempotency-Key", Guid.NewGuid().ToString("N"))); }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                return new(0, Stopwatch.GetElapsedTime(begun), "no answer");
            }
            if (answer.Code == 201)
            {
                stack.Acknowledged.Add(answer.Id);
                mine.Add(answer.Id);
            }
            return new(answer.Code, Stopwatch.GetElapsedTime(begun), TryLog.IsFault(answer.Code) ? TryLog.Lie(path, answer) : null);
        }

        // as much as it takes of clients that wait for each answer; the first seconds, of code that is compiled while it runs, do not count
        var number = 0;
        async Task<double> Saturate()
        {
            var (begun, before) = (Stopwatch.GetTimestamp(), number);
            await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
            {
                while (Stopwatch.GetElapsedTime(begun) < Saturating)
                    (await Register(Interlocked.Increment(ref number))).Code.ShouldBe(201);
            }));
            return (number - before) / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        }
        for (var i = 0; i < 3; i++) await Saturate();
        var sustainable = await Saturate();

        // three times that, of clients that do not wait
        var begun = Stopwatch.GetTimestamp();
        var tries = new List<Task<Try>>();
        while (Stopwatch.GetElapsedTime(begun) < Overloading)
        {
            for (var due = (int)(Stopwatch.GetElapsedTime(begun).TotalSeconds * 3 * sustainable) - tries.Count; due > 0; due--)
                tries.Add(Register(Interlocked.Increment(ref number)));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
        var answers = await Task.WhenAll(tries);
        var (accepted, shed) = (answers.Where(a => a.Code == 201).Select(a => a.Took).Order().ToArray(),
            answers.Count(a => a.Code is 429 or 503));

        var again = Stopwatch.GetTimestamp();
        await Wait.Until(async () => (await Register(Interlocked.Increment(ref number))) is { Code: 201, Took.TotalSeconds: < 1 },
            "the platform is itself again");
        await stack.Recovered("overload", Wait.Patience);
        var recovery = Stopwatch.GetElapsedTime(again);
        foreach (var some in mine.Chunk(16))
            await Task.WhenAll(some.Select(async id =>
                (await city.Operator.Client.Post($"/api/intake/requests/{id}/cancel", new { reason = "演示结束" })).Code.ShouldBe(200)));
        await stack.Reconcile();

        stack.Report.Add($"overload: {sustainable:0} requests/s sustained, {answers.Length / Overloading.TotalSeconds:0}/s offered: "
            + $"{accepted.Length} accepted, {shed} told to come back; "
            + $"accepted in {Of(accepted, 0.5):0.00} s (median), {Of(accepted, 0.99):0.00} s (99 %); "
            + $"itself again after {recovery.TotalSeconds:0.0} s");
        stack.Report.Save();
        answers.Where(a => a.Lie is not null).Select(a => a.Lie).Distinct().ShouldBeEmpty();
        answers.ShouldAllBe(a => a.Code == 201 || a.Code == 429 || a.Code == 503);
        shed.ShouldBeGreaterThan(0);
        accepted.Length.ShouldBeGreaterThan((int)(sustainable * Overloading.TotalSeconds / 10), "overloaded is not out of order");
        Of(accepted, 0.99).ShouldBeLessThan(10);
        (await stack.Memory()).Values.ShouldAllBe(mib => mib < 700);
    }

    private static double Of(TimeSpan[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))].TotalSeconds;
}
