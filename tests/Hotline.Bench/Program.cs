using System.Globalization;
using System.Text.Json;
using Hotline.Bench;
using Spectre.Console;

// Hotline.Bench CREDENTIALS [--json FILE]: figures of a platform that runs; started by deploy/bench
var credentials = JsonDocument.Parse(await File.ReadAllTextAsync(args[0])).RootElement;
var json = args is [_, "--json", var file] ? file : null;
var rows = await ConsoleBench.Run(credentials);

var table = new Table().RoundedBorder().AddColumn("figure").AddColumn(new TableColumn("value").RightAligned()).AddColumn("unit").AddColumn("reach").AddColumn("met");
foreach (var row in rows) table.AddRow(row.Figure, row.Value.ToString("0.#", CultureInfo.InvariantCulture), row.Unit, row.Reach is { } reach ? $"<= {reach.ToString("0.#", CultureInfo.InvariantCulture)}" : "", row.Met switch { true => "yes", false => "no", null => "" });
AnsiConsole.Write(table);
if (json is not null) await File.WriteAllTextAsync(json, JsonSerializer.Serialize(new { rows }, JsonSerializerOptions.Web));
return 0;
