using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hotline.Client;
using Spectre.Console;

namespace Hotline.Ops;

/// <summary>deploy/reconcile: [--patience SECONDS] [--acknowledged FILE] [--final] [--json FILE].</summary>
public static class ReconcileCommand
{
    /// <returns>0 where all agree, 1 where not, 2 where the books cannot be read.</returns>
    public static async Task<int> Run(Options options)
    {
        var patience = TimeSpan.FromSeconds(int.Parse(options.Of("--patience") ?? "30", CultureInfo.InvariantCulture));
        Guid[] acknowledged = options.Of("--acknowledged") is { } file
            ? [.. (await File.ReadAllLinesAsync(file)).Where(l => l.Length > 0).Select(Guid.Parse)] : [];
        var final = options.Has("--final");

        var credentials = JsonNode.Parse(await File.ReadAllTextAsync(options.Credentials))!;
        using var http = new HttpClient { BaseAddress = new Uri(credentials["gateway"]!.ToString()), Timeout = TimeSpan.FromSeconds(60) };
        var ops = new Api(http, credentials["clients"]!["ops"]!["clientId"]!.ToString(),
            credentials["clients"]!["ops"]!["clientSecret"]!.ToString());

        Books books;
        IReadOnlyList<Finding> findings;
        try
        {
            books = await BookReader.Read(ops);
            findings = Find(books);
            // what is only under way is gone at the second look; what is wrong stays
            var until = DateTimeOffset.UtcNow + patience;
            while (findings.Count > 0 && DateTimeOffset.UtcNow < until)
            {
                await Task.Delay(TimeSpan.FromSeconds(1));
                books = await BookReader.Read(ops);
                findings = [.. findings.Intersect(Find(books))];
            }
        }
        catch (Exception e) when (e is PlatformException or HttpRequestException)
        {
            await Console.Error.WriteLineAsync($"error: the books cannot be read: {e.Message}. All services must answer: deploy/up, "
                + "or look at their logs.");
            return 2;
        }

        IReadOnlyList<Finding> Find(Books read) => new Reconciliation(read, acknowledged, final).Find();

        var timeline = books.Requests.Sum(r => r.Timeline.Sum(t => (long)t.Count));
        var table = new Table().Border(TableBorder.Rounded).AddColumn("on the books").AddColumn(new TableColumn("count").RightAligned());
        foreach (var (what, count) in ((string, long)[])[
            ("acknowledged to clients, as given", acknowledged.Length), ("requests", books.Requests.Count), ("orders", books.Orders.Count),
            ("callbacks", books.FollowUps.Count), ("timeline entries", timeline), ("facts in scores", books.Facts.Sum(f => f.Kinds.Count)),
            ("vendors", books.Vendors.Count)])
            table.AddRow(what, count.ToString("#,0", CultureInfo.InvariantCulture));
        AnsiConsole.Write(table);
        foreach (var finding in findings.Take(100))
            Console.WriteLine($"{finding.Fault.ToString().ToLowerInvariant(),-12} {finding.Subject}: {finding.What}");
        if (findings.Count > 100) Console.WriteLine($"… and {findings.Count - 100} more");

        int Count(Fault fault) => findings.Count(f => f.Fault == fault);
        if (options.Of("--json") is { } json)
        {
            await File.WriteAllTextAsync(json, JsonSerializer.Serialize(new
            {
                acknowledged = acknowledged.Length,
                requests = books.Requests.Count,
                orders = books.Orders.Count,
                callbacks = books.FollowUps.Count,
                timeline,
                missing = Count(Fault.Missing),
                doubled = Count(Fault.Doubled),
                stuck = Count(Fault.Stuck),
                disagreeing = Count(Fault.Disagreeing),
            }, JsonSerializerOptions.Web));
        }
        Console.WriteLine($"missing {Count(Fault.Missing)}, doubled {Count(Fault.Doubled)}, stuck {Count(Fault.Stuck)}, "
            + $"disagreeing {Count(Fault.Disagreeing)}");
        return findings.Count == 0 ? 0 : 1;
    }
}
