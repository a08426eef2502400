using System.Globalization;
using Spectre.Console;

namespace Hotline.Tools.Demo;

/// <summary>What a morning came to, as tables.</summary>
internal static class DemoReport
{
    /// <param name="played">By their lines.</param>
    /// <param name="faults">What went wrong, by the call's line; where it is of no one call, by a number that is none.</param>
    public static void Print(IReadOnlyList<(int Line, Played Played)> played, IReadOnlyDictionary<int, IReadOnlyList<string>> faults)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("number", "asked", "vendor", "outcome", "status", "ok");
        foreach (var (line, p) in played)
        {
            table.AddRow(p.Number, p.Call.Word, Markup.Escape(p.Vendor), Markup.Escape(p.Story.Length > 0 ? p.Story : "顺利完成"),
                p.FinalStatus, faults.ContainsKey(line) ? "[red]✗[/]" : "[green]✓[/]");
        }
        AnsiConsole.Write(table);
        var outcomes = new Table().Border(TableBorder.Rounded).AddColumn("outcome").AddColumn(new TableColumn("calls").RightAligned());
        foreach (var outcome in played.GroupBy(p => p.Played.Call.Turn).OrderByDescending(g => g.Count()))
            outcomes.AddRow(outcome.Key.ToString(), outcome.Count().ToString(CultureInfo.InvariantCulture));
        AnsiConsole.Write(outcomes);
        foreach (var (line, found) in faults.OrderBy(f => f.Key))
        {
            foreach (var fault in found)
            {
                AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture,
                    $"[red]✗[/] {(line < Calls.Morning.Length ? Calls.Morning[line].Word : "")} {fault}");
            }
        }
        AnsiConsole.MarkupLine(faults.Count == 0
            ? $"[green]{played.Count} requests played: nothing lost, nothing doubled in any service[/]"
            : $"[red]{faults.Count} of {Calls.Morning.Length} went wrong[/]");
    }
}
