using System.Collections.Concurrent;
using System.CommandLine;
using Hotline.Tools.Shared;
using Spectre.Console;

namespace Hotline.Tools.Demo;

/// <summary>deploy/demo: a morning of calls through the public API, and then a look into every service.</summary>
public sealed class DemoCommand
{
    private const int AtOnce = 6;
    private readonly Cast _cast;
    private readonly Audit _audit;
    private readonly ConcurrentBag<(int Line, Played Played)> _played = [];
    private readonly ConcurrentDictionary<int, IReadOnlyList<string>> _faults = new();
    private readonly ConcurrentDictionary<Guid, int> _completedBefore = new();

    private DemoCommand(Cast cast) => (_cast, _audit) = (cast, new(cast));

    public static Command Describe() => PlatformCredentials.Command("demo", "Plays a morning at the hotline", Run);

    /// <returns>0 where nothing was lost and nothing doubled, else 1.</returns>
    private static async Task<int> Run(PlatformCredentials credentials)
    {
        using var http = Patience.Client(credentials.Gateway, TimeSpan.FromSeconds(30));
        var demo = new DemoCommand(new(http, credentials));
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 132;
        AnsiConsole.MarkupLine($"[bold]12345 热线：一个上午[/] · {Calls.Morning.Length} calls · all people and companies are demo data");
        try
        {
            await demo.Play();
        }
        catch (HttpRequestException e)
        {
            await Console.Error.WriteLineAsync($"error: the platform does not answer at {http.BaseAddress}: {e.Message}. "
                + "Is it up (deploy/up)?");
            return 1;
        }
        catch (PlatformException e)
        {
            await Console.Error.WriteLineAsync($"error: {e.Message}");
            return 1;
        }
        DemoReport.Print([.. demo._played.OrderBy(p => p.Line)], demo._faults);
        return demo._faults.IsEmpty ? 0 : 1;
    }

    private async Task Play()
    {
        await LiftOwnSuspensions(); // of a run that was interrupted
        // the tally before, so that evaluation can be checked after
        await foreach (var vendor in Vendors()) _completedBefore[vendor] = await _audit.Completed(vendor);

        await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async progress =>
            {
                var calls = progress.AddTask("calls", maxValue: Calls.Morning.Length);
                await Parallel.ForAsync(0, Calls.Morning.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (line, _) =>
                {
                    try { _played.Add((line, await new Play(_cast, line + 1).Run(Calls.Morning[line]))); }
                    catch (Exception e) when (e is PlatformException or TimeoutException) { _faults[line] = [e.Message]; }
                    calls.Increment(1);
                });
                var checks = progress.AddTask("checks in every service", maxValue: _played.Count);
                await Parallel.ForEachAsync(_played, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (p, _) =>
                {
                    var found = await _audit.Of(p.Played);
                    if (found.Count > 0) _faults[p.Line] = found;
                    checks.Increment(1);
                });
            });
        await CheckTally();
        CheckNumbers();
        await LiftOwnSuspensions(); // the story is told; the vendor is there for the next run
    }

    private async IAsyncEnumerable<Guid> Vendors()
    {
        for (var cursor = ""; cursor is not null;)
        {
            var page = await _cast.Supervisor.Read($"/api/evaluation/vendors?limit=200&cursor={cursor}");
            foreach (var item in page.Items) yield return Guid.Parse(item["vendorId"]!.ToString());
            cursor = page["nextCursor"]?.ToString();
        }
    }

    private async Task LiftOwnSuspensions()
    {
        foreach (var sanction in (await _cast.Supervisor.Read("/api/evaluation/sanctions?active=true&limit=200")).Items
            .Where(s => s["reason"]!.ToString() == Demo.Play.SuspensionReason))
            await _cast.Supervisor.Must($"/api/evaluation/sanctions/{sanction["id"]}/lift", new { reason = "演示结束" });
    }

    // each completed service is counted once for its vendor: neither lost nor doubled on the way to evaluation
    private async Task CheckTally()
    {
        var completed = _played.SelectMany(p => p.Played.VendorIds.Zip(p.Played.OrderStatuses))
            .Where(o => o.Second == "completed").GroupBy(o => o.First);
        foreach (var vendor in completed)
        {
            var counted = 0;
            try
            {
                await Demo.Play.Until(async () =>
                    (counted = await _audit.Completed(vendor.Key) - _completedBefore.GetValueOrDefault(vendor.Key)) == vendor.Count(), "");
            }
            catch (TimeoutException)
            {
                AddFault($"evaluation: vendor {vendor.Key} completed {vendor.Count()} services, counted {counted}");
            }
        }
    }

    private void CheckNumbers()
    {
        foreach (var twice in _played.GroupBy(p => p.Played.Number).Where(g => g.Count() > 1))
            AddFault($"intake: number {twice.Key} given {twice.Count()} times");
    }

    // of no one call
    private void AddFault(string what) => _faults[1000 + _faults.Count] = [what];
}
