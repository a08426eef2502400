using CsCheck;
using PhoneNumbers;
using PhoneNumber = Hotline.ServiceDefaults.PhoneNumber;

namespace Hotline.Decisions.Tests;

public sealed class PhoneNumberTests
{
    private const string City = "0577";
    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    [Theory]
    [InlineData("13800000000", "13800000000")]
    [InlineData("+86 138 0000 0000", "13800000000")]
    [InlineData("8613800000000", "13800000000")]
    [InlineData("0086-138-0000-0000", "13800000000")]
    [InlineData("013800000000", "13800000000")]
    [InlineData("138-0000-0000", "13800000000")]
    [InlineData("(+86)138 0000 0000", "13800000000")]
    [InlineData("\u202d138\u00a00000\u200b0000\u202c", "13800000000")]
    [InlineData("\uff11\uff13\uff18\uff10\uff10\uff10\uff10\uff10\uff10\uff10\uff10", "13800000000")]
    [InlineData("14500000001", "14500000001")]
    [InlineData("0577-65000000", "057765000000")]
    [InlineData("+86 (0577) 6500 0000", "057765000000")]
    [InlineData("86-577-65000000", "057765000000")]
    [InlineData("65000000", "057765000000")]
    [InlineData("6500-0000", "057765000000")]
    [InlineData("86123456", "057786123456")]
    [InlineData("010-62000000", "01062000000")]
    [InlineData("0591-81234801", "059181234801")]
    public void Numbers_of_mainland_China_have_one_form(string typed, string normal) => PhoneNumber.Normalize(typed, City).ShouldBe(normal);

    [Theory]
    [InlineData("59181234-801", "057759181234-801")]
    [InlineData("59181234转801", "057759181234-801")]
    [InlineData("59181234 轉 801", "057759181234-801")]
    [InlineData("0577-59181234 转 801", "057759181234-801")]
    [InlineData("0577 5918 1234 ext. 801", "057759181234-801")]
    [InlineData("0577-59181234x801", "057759181234-801")]
    [InlineData("0577-59181234#801", "057759181234-801")]
    [InlineData("0577-59181234,801#", "057759181234-801")]
    [InlineData("0577-59181234 分机801", "057759181234-801")]
    [InlineData("0577-59181234,分机号:801", "057759181234-801")]
    [InlineData("+86-577-5918-1234;ext=801", "057759181234-801")]
    [InlineData("tel:+8657759181234;ext=801", "057759181234-801")]
    [InlineData("057759181234-0801", "057759181234-0801")]
    [InlineData("17012345678转1234", "17012345678-1234")]
    [InlineData("17012345678-1234", "17012345678-1234")]
    [InlineData("13800000000;ext=5", "13800000000-5")]
    [InlineData("400-123-4567转8", "4001234567-8")]
    public void An_extension_follows_the_number_whatever_stands_between(string typed, string normal) =>
        PhoneNumber.Normalize(typed, City).ShouldBe(normal);

    [Theory]
    [InlineData("400-123-4567", "4001234567")]
    [InlineData("800 810 1234", "8008101234")]
    [InlineData("95588", "95588")]
    [InlineData("955 88", "95588")]
    [InlineData("96345", "96345")]
    [InlineData("10086", "10086")]
    [InlineData("10000", "10000")]
    [InlineData("12345", "12345")]
    [InlineData("12315", "12315")]
    [InlineData("110", "110")]
    [InlineData("010-95588", "01095588")]
    [InlineData("0577-96345", "057796345")]
    [InlineData("0577-12345", "057712345")]
    [InlineData("+852 2345 6789", "+85223456789")]
    [InlineData("00852 2345 6789", "+85223456789")]
    [InlineData("+853 2871 8718", "+85328718718")]
    [InlineData("+886 2 2345 6789", "+886223456789")]
    [InlineData("+886 0912-345-678", "+886912345678")]
    [InlineData("+44 20 7946 0958", "+442079460958")]
    [InlineData("+44 (0)20 7946 0958", "+442079460958")]
    [InlineData("+39 06 698 12345", "+390669812345")]
    [InlineData("001 212 736 5000", "+12127365000")]
    [InlineData("+1 212-736-5000 x22", "+12127365000-22")]
    [InlineData("anonymous", "anonymous")]
    [InlineData("Anonymous", "anonymous")]
    [InlineData("未知", "anonymous")]
    [InlineData("隐藏号码", "anonymous")]
    [InlineData("withheld", "anonymous")]
    [InlineData("sip:anonymous@anonymous.invalid", "anonymous")]
    [InlineData("\"Anonymous\" <sip:anonymous@anonymous.invalid>", "anonymous")]
    [InlineData("sip:13800000000@10.0.0.1", "13800000000")]
    [InlineData("sip:+8613800000000@ims.example.cn;user=phone", "13800000000")]
    [InlineData("\"林\" <sips:057765000000@pbx.example.cn:5061;transport=tls>", "057765000000")]
    [InlineData("sip:lin@Example.cn", "sip:lin@example.cn")]
    [InlineData("sip:8001@pbx.example.cn", "sip:8001@pbx.example.cn")]
    public void A_hotline_takes_what_calls_it(string typed, string normal) => PhoneNumber.Normalize(typed, City).ShouldBe(normal);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1380000")]
    [InlineData("138000000000")]
    [InlineData("电话")]
    [InlineData("00000000")]
    [InlineData("11111111")]
    [InlineData("98765432")]
    [InlineData("0577-00000000")]
    [InlineData("0577-12345678")]
    [InlineData("0577-6500000")]
    [InlineData("110-12345")]
    [InlineData("110-801")]
    [InlineData("110119")]
    [InlineData("59181234801")]
    [InlineData("57765000000")]
    [InlineData("1234513800000000")]
    [InlineData("1790913800000000")]
    [InlineData("1380000LOVE")]
    [InlineData("400-CALLNOW")]
    [InlineData("138O0000000")]
    [InlineData("65000000abc")]
    [InlineData("13800000000/13900000000")]
    [InlineData("13800000000 13900000000")]
    [InlineData("13800000000-123456789")]
    [InlineData("+999 123 456 789")]
    [InlineData("+852 0000 0000")]
    [InlineData("85223456789")]
    [InlineData("++8613800000000")]
    [InlineData("138+00000000")]
    [InlineData("sip:@")]
    [InlineData("sip:+861098344041@pbx.example.cn")]
    [InlineData("sip:lin")]
    [InlineData("sip:lin@ex ample")]
    public void Anything_else_is_none(string? typed) => PhoneNumber.Normalize(typed, City).ShouldBeNull();

    [Fact]
    public void A_landline_without_area_code_is_the_settings_citys()
    {
        PhoneNumber.Normalize("65000000", "0571").ShouldBe("057165000000");
        PhoneNumber.Normalize("65000000", "010").ShouldBe("01065000000");
        PhoneNumber.Normalize("65000000转8", "010").ShouldBe("01065000000-8");
    }

    [Theory]
    [InlineData("13800000000", "+8613800000000")]
    [InlineData("057759181234-801", "+8657759181234;ext=801")]
    [InlineData("4001234567", "+864001234567")]
    [InlineData("+85223456789", "+85223456789")]
    [InlineData("10086", "10086")]
    [InlineData("anonymous", "anonymous")]
    [InlineData("sip:lin-a@example.cn", "sip:lin-a@example.cn")]
    public void A_number_is_kept_as_E164_or_a_short_code_with_its_extension(string normal, string stored)
    {
        PhoneNumber.ToStored(normal).ShouldBe(stored);
        PhoneNumber.FromStored(stored).ShouldBe(normal);
        PhoneNumber.FromStored(normal).ShouldBe(normal, "as an older release kept it");
    }

    [Theory]
    [InlineData("13812345678", "138****5678")]
    [InlineData("057759181234-801", "057****1234-***")]
    [InlineData("95588", "****")]
    [InlineData("anonymous", "anonymous")]
    [InlineData("sip:lin@example.cn", "sip:****")]
    public void A_mask_hides_the_middle(string phone, string masked) => PhoneNumber.Mask(phone).ShouldBe(masked);

    // the library's metadata as the other opinion: an example number of each region and type, abroad and at home
    public static TheoryData<string> Examples() =>
    [
        .. Library.GetSupportedRegions().Where(r => r != "CN")
            .SelectMany(r => Enum.GetValues<PhoneNumberType>().Select(t => Library.GetExampleNumberForType(r, t))).Where(n => n is not null
                && Library.IsValidNumber(n))
            .Select(n => Library.Format(n, PhoneNumberFormat.E164)).Distinct().Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void A_number_of_any_country_and_type_is_taken_and_found_again_in_every_writing()
    {
        foreach (var e164 in Examples().Select(e => e.Data))
        {
            var number = Library.Parse(e164, null);
            foreach (var typed in Writings(number)) PhoneNumber.Normalize(typed, City).ShouldBe(e164, typed);
        }
    }

    [Fact]
    public void Mobiles_and_landlines_of_China_are_what_the_library_says_they_are_and_found_again_in_every_writing()
    {
        var digits = Gen.Char['0', '9'];
        Gen<string> Of(string prefix, int more) => digits.Array[more].Select(d => prefix + new string(d));
        var area = Gen.OneOf("10", "21", "571", "577", "755", "591");
        Gen.OneOf(Of("1", 10), area.SelectMany(a => Of(a, 8)), area.SelectMany(a => Of(a, 7))).Sample(national =>
        {
            var number = Library.Parse($"+86{national}", null);
            var type = Library.GetNumberType(number);
            if (type is not (PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE)) return;
            var landline = type is PhoneNumberType.FIXED_LINE;
            var subscriber = national[Library.GetLengthOfGeographicalAreaCode(number)..];
            var isNone = landline && (subscriber[0] is < '2' or > '8' || national.StartsWith("577", StringComparison.Ordinal)
                && subscriber.Length != 8);
            var normal = isNone ? null : landline ? $"0{national}" : national;
            foreach (var typed in Writings(number)) PhoneNumber.Normalize(typed, City).ShouldBe(normal, typed);
            if (normal is null) return;
            PhoneNumber.FromStored(PhoneNumber.ToStored(normal)).ShouldBe(normal);
            foreach (var between in (string[])["-", "转", " ext ", ";ext=", "#", " 分机 "])
                PhoneNumber.Normalize($"{normal}{between}8021", City).ShouldBe($"{normal}-8021");
        });
    }

    [Fact]
    public void Garbage_is_never_taken_for_a_number_and_a_normal_form_is_its_own() =>
        Gen.OneOf(Gen.String, Gen.String["0123456789+-转x#() .,ABCsip:@"], Gen.String["0123456789-"]).Sample(typed =>
        {
            if (PhoneNumber.Normalize(typed, City) is not { } normal) return;
            PhoneNumber.Normalize(normal, City).ShouldBe(normal, typed);
            PhoneNumber.FromStored(PhoneNumber.ToStored(normal)).ShouldBe(normal, typed);
            if (normal == PhoneNumber.Withheld || normal.StartsWith("sip:", StringComparison.Ordinal)) return;
            var (number, extension) = normal.Split('-') is [var n, var e] ? (n, e) : (normal, "");
            (number.TrimStart('+') + extension).ShouldAllBe(c => char.IsAsciiDigit(c));
            if (number.Length > 10 && number.Length + extension.Length > 8) Library.IsValidNumber(Library.Parse(number,
                "CN")).ShouldBeTrue(typed);
        }, iter: 20_000);

    private static IEnumerable<string> Writings(PhoneNumbers.PhoneNumber number)
    {
        var e164 = Library.Format(number, PhoneNumberFormat.E164);
        yield return e164;
        yield return $"00{e164[1..]}";
        yield return Library.Format(number, PhoneNumberFormat.INTERNATIONAL);
        yield return Library.Format(number, PhoneNumberFormat.RFC3966);
        yield return $"sip:{e164}@gateway.example.cn;user=phone";
        yield return string.Concat(e164.Select(c => c == '+' ? '+' : (char)(c - '0' + '\uff10')));
        yield return string.Join("\u200b", e164.ToCharArray());
    }
}
