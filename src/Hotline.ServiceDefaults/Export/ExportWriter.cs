namespace Hotline.ServiceDefaults;

/// <summary>Writes rows in one of the formats, as they come: nothing but a buffer is kept. What has no end written is no whole
/// file.</summary>
public abstract class ExportWriter
{
    /// <summary>The first row.</summary>
    public abstract Task Begin(IReadOnlyList<ExportColumn> columns, CancellationToken stop);

    /// <param name="cells">Of a row: string, double, decimal, DateOnly, DateTimeOffset, or null.</param>
    public abstract Task Write(IEnumerable<object?> cells, CancellationToken stop);

    public abstract Task End(CancellationToken stop);
}

/// <summary>A format of files.</summary>
/// <param name="Name">As it is asked for, and the ending of a file's name.</param>
/// <param name="Onto">Begins a file on a stream, which it leaves open.</param>
public sealed record ExportFormat(string Name, string MediaType, Func<Stream, ExportWriter> Onto)
{
    /// <summary>The first is what nobody needs to ask for.</summary>
    public static readonly ExportFormat[] All =
    [
        new("csv", "text/csv; charset=utf-8", file => new CsvExport(file)),
        new("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", file => new XlsxExport(file)),
    ];
}
