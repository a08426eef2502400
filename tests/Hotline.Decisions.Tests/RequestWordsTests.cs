using Hotline.Intake.Requests;
using Hotline.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace Hotline.Decisions.Tests;

public sealed class RequestWordsTests
{
    private const string Number = "RA-20261124-000042";
    private static readonly RequestWords Words =
        new(Options.Create(new PersonalDataOptions { HashKey = "for tests only, no secret of any platform" }));
    private static readonly int[] Kept = Words.Of(Number, new Citizen("林小姐", "057759181234-801", "瑞安广场东边3号楼502室"), "330381001",
        "drains.unclog-drain", "厨房的下水道又堵了,HELP me");

    private static bool Finds(string text) => Words.Asked(text, "0577") is { } asked && (asked.Numbers is { } numbers
        ? numbers.Contains(Number) : asked.Hashes.All(Kept.Contains));

    [Theory]
    [InlineData("RA-20261124-000042")]
    [InlineData("ra-20261124-000042")]
    [InlineData("工单RA-20261124-000042。")]
    [InlineData("工单号:ra20261124000042")]
    [InlineData("\uff32\uff21\uff0d\uff12\uff10\uff12\uff16\uff11\uff11\uff12\uff14\uff0d\uff10\uff10\uff10\uff10\uff14\uff12")]
    [InlineData("RA\u201320261124\u2013000042")]
    [InlineData("R\u200bA-2026\u200b1124-000042")]
    [InlineData("20261124-000042")]
    [InlineData("RA-20261124-00004")] // as far as it is typed
    [InlineData("ra20261124-0000")]
    [InlineData("20261124-0000")]
    [InlineData("RA-20261124-00")]
    [InlineData("RA-20261124-")]
    [InlineData("ra20261124")]
    [InlineData("1124-000042")]
    [InlineData("RA-20261124")]
    [InlineData("000042")]
    [InlineData("0042")]
    [InlineData("42")]
    [InlineData("工单000042")]
    [InlineData("#000042")]
    [InlineData("尾号1234")]
    [InlineData("林小姐")]
    [InlineData("小姐")]
    [InlineData("林")]
    [InlineData("瑞安广场")]
    [InlineData("瑞安廣場")]
    [InlineData("广场东边")]
    [InlineData("安阳街道")]
    [InlineData("3号楼502室")]
    [InlineData("502")]
    [InlineData("\uff15\uff10\uff12")]
    [InlineData("下水道")]
    [InlineData("下\u200b水\ufeff道")]
    [InlineData("help")]
    [InlineData("疏通")] // the category is called so, nobody said it
    [InlineData("管道疏通")]
    [InlineData("疏通 林小姐")]
    [InlineData("Drain unblocking")]
    [InlineData("通下水")]
    [InlineData("堵了 厨房 林小姐")]
    [InlineData("东边,下水道、林")]
    [InlineData("1234")]
    [InlineData("81234")]
    [InlineData("59181234")]
    [InlineData("057759181234")]
    [InlineData("0577-59181234")]
    [InlineData("0577 5918 1234 转 801")]
    [InlineData("801")]
    public void A_request_is_found_by(string text) => Finds(text).ShouldBeTrue();

    [Theory]
    [InlineData("RA-20261124-000043")]
    [InlineData("RA-20261124-00005")]
    [InlineData("RA-20261124-0001")]
    [InlineData("RA-20261125-00")]
    [InlineData("马桶疏通")]
    [InlineData("开锁")]
    [InlineData("000043")]
    [InlineData("林先生")]
    [InlineData("姐小")]
    [InlineData("平阳广场")]
    [InlineData("1235")]
    [InlineData("下水道 马桶")]
    [InlineData("王")]
    [InlineData("3")]
    public void A_request_is_not_found_by(string text) => Finds(text).ShouldBeFalse();

    [Theory]
    [InlineData("")]
    [InlineData("\u200b \u3164")]
    public void Words_that_cannot_be_seen_ask_for_nothing(string text) => Words.Asked(text, "0577").ShouldBeNull();

    [Fact]
    public void What_is_kept_is_keyed_and_the_number_alone_stays_of_an_erased_citizen()
    {
        var other = new RequestWords(Options.Create(new PersonalDataOptions { HashKey = "another key of more than 32 characters" }));
        other.OfNumber(Number).Intersect(Words.OfNumber(Number)).ShouldBeEmpty();
        Words.OfNumber(Number).ShouldBeSubsetOf(Kept);
        Words.Asked("000042", "0577")!.Hashes.ShouldBeSubsetOf(Words.OfNumber(Number));
        Words.Asked("林小姐", "0577")!.Hashes.Except(Words.OfNumber(Number)).ShouldNotBeEmpty();
    }
}
