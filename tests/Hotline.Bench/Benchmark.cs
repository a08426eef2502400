using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Hotline.Bench;

/// <summary>Runs the scenarios and shows the rows.</summary>
public static class Benchmark
{
    public static async Task<int> Run(string root, string[] words)
    {
        string? Of(string name) => Array.IndexOf(words, name) is >= 0 and var i && i + 1 < words.Length ? words[i + 1] : null;
        var quick = words.Contains("--quick");
        var only = Of("--only")?.Split(',');
        var rows = new List<Row>();
        await AnsiConsole.Progress().Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn()).StartAsync(async progress =>
        {
            var scenarios = new Scenarios(root, quick, Of("--target"), progress);
            rows.AddRange(await scenarios.Run(only));
        });
        Show(rows);
        if (Of("--json") is { } file) await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { rows }, JsonSerializerOptions.Web));
        return 0;
    }

    private static void Show(IReadOnlyList<Row> rows)
    {
        var table = new Table().RoundedBorder().AddColumn("figure").AddColumn(new TableColumn("value").RightAligned()).AddColumn("unit").AddColumn(new TableColumn("reference").RightAligned())
            .AddColumn(new TableColumn("ratio").RightAligned()).AddColumn("reach").AddColumn("met");
        foreach (var row in rows) table.AddRow(Markup.Escape(row.Figure), Number(row.Value), row.Unit, Number(row.Reference), Number(row.Ratio), Markup.Escape(row.Reach ?? ""), row.Met switch { true => "yes", false => "no", null => "" });
        AnsiConsole.Write(table);
    }

    private static string Number(double? value) => value switch
    {
        null => "",
        >= 100 or <= -100 => value.Value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 or <= -10 => value.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.00", CultureInfo.InvariantCulture),
    };
}
