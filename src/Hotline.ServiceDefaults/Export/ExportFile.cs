using Hotline.Wire;

namespace Hotline.ServiceDefaults;

/// <summary>What the cells of a column are.</summary>
public enum ExportKind
{
    Text,
    Number,

    /// <summary>CNY.</summary>
    Money,

    /// <summary>A day of the city.</summary>
    Day,

    /// <summary>A moment, shown on the city's clock.</summary>
    Moment,
}

/// <summary>A column of a file that is exported.</summary>
/// <param name="Heading">In the first row, in the caller's language.</param>
/// <param name="Width">In characters, for a spreadsheet.</param>
public sealed record ExportColumn(Text Heading, ExportKind Kind, int Width);

/// <summary>A list as a file: what it is called, and which columns it has.</summary>
/// <param name="code">In English, as in the list's address.</param>
/// <param name="chinese">What the file is called.</param>
/// <param name="ofCitizens">A supervisor may ask for it with citizens in full, which is noted.</param>
public sealed class ExportFile<T>(string code, string chinese, string english, bool ofCitizens = false)
{
    private readonly List<ExportColumn> _columns = [];
    private readonly List<Func<T, object?>> _cells = [];

    public string Code { get; } = code;

    public Text Title { get; } = new($"export.{code}", chinese, english);

    public bool OfCitizens { get; } = ofCitizens;

    public IReadOnlyList<ExportColumn> Columns => _columns;

    /// <summary>The cells of a row: texts, numbers, amounts, days and moments; null = empty.</summary>
    public IEnumerable<object?> Cells(T row) => _cells.Select(cell => cell(row));

    public ExportFile<T> Words(string chinese, string english, Func<T, string?> cell, int width = 16) =>
        Add(chinese, english, ExportKind.Text, width, row => cell(row));

    /// <summary>A value as the console says it.</summary>
    /// <param name="group">Of the console's words, for example Request.</param>
    public ExportFile<T> Word(string chinese, string english, string group, Func<T, string?> value) =>
        Words(chinese, english, row => value(row) is { Length: > 0 } word ? ConsoleWords.Say($"{group}.{word}") : null, 12);

    public ExportFile<T> YesNo(string chinese, string english, Func<T, bool?> value) =>
        Words(chinese, english, row => value(row) is { } yes ? ConsoleWords.Say(yes ? "Yes" : "No") : null, 8);

    public ExportFile<T> Number(string chinese, string english, Func<T, double?> cell) =>
        Add(chinese, english, ExportKind.Number, 10, row => cell(row));

    public ExportFile<T> Money(string chinese, string english, Func<T, decimal?> cell) =>
        Add(chinese, english, ExportKind.Money, 12, row => cell(row));

    public ExportFile<T> Day(string chinese, string english, Func<T, DateOnly?> cell) =>
        Add(chinese, english, ExportKind.Day, 12, row => cell(row));

    public ExportFile<T> Moment(string chinese, string english, Func<T, DateTimeOffset?> cell) =>
        Add(chinese, english, ExportKind.Moment, 20, row => cell(row));

    private ExportFile<T> Add(string chinese, string english, ExportKind kind, int width, Func<T, object?> cell)
    {
        _columns.Add(new(new($"export.{Code}.{_columns.Count}", chinese, english), kind, width));
        _cells.Add(cell);
        return this;
    }
}
