namespace Hotline.Console.Api;

/// <summary>Lines of a spreadsheet: sent as text/csv, not as JSON.</summary>
public sealed record CsvText(string Text);
