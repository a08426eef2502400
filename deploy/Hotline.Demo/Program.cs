using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Hotline.Client;
using Hotline.Demo;
using Spectre.Console;

// deploy/demo passes the credentials file; everything else goes through the public API
if (args.Length != 1 || !File.Exists(args[0]))
{
    await Console.Error.WriteLineAsync("usage: deploy/demo (needs the credentials file that deploy/up wrote)");
    return 2;
}
var credentials = JsonNode.Parse(await File.ReadAllTextAsync(args[0]))!;
using var http = new HttpClient { BaseAddress = new Uri(credentials["gateway"]!.ToString()), Timeout = TimeSpan.FromSeconds(30) };
Api Client(string name) => new(http, credentials["clients"]![name]!["clientId"]!.ToString(),
    credentials["clients"]![name]!["clientSecret"]!.ToString());
var cast = new Cast(http, Client("operator"), Client("supervisor"));
var audit = new Audit(cast);

var played = new ConcurrentBag<(int Line, Played Played)>();
var faults = new ConcurrentDictionary<int, IReadOnlyList<string>>();
var completedBefore = new ConcurrentDictionary<string, int>();
if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 132;
AnsiConsole.MarkupLine($"[bold]12345 热线:一个上午[/] · {Calls.Morning.Length} calls · all people and companies are demo data");
try
{
    await LiftOwnSuspensions(); // of a run that was interrupted
    // the tally before, so that evaluation can be checked after
    await foreach (var vendor in Vendors()) completedBefore[vendor] = await audit.Completed(vendor);

    await AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
        .StartAsync(async progress =>
        {
            var calls = progress.AddTask("calls", maxValue: Calls.Morning.Length);
            await Parallel.ForAsync(0, Calls.Morning.Length, new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (line, _) =>
            {
                try { played.Add((line, await new Play(cast, line + 1).Run(Calls.Morning[line]))); }
                catch (PlatformException e) { faults[line] = [e.Message]; }
                calls.Increment(1);
            });
            var checks = progress.AddTask("checks in every service", maxValue: played.Count);
            await Parallel.ForEachAsync(played, new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (p, _) =>
            {
                var found = await audit.Of(p.Played);
                if (found.Count > 0) faults[p.Line] = found;
                checks.Increment(1);
            });
        });
    await CheckTally();
    CheckNumbers();
    await LiftOwnSuspensions(); // the story is told; the vendor is there for the next run
}
catch (HttpRequestException e)
{
    await Console.Error.WriteLineAsync($"error: the platform does not answer at {http.BaseAddress}: {e.Message}. Is it up (deploy/up)?");
    return 1;
}
catch (PlatformException e)
{
    await Console.Error.WriteLineAsync($"error: {e.Message}");
    return 1;
}

Print();
return faults.IsEmpty ? 0 : 1;

async IAsyncEnumerable<string> Vendors()
{
    for (var cursor = ""; cursor is not null;)
    {
        var page = await cast.Supervisor.Get($"/api/evaluation/vendors?limit=200&cursor={cursor}");
        if (page["items"] is null) throw new PlatformException($"evaluation: {page.Body.ToJsonString()}");
        foreach (var item in page.Items) yield return item["vendorId"]!.ToString();
        cursor = page["nextCursor"]?.ToString();
    }
}

async Task LiftOwnSuspensions()
{
    foreach (var sanction in (await cast.Supervisor.Get("/api/evaluation/sanctions?active=true&limit=200")).Items
        .Where(s => s["reason"]!.ToString() == Play.SuspensionReason))
        await cast.Supervisor.Must($"/api/evaluation/sanctions/{sanction["id"]}/lift", new { reason = "演示结束" });
}

// each completed service is counted once for its vendor: neither lost nor doubled on the way to evaluation
async Task CheckTally()
{
    var completed = played.SelectMany(p => p.Played.VendorIds.Zip(p.Played.OrderStatuses))
        .Where(o => o.Second == "completed").GroupBy(o => o.First);
    foreach (var vendor in completed)
    {
        var counted = 0;
        try
        {
            await Play.Until(async () =>
                (counted = await audit.Completed(vendor.Key) - completedBefore.GetValueOrDefault(vendor.Key)) == vendor.Count(), "");
        }
        catch (PlatformException)
        {
            faults[1000 + faults.Count] = [$"evaluation: vendor {vendor.Key} completed {vendor.Count()} services, counted {counted}"];
        }
    }
}

void CheckNumbers()
{
    foreach (var twice in played.GroupBy(p => p.Played.Number).Where(g => g.Count() > 1))
        faults[1000 + faults.Count] = [$"intake: number {twice.Key} given {twice.Count()} times"];
}

void Print()
{
    var table = new Table().Border(TableBorder.Rounded).AddColumns("number", "asked", "vendor", "outcome", "status", "ok");
    foreach (var (line, p) in played.OrderBy(p => p.Line))
    {
        var ok = !faults.ContainsKey(line);
        table.AddRow(p.Number, p.Call.Word, Markup.Escape(p.Vendor), Markup.Escape(p.Story.Length > 0 ? p.Story : "顺利完成"), p.FinalStatus,
            ok ? "[green]✓[/]" : "[red]✗[/]");
    }
    AnsiConsole.Write(table);
    var outcomes = new Table().Border(TableBorder.Rounded).AddColumn("outcome").AddColumn(new TableColumn("calls").RightAligned());
    foreach (var outcome in played.GroupBy(p => p.Played.Call.Turn).OrderByDescending(g => g.Count()))
        outcomes.AddRow(outcome.Key.ToString(), outcome.Count().ToString(System.Globalization.CultureInfo.InvariantCulture));
    AnsiConsole.Write(outcomes);
    foreach (var (line, found) in faults.OrderBy(f => f.Key))
        foreach (var fault in found) AnsiConsole.MarkupLineInterpolated(System.Globalization.CultureInfo.InvariantCulture,
            $"[red]✗[/] {(line < 1000 ? Calls.Morning[line].Word : "")} {fault}");
    AnsiConsole.MarkupLine(faults.IsEmpty
        ? $"[green]{played.Count} requests played: nothing lost, nothing doubled in any service[/]"
        : $"[red]{faults.Count} of {Calls.Morning.Length} went wrong[/]");
}
