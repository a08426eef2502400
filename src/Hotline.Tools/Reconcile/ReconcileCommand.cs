using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Hotline.Reconciliation;
using Hotline.Tools.Shared;
using Spectre.Console;

namespace Hotline.Tools.Reconcile;

/// <summary>deploy/reconcile.</summary>
public static class ReconcileCommand
{
    public static Command Describe()
    {
        var credentials = PlatformCredentials.Option();
        var patience = new Option<int>("--patience")
        { Description = "Seconds for which a difference may last", DefaultValueFactory = _ => 30 };
        var final = new Option<bool>("--final") { Description = "Everything should have come to its end" };
        var acknowledged = new Option<FileInfo>("--acknowledged")
        { Description = "Ids of requests, one a line, that clients were told of" }.AcceptExistingOnly();
        var json = new Option<FileInfo>("--json") { Description = "Also write the counts to this file" };
        var command = new Command("reconcile", "Compares the books of all services") { credentials, patience, final, acknowledged, json };
        command.SetAction(async given => await Run(
            await PlatformCredentials.Read(given.GetRequiredValue(credentials).FullName), TimeSpan.FromSeconds(given.GetValue(patience)),
            new(await Ids(given.GetValue(acknowledged)), given.GetValue(final)), given.GetValue(json)));
        return command;
    }

    /// <returns>0 where all agree, 1 where not, 2 where the books cannot be read.</returns>
    private static async Task<int> Run(PlatformCredentials credentials, TimeSpan patience, Expectation expected, FileInfo? json)
    {
        using var http = Patience.Client(credentials.Gateway, TimeSpan.FromSeconds(60));
        var ops = new SignIn(http, credentials.Client("ops")).Client;

        Reconciled reconciled;
        try
        {
            reconciled = await Reconciler.Run(() => BookReader.Read(async path => (await ops.Read(path)).Body, TimeProvider.System),
                expected, patience, TimeProvider.System, default);
        }
        catch (Exception e) when (e is PlatformException or HttpRequestException)
        {
            await Console.Error.WriteLineAsync($"error: the books cannot be read: {e.Message}. All services must answer: deploy/up, "
                + "or look at their logs.");
            return 2;
        }

        var findings = reconciled.Findings;
        IReadOnlyList<Counted> counted = [new("acknowledged to clients, as given", "acknowledged", expected.Acknowledged.Count),
            .. reconciled.Counted];
        IReadOnlyList<Counted> wrong = [.. Enum.GetValues<Fault>().Select(fault =>
            new Counted($"{fault}".ToLowerInvariant(), $"{fault}".ToLowerInvariant(), findings.Count(f => f.Fault == fault)))];
        Print(counted, findings);
        if (json is not null)
        {
            await File.WriteAllTextAsync(json.FullName, JsonSerializer.Serialize(
                counted.Concat(wrong).Where(c => c.Key is not null).ToDictionary(c => c.Key!, c => c.Count), JsonSerializerOptions.Web));
        }
        Console.WriteLine(string.Join(", ", wrong.Select(w => $"{w.What} {w.Count}")));
        return findings.Count == 0 ? 0 : 1;
    }

    private static void Print(IReadOnlyList<Counted> counted, IReadOnlyList<Finding> findings)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("on the books").AddColumn(new TableColumn("count").RightAligned());
        foreach (var row in counted) table.AddRow(row.What, row.Count.ToString("#,0", CultureInfo.InvariantCulture));
        AnsiConsole.Write(table);
        foreach (var finding in findings.Take(100))
            Console.WriteLine($"{finding.Fault.ToString().ToLowerInvariant(),-12} {finding.Subject}: {finding.Found.En}");
        if (findings.Count > 100) Console.WriteLine($"… and {findings.Count - 100} more");
    }

    private static async Task<Guid[]> Ids(FileInfo? file) => file is null ? []
        : [.. (await File.ReadAllLinesAsync(file.FullName)).Where(l => l.Length > 0).Select(Guid.Parse)];
}
