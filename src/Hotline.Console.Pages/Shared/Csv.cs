namespace Hotline.Console.Shared;

/// <summary>Spreadsheets as text, cells between commas (RFC 4180).</summary>
public static class Csv
{
    /// <summary>A file for spreadsheet programs. The mark at its beginning tells Excel that it is UTF-8; a cell that would be taken for
    /// a formula gets an apostrophe in front (OWASP, CSV injection).</summary>
    public static string File(IEnumerable<string[]> lines) =>
        "\uFEFF" + string.Concat(lines.Select(cells => Line(cells.Select(Harmless)) + "\r\n"));

    /// <summary>What was copied out of a spreadsheet program has tabs between its cells; other text stays as it is.</summary>
    public static string FromPasted(string text)
    {
        if (!text.Contains('\t', StringComparison.Ordinal)) return text;
        return string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => Line(line.Split('\t'))));
    }

    private static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Quoted));

    private static string Harmless(string cell) => cell is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + cell : cell;

    private static string Quoted(string cell)
    {
        if (!cell.AsSpan().ContainsAny("\",\r\n")) return cell;
        return $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
