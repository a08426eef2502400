using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Hotline.Bench;

/// <summary>What deploy/bench was asked for.</summary>
/// <param name="Root">The checkout.</param>
/// <param name="Seconds">Length of a run; null = the usual.</param>
/// <param name="Only">Some of <see cref="Scenarios.Names"/>; none = all.</param>
/// <param name="Target">Credentials file of a platform that runs already; null = one of the benchmark's own.</param>
/// <param name="Json">File for the rows; null = none.</param>
public sealed record BenchOptions(
    string Root, bool Quick, int? Seconds, IReadOnlyList<string> Only, int Vendors, string? Target, string? Json);

/// <summary>Runs the scenarios and shows the rows.</summary>
public static class Benchmark
{
    public static async Task<int> Run(BenchOptions options)
    {
        if (options.Only.Except(Scenarios.Names).FirstOrDefault() is { } unknown)
        {
            AnsiConsole.MarkupLineInterpolated(
                $"[red]There is no scenario '{unknown}'.[/] Name some of {string.Join(", ",
                    Scenarios.Names)}, for example --only match,register");
            return 2;
        }
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 180;
        Scenarios? scenarios = null;
        Exception? failed = null;
        try
        {
            await AnsiConsole.Progress().Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(),
                    new PercentageColumn(), new ElapsedTimeColumn())
                .StartAsync(progress =>
                {
                    scenarios = new Scenarios(options, progress);
                    return scenarios.Run();
                });
        }
        catch (Exception e)
        {
            failed = e; // what was measured before is shown, and then why there is no more of it
        }
        var rows = scenarios?.Rows ?? [];
        Show(rows);
        if (options.Json is { } file) await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { rows }, JsonSerializerOptions.Web));
        if (failed is null) return 0;
        AnsiConsole.WriteException(failed);
        return 1;
    }

    private static void Show(IReadOnlyList<Row> rows)
    {
        var table = new Table().RoundedBorder().AddColumn("figure").AddColumn(new TableColumn("value").RightAligned()).AddColumn("unit")
            .AddColumn(new TableColumn("reference").RightAligned())
            .AddColumn(new TableColumn("ratio").RightAligned()).AddColumn("reach").AddColumn("met");
        foreach (var row in rows) table.AddRow(Markup.Escape(row.Figure), Shown(row.Value), row.Unit, Shown(row.Reference),
            Shown(row.Ratio), Markup.Escape(row.Reach ?? ""), row.Met switch { true => "yes", false => "no", null => "" });
        AnsiConsole.Write(table);
    }

    private static string Shown(double? value) => value switch
    {
        null => "",
        >= 100 or <= -100 => value.Value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 or <= -10 => value.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.00", CultureInfo.InvariantCulture),
    };
}
