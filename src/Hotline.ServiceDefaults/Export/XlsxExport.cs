using System.Xml;
using Hotline.Wire;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace Hotline.ServiceDefaults;

/// <summary>Office Open XML with one sheet. Texts are text cells, which are no formulas and keep their zeros; moments are dates on the
/// city's clock.</summary>
internal sealed class XlsxExport(Stream file) : ExportWriter
{
    /// <summary>A cell of Excel holds no more.</summary>
    private const int MostCharacters = 32_767;

    private const int SentAtOnce = 32 * 1024;

    private static readonly SpreadCheetahOptions Options = new() { CompressionLevel = SpreadCheetahCompressionLevel.Fastest };

    private readonly Made _made = new();
    private Spreadsheet _sheet = null!;
    private StyledCell[] _row = [];
    private StyleId? _money, _day, _moment;

    public override async Task Begin(IReadOnlyList<ExportColumn> columns, CancellationToken stop)
    {
        _sheet = await Spreadsheet.CreateNewAsync(_made, Options, stop);
        var options = new WorksheetOptions { FrozenRows = 1 };
        foreach (var (index, column) in columns.Index()) options.Column(index + 1).Width = column.Width;
        await _sheet.StartWorksheetAsync("1", options, stop);
        var heading = _sheet.AddStyle(new Style { Font = { Bold = true } });
        StyleId Formatted(string format) => _sheet.AddStyle(new Style { Format = NumberFormat.Custom(format) });
        (_money, _day, _moment) = (Formatted("#,##0.00"), Formatted("yyyy-mm-dd"), Formatted("yyyy-mm-dd hh:mm:ss"));
        await _sheet.AddHeaderRowAsync([.. columns.Select(c => c.Heading.Say())], heading, stop);
        _row = new StyledCell[columns.Count];
    }

    public override async Task Write(IEnumerable<object?> cells, CancellationToken stop)
    {
        foreach (var (index, cell) in cells.Index()) _row[index] = Cell(cell);
        await _sheet.AddRowAsync(_row, stop);
        if (_made.Length >= SentAtOnce) await Send(stop);
    }

    public override async Task End(CancellationToken stop)
    {
        await _sheet.FinishAsync(stop);
        await _sheet.DisposeAsync();
        await Send(stop);
    }

    private async Task Send(CancellationToken stop)
    {
        await file.WriteAsync(_made.GetBuffer().AsMemory(0, (int)_made.Length), stop);
        _made.SetLength(0);
    }

    private StyledCell Cell(object? value) => value switch
    {
        string text => new(Readable(text), null),
        DateTimeOffset moment => new(moment.ToLocal().DateTime, _moment),
        DateOnly day => new(day.ToDateTime(TimeOnly.MinValue), _day),
        decimal amount => new(amount, _money),
        double number => new(number, null),
        _ => new((string?)null, null),
    };

    /// <summary>A text that a cell can hold: not too long, and of characters that XML allows.</summary>
    internal static string Readable(string text)
    {
        if (text.Length > MostCharacters)
        {
            var end = MostCharacters - 1;
            text = text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + "…";
        }
        return Enumerable.Range(0, text.Length).All(i => IsReadable(text, i)) ? text
            : string.Concat(text.Select((c, i) => IsReadable(text, i) ? c : '\uFFFD'));
    }

    private static bool IsReadable(string text, int at) => XmlConvert.IsXmlChar(text[at])
        || (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
        || (char.IsLowSurrogate(text[at]) && at > 0 && char.IsHighSurrogate(text[at - 1]));

    /// <summary>What was made since the last was sent. The framework ends a part of an archive synchronously, and an answer must not be
    /// written so; nor may it go back to what was sent.</summary>
    private sealed class Made : MemoryStream
    {
        public override bool CanSeek => false;
    }
}
