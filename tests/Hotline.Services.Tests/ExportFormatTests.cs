using System.Globalization;
using System.Text;
using Hotline.ServiceDefaults;
using Hotline.Wire;
using Hotline.Wire.Dispatch;
using Hotline.Wire.Evaluation;
using Hotline.Wire.FollowUps;
using Hotline.Wire.Intake;
using Hotline.Wire.Vendors;

namespace Hotline.Services.Tests;

/// <summary>What stands in the cells of files that are exported.</summary>
public sealed class ExportFormatTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 11, 25, 16, 30, 0, TimeSpan.Zero); // on the city's clock it is the 26th

    private static async Task<byte[]> File(string format, params object?[][] rows)
    {
        var file = new MemoryStream();
        var writer = ExportFormat.All.Single(f => f.Name == format).Onto(file);
        var kinds = rows[0].Select(cell => new ExportColumn(new("heading", "标题", "Heading"), cell switch
        {
            DateTimeOffset => ExportKind.Moment,
            DateOnly => ExportKind.Day,
            decimal => ExportKind.Money,
            double => ExportKind.Number,
            _ => ExportKind.Text,
        }, 16)).ToArray();
        await writer.Begin(kinds, default);
        foreach (var row in rows) await writer.Write(row, default);
        await writer.End(default);
        return file.ToArray();
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"")]
    [InlineData("+8613800000000", "'+8613800000000")]
    [InlineData("-5", "'-5")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("\nx", "\"'\nx\"")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("＋86", "'＋86")]
    [InlineData("057765000000", "057765000000")]
    [InlineData("13800000000", "13800000000")]
    [InlineData("5-3", "5-3")]
    [InlineData("说\"好\"", "\"说\"\"好\"\"\"")]
    [InlineData("一行\n又一行", "\"一行\n又一行\"")]
    [InlineData("甲,乙", "\"甲,乙\"")]
    [InlineData("𠮷田", "𠮷田")]
    [InlineData("", "")]
    public async Task A_text_in_CSV_is_never_a_formula_and_else_as_it_is(string text, string cell) =>
        Encoding.UTF8.GetString((await File("csv", [text, "x"]))[3..]).ShouldBe($"标题,标题\r\n{cell},x\r\n");

    [Fact]
    public async Task Numbers_days_and_moments_in_CSV_are_what_they_are_on_the_citys_clock()
    {
        var file = await File("csv", [-5d, 91.3, -80.5m, 1234567m, new DateOnly(2026, 11, 26), Midnight, null]);
        file[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        Encoding.UTF8.GetString(file).Split("\r\n")[1].ShouldBe("-5,91.3,-80.50,1234567.00,2026-11-26,2026-11-26 00:30:00,");
    }

    [Fact]
    public async Task Texts_in_XLSX_are_text_cells_and_numbers_and_times_are_numbers()
    {
        string[] texts = ["=1+1", "+8613800000000", "057765000000", "-5", "<b>&\"'", "一行\n又一行", "𠮷田", " 空白 "];
        var cells = ExportedFile.Sheet(await File("xlsx",
            [.. texts, -5d, 91.3, -80.5m, new DateOnly(2026, 11, 26), Midnight, null]))[1];
        cells[..texts.Length].ShouldBe(texts.Select(t => (t, true)));
        cells[texts.Length..^1].ShouldAllBe(c => !c.IsText);
        cells[texts.Length..^1].Select(c => double.Parse(c.Text, CultureInfo.InvariantCulture)).ShouldBe([-5, 91.3, -80.5,
            new DateTime(2026, 11, 26).ToOADate(), new DateTime(2026, 11, 26, 0, 30, 0).ToOADate()], 1e-9);
        cells[^1].Text.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_XML_cannot_hold_is_marked_in_XLSX()
    {
        // the last two are halves of a character
        (string, string)[] texts = [("\u0001\u000B x", "\uFFFD\uFFFD x"), ("\uD842", "\uFFFD"), ("a\uDFB7b", "a\uFFFDb")];
        foreach (var (text, cell) in texts)
            ExportedFile.Sheet(await File("xlsx", [text]))[1].ShouldBe([(cell, true)]);
    }

    [Fact]
    public async Task A_text_longer_than_a_cell_of_XLSX_is_cut_between_characters_and_marked()
    {
        var sheet = ExportedFile.Sheet(await File("xlsx", [new string('长', 40_000)],
            [new string('a', 32_765) + "𠮷" + new string('b', 100)], [new string('c', 32_767)]));
        sheet[1][0].Text.ShouldBe(new string('长', 32_766) + "…");
        sheet[2][0].Text.ShouldBe(new string('a', 32_765) + "…");
        sheet[3][0].Text.ShouldBe(new string('c', 32_767));
    }

    [Fact]
    public async Task The_heading_of_XLSX_is_bold_and_stays_in_view()
    {
        var file = await File("xlsx", ["x"]);
        var sheet = ExportedFile.Part(file, "xl/worksheets/sheet1.xml").ToString();
        sheet.ShouldContain("state=\"frozen\"");
        sheet.ShouldContain("<cols>");
        ExportedFile.Part(file, "xl/styles.xml").ToString().ShouldContain("<b");
    }

    [Fact]
    public void Every_value_has_its_word_of_the_console()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        string[] keys = [.. Keys<RequestStatus>("Request"), .. Keys<OrderStatus>("Order"), .. Keys<FollowUpKind>("FollowUp"),
            .. Keys<AttemptOutcome>("Outcome"), .. Keys<Admission>("Admission"), .. Keys<Standing>("Standing"),
            .. Keys<SanctionKind>("Sanction"), "Role.operator", "Role.supervisor", "Role.admin", "Role.ops", "Role.cti", "Role.vendor",
            "StaffState.active", "StaffState.inactive", "StaffState.deleted", "AccessLog.Action.view", "AccessLog.Action.export"];
        keys.Where(key => ConsoleWords.Say(key) == key.Split('.')[^1]).ShouldBeEmpty();
        (ConsoleWords.Say("Yes"), ConsoleWords.Say("Request.closed"), ConsoleWords.Say("Request.new")).ShouldBe(("是", "已办结", "new"));
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        (ConsoleWords.Say("Yes"), ConsoleWords.Say("Sanction.warning")).ShouldBe(("Yes", "Warning"));
    }

    private static IEnumerable<string> Keys<T>(string group) where T : struct, Enum =>
        EnumWords.Words<T>().Select(word => $"{group}.{word}");
}
