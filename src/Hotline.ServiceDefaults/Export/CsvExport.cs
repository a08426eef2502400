using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Hotline.Wire;

namespace Hotline.ServiceDefaults;

/// <summary>RFC 4180 in UTF-8. The mark at its beginning tells Excel so.</summary>
internal sealed class CsvExport(Stream file) : ExportWriter
{
    private const int Buffer = 16 * 1024;

    private readonly CsvWriter _csv = new(new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), Buffer),
        new CsvConfiguration(CultureInfo.InvariantCulture)
        { NewLine = "\r\n", ShouldQuote = cell => cell.Field.AsSpan().ContainsAny("\",\r\n") });

    public override Task Begin(IReadOnlyList<ExportColumn> columns, CancellationToken stop) =>
        Write(columns.Select(c => c.Heading.Say()), stop);

    public override Task Write(IEnumerable<object?> cells, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        foreach (var cell in cells) _csv.WriteField(Cell(cell));
        return _csv.NextRecordAsync();
    }

    public override Task End(CancellationToken stop) => _csv.FlushAsync();

    internal static string? Cell(object? value) => value switch
    {
        string text => Harmless(text),
        DateTimeOffset moment => moment.ToLocal().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        decimal amount => amount.ToString("0.00", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    // what a spreadsheet program would take for a formula gets an apostrophe in front (OWASP, CSV injection); those of a Chinese keyboard
    // count too. A number is none, negative or not.
    private static string Harmless(string text) =>
        text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20', ..] ? "'" + text : text;
}
