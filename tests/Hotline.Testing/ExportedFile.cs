using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using CsvHelper;

namespace Hotline.Testing;

/// <summary>A file that was exported, as other programs read it.</summary>
public static class ExportedFile
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>The rows, heading first.</summary>
    public static string[][] Rows(byte[] file, string format) => format == "csv" ? Csv(file) : [.. Sheet(file).Select(row =>
        row.Select(cell => cell.Text).ToArray())];

    public static string[][] Csv(byte[] file)
    {
        if (!file.AsSpan().StartsWith(Encoding.UTF8.Preamble)) throw new InvalidOperationException("The file has no mark of UTF-8");
        using var parser = new CsvParser(new StreamReader(new MemoryStream(file)), CultureInfo.InvariantCulture);
        var rows = new List<string[]>();
        while (parser.Read()) rows.Add(parser.Record!);
        return [.. rows];
    }

    /// <summary>The cells of the only sheet: what stands in them, and whether as text.</summary>
    public static (string Text, bool IsText)[][] Sheet(byte[] file)
    {
        var sheet = Part(file, "xl/worksheets/sheet1.xml");
        if (sheet.Descendants(Main + "f").Any()) throw new InvalidOperationException("The file has formulas");
        return [.. sheet.Descendants(Main + "row").Select(row => row.Elements(Main + "c")
            .Select(cell => (string.Concat(cell.Descendants().Where(e => e.Name.LocalName is "t" or "v").Select(e => e.Value)),
                cell.Attribute("t")?.Value is "inlineStr" or "str")).ToArray())];
    }

    public static XDocument Part(byte[] file, string name)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        using var part = zip.GetEntry(name)!.Open();
        return XDocument.Load(part);
    }
}
