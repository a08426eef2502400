using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.RegularExpressions;
using Hotline.Wire;
using PhoneNumbers;

namespace Hotline.ServiceDefaults;

/// <summary>Settings under Intake that every service needs which takes phone numbers.</summary>
public sealed class PhoneNumberOptions
{
    /// <summary>Area code of the city, for landlines given without one.</summary>
    [RegularExpression(@"\A0[0-9]{2,3}\z")]
    public string PhoneAreaCode { get; init; } = "0577";
}

/// <summary>Phone numbers in one normal form, that in which somebody in mainland China dials them: mobile 13800000000, landline with its
/// area code 057765000000, short number 95588,
/// abroad +85223456789; an extension follows a dash: 057765000000-801. A withheld number is <see cref="Withheld"/>, a SIP address without
/// a number sip:name@host.</summary>
public static partial class PhoneNumber
{
    /// <summary>The normal form of a number that the network does not tell (RFC 3323's word for it).</summary>
    public const string Withheld = "anonymous";

    private const int MostCharacters = 120; // a SIP address with display name; RFC 3966 has no bound of its own
    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    /// <summary>What to tell whoever sends a number that is none.</summary>
    public static readonly Text Invalid = new("phone.invalid",
        "请填写有效的电话号码，例如 13800000000、0577-65000000 转 801、95588、+852 2345 6789；号码未显示时填 anonymous",
        "Give a valid phone number, for example 13800000000, 0577-65000000 ext 801, 95588, +852 2345 6789; anonymous where none is shown");

    private static readonly HashSet<string> WithheldWords = new(StringComparer.OrdinalIgnoreCase)
    {
        Withheld, "withheld", "unknown", "private", "restricted", "unavailable", "hidden", "blocked", "no caller id", "private number",
        "unknown number",
        "未知", "未知号码", "未知來電", "未知来电", "隐藏", "隱藏", "隐藏号码", "匿名", "匿名来电", "未显示", "未显示号码", "号码未显示", "无号码", "无主叫", "无主叫号码", "保密", "保密号码",
    };

    /// <summary>The normal form, or null where it is no number.</summary>
    /// <param name="text">As typed or as a telephone system tells it: blanks, dashes, brackets, +86, 00, full-width digits and invisible
    /// characters are fine; 8 digits are a landline of the city.</param>
    /// <param name="cityCode">Area code of the city (<see cref="PhoneNumberOptions.PhoneAreaCode"/>).</param>
    public static string? Normalize(string? text, string cityCode)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > MostCharacters || !Writing.IsWellFormed(text)) return null;
        var typed = Writing.WithoutInvisible(text.Normalize(NormalizationForm.FormKC)).Trim();
        if (WithheldWords.Contains(typed)) return Withheld;
        if (SipAddress().Match(typed) is { Success: true } sip) return OfSip(sip, cityCode);
        typed = TelUri().Replace(typed, "");
        if (Plain().IsMatch(typed) && Whole(Digits(typed), cityCode) is { } whole) return whole;
        return WithExtension().Match(typed) is { Success: true } parts && Plain().IsMatch(parts.Groups["number"].Value)
            && Whole(Digits(parts.Groups["number"].Value), cityCode) is { } number && TakesExtension(number)
            ? $"{number}-{parts.Groups["extension"].Value}" : null;
    }

    /// <summary>The form in which a number is kept, sealed: E.164, or what has none (a short number, a SIP address) as it is; an extension
    /// as ;ext=801 (RFC 3966).</summary>
    /// <param name="phone">In normal form.</param>
    public static string ToStored(string phone)
    {
        var (number, extension) = Split(phone);
        return number is ['+', ..] || Parsed(number) is not { } parsed ? phone
            : $"{Numbers.Format(parsed, PhoneNumberFormat.E164)}{(extension is null ? "" : $";ext={extension}")}";
    }

    /// <summary>The normal form of what <see cref="ToStored"/> gave, or of an older release's domestic digits.</summary>
    public static string FromStored(string stored)
    {
        var (number, extension) = stored.Split(";ext=") is [var before, var after] ? (before, after) : (stored, null);
        if (number.StartsWith("+86", StringComparison.Ordinal) && Parsed(number) is { } parsed) number = Domestic(parsed);
        return extension is null ? number : $"{number}-{extension}";
    }

    /// <summary>Shows only who can be recognised by somebody who knows the number: 138****0000.</summary>
    public static string Mask(string phone)
    {
        if (phone == Withheld) return phone;
        if (phone.StartsWith("sip:", StringComparison.Ordinal)) return "sip:****";
        var (number, extension) = Split(phone);
        return $"{(number.Length < 8 ? "****" : $"{number[..3]}****{number[^4..]}")}{(extension is null ? "" : "-***")}";
    }

    /// <summary>All digits, the extension's too: what somebody may remember the end of.</summary>
    internal static string Digits(string text) => string.Concat(text.Where(c => char.IsAsciiDigit(c) || c is '+'));

    private static (string Number, string? Extension) Split(string phone) =>
        phone.LastIndexOf('-') is > 0 and var dash && !phone.StartsWith("sip:", StringComparison.Ordinal)
            ? (phone[..dash], phone[(dash + 1)..]) : (phone, null);

    private static string? OfSip(Match sip, string cityCode)
    {
        var user = Uri.UnescapeDataString(sip.Groups["user"].Value);
        if (WithheldWords.Contains(user)) return Withheld;
        if (Normalize(user, cityCode) is { } number && number != Withheld) return number;
        var host = sip.Groups["host"].Value;
        return host.Length > 0 && SipUser().IsMatch(user) ? $"sip:{user}@{host.ToLowerInvariant()}" : null;
    }

    // digits, perhaps after a plus, with nothing lost and nothing added but what the network itself prefixes
    private static string? Whole(string digits, string cityCode)
    {
        if (Short().IsMatch(digits)) return digits;
        if (Local().IsMatch(digits)) digits = cityCode + digits;
        if (digits.StartsWith(cityCode, StringComparison.Ordinal) && AreaService().IsMatch(digits[cityCode.Length..])) return digits;
        if (Parsed(digits) is not { } parsed) return null;
        if (parsed.CountryCode != 86) return digits.StartsWith('+') || digits.StartsWith("00", StringComparison.Ordinal)
            ? Numbers.Format(parsed, PhoneNumberFormat.E164) : null;
        var (national, domestic) = (Numbers.GetNationalSignificantNumber(parsed), Domestic(parsed));
        var isFixed = domestic[0] == '0';
        // a landline without its 0 may be one of this city with an extension behind it: 59181234801 is 59181234 ext 801, not 0591 81234801
        var bare = InternationalPrefix().Replace(digits, "");
        if (bare != domestic && (bare.Length == digits.Length || bare != national) && (isFixed || bare != $"0{national}")) return null;
        if (!isFixed) return domestic;
        var subscriber = national[Numbers.GetLengthOfGeographicalAreaCode(parsed)..];
        var isCitys = $"0{national}".StartsWith(cityCode, StringComparison.Ordinal);
        return subscriber[0] is >= '2' and <= '8' && (!isCitys || national.Length == cityCode.Length - 1 + 8)
            || AreaService().IsMatch(subscriber) ? domestic : null;
    }

    private static string Domestic(PhoneNumbers.PhoneNumber number) => Digits(Numbers.Format(number, PhoneNumberFormat.NATIONAL));

    private static PhoneNumbers.PhoneNumber? Parsed(string digits)
    {
        try
        {
            var number = Numbers.Parse(digits, "CN");
            return Numbers.IsValidNumber(number) ? number : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static bool TakesExtension(string number) => number.Length > 6 || number[0] == '9';

    [GeneratedRegex(
        @"\A(?:[^<>]*<)?sips?:(?<user>[^@;:<>]+)(?::[^@<>]*)?(?:;[^@<>]*)?"
        + @"(?:@(?<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]+)?)?(?:[;?][^<>]*)?>?\z",
        RegexOptions.IgnoreCase)]
    private static partial Regex SipAddress();

    // a number that is none is no name either; up to six digits are a telephone of that exchange
    [GeneratedRegex(@"\A(?![0-9+().-]{7,}\z)(?!\+)[A-Za-z0-9._~!$&'()*+,=-]{1,64}\z")]
    private static partial Regex SipUser();

    [GeneratedRegex(@"\Atel:", RegexOptions.IgnoreCase)]
    private static partial Regex TelUri();

    // no letters: 1380000LOVE is no number though a telephone's keys have letters
    [GeneratedRegex(@"\A\s*(?:\(\s*)?\+?[0-9\s()\[\]./~·\p{Pd}]+\z")]
    private static partial Regex Plain();

    [GeneratedRegex(
        @"\A(?<number>.*[0-9)\]])\s*(?:;ext=|[,;/]?\s*(?:ext(?:ension)?\.?|x|转接?|轉接?|分机号?|分機號?|内线|內線)\s*[::]?|#|\*|,{1,3}|\p{Pd}+)"
        + @"\s*(?<extension>[0-9]{1,8})\s*#?\z", RegexOptions.IgnoreCase)]
    private static partial Regex WithExtension();

    // emergency and public service 11x, 12x; 12xxx hotlines such as 12345; 100xx carriers; 111xx, 116xxx, 118xxx services; 95 and 96
    // numbers (Plan of telecommunication numbers, MIIT 2017)
    [GeneratedRegex(
        @"\A(?:11[0-9]|12[0-2]|12[3-9][0-9]{2}|100[0-9]{2}|100[0-9]{2}[0-9]{1,3}|111[0-9]{2}|11[68][0-9]{3}|95[0-9]{3,4}|96[0-9]{3,4})\z")]
    private static partial Regex Short();

    [GeneratedRegex(@"\A[2-8][0-9]{7}\z")]
    private static partial Regex Local();

    [GeneratedRegex(@"\A(?:\+|00)?86")]
    private static partial Regex InternationalPrefix();

    // 0577 12345, 010 95588: a hotline, or a 95 or 96 number, of that area
    [GeneratedRegex(@"\A(?:12[0-9]{3}|9[56][0-9]{3,4})\z")]
    private static partial Regex AreaService();
}
