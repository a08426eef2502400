using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Hotline.Catalogue;
using Microsoft.Extensions.Options;

namespace Hotline.Intake.Requests;

/// <summary>What a request is looked for by in words.</summary>
/// <param name="Numbers">Its number, if that is what the words hold; or, where its last digits are still to be typed, all that it may
/// be. Null otherwise.</param>
/// <param name="Hashes">All of which must be among those of the request.</param>
public sealed record AskedWords(string[]? Numbers, int[] Hashes);

/// <summary>Finds requests by what is sealed in them. Of name, address, what was said and what the category is called each pair of
/// neighbouring characters is kept as a keyed hash (HMAC-SHA256 cut to 32 bits: of
/// 80 pairs one in 50 million is mistaken for another), of each number its ends. Without the key they say nothing; they go when the
/// citizen is erased.</summary>
public sealed partial class RequestWords(IOptions<PersonalDataOptions> options)
{
    /// <summary>Of the words that are kept of a request: what an older release kept is filled in anew (<see cref="WordsFill"/>).</summary>
    public const int Release = 1;

    private const int ShortestEnd = 2, LongestEnd = 20;
    private const int CountDigits = 6, FewestOfCount = 4; // 100 numbers at most begin with four digits of the six
    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(options.Value.HashKey), 32,
        info: "Hotline.RequestWords"u8.ToArray());

    /// <summary>The hashes of a request.</summary>
    public int[] Of(string number, Citizen citizen, string areaCode, string categoryCode, string description)
    {
        var marks = new HashSet<string>(StringComparer.Ordinal);
        AddNumber(marks, number);
        string[] called = ServiceCatalogue.Current.Category(categoryCode) is { } c ? [c.Name, c.NameEn, .. c.Terms] : [];
        foreach (var text in called.Concat([citizen.Name, citizen.Phone, Place(areaCode, citizen.Address), description]))
        {
            var simple = ChineseWriting.Simplify(text);
            AddPairs(marks, ChineseWriting.Letters(simple));
            AddEnds(marks, simple);
        }
        foreach (var character in ChineseWriting.Letters(citizen.Name).EnumerateRunes()) marks.Add($"1{character}"); // 林 alone finds 林女士
        return Hashes(marks);
    }

    /// <summary>The hashes of a request of whose citizen nothing is kept: its number is still found.</summary>
    public int[] OfNumber(string number)
    {
        var marks = new HashSet<string>(StringComparer.Ordinal);
        AddNumber(marks, number);
        return Hashes(marks);
    }

    /// <summary>The hashes that requests of the same address have in common; others may have them too.</summary>
    public int[] OfPlace(string areaCode, string address)
    {
        var marks = new HashSet<string>(StringComparer.Ordinal);
        AddPairs(marks, ChineseWriting.Letters(Place(areaCode, address)));
        return Hashes(marks);
    }

    /// <summary>What these words ask for; null where there are none.</summary>
    /// <param name="text">Words in any order, as typed.</param>
    /// <param name="cityCode">Area code of the city, for a phone number without one.</param>
    public AskedWords? Asked(string text, string cityCode)
    {
        if (Writing.IsBlank(text)) return null;
        var plain = Writing.WithoutInvisible(ChineseWriting.Simplify(text)).Trim();
        if (WholeNumber().Match(plain) is { Success: true } whole)
            return new([Number(whole.Groups["day"], whole.Groups["count"].Value)], []);
        if (BegunNumber().Match(plain) is { Success: true } begun)
        {
            if (begun.Groups["count"] is { Length: >= FewestOfCount, Value: var count }) return new(Begun(begun.Groups["day"], count), []);
            plain = begun.Groups["day"].Value;
        }
        // a phone number however typed; digits alone may be the end of anything
        if (plain.Any(c => !char.IsAsciiDigit(c)) && PhoneNumber.Normalize(plain, cityCode) is { } phone) plain = phone.Replace('-', ' ');
        var marks = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in Between().Split(Label().Replace(plain, " ")))
        {
            var letters = ChineseWriting.Letters(word);
            if (letters.Length >= ShortestEnd && letters.All(char.IsAsciiDigit))
                marks.Add($"0{(letters.Length <= LongestEnd ? letters : letters[^LongestEnd..])}");
            else if (new StringInfo(letters).LengthInTextElements == 1) marks.Add($"1{letters}");
            else AddPairs(marks, letters);
        }
        return marks.Count == 0 ? null : new(null, Hashes(marks));
    }

    private static string Place(string areaCode, string address) => $"{ServiceCatalogue.Current.Area(areaCode)?.Name}{address}";

    private static string Number(Group day, string count) => $"RA-{day.Value}-{count}";

    private static string[] Begun(Group day, string count)
    {
        var open = CountDigits - count.Length;
        return [.. Enumerable.Range(0, (int)Math.Pow(10, open))
            .Select(n => Number(day, count + n.ToString(CultureInfo.InvariantCulture).PadLeft(open, '0')))];
    }

    private static void AddNumber(HashSet<string> marks, string number)
    {
        AddEnds(marks, number);
        AddEnds(marks, string.Concat(number.Where(char.IsAsciiDigit)));
    }

    private static void AddPairs(HashSet<string> marks, string letters)
    {
        Rune? before = null;
        foreach (var rune in letters.EnumerateRunes())
        {
            if (before is { } first) marks.Add($"2{first}{rune}");
            before = rune;
        }
    }

    private static void AddEnds(HashSet<string> marks, string text)
    {
        foreach (var digits in DigitRun().EnumerateMatches(text))
            for (var length = ShortestEnd; length <= Math.Min(digits.Length, LongestEnd); length++)
                marks.Add($"0{text.AsSpan(digits.Index + digits.Length - length, length)}");
    }

    private int[] Hashes(HashSet<string> marks) =>
        [.. marks.Select(m => BinaryPrimitives.ReadInt32BigEndian(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(m))))
            .Distinct().Order()];

    [GeneratedRegex(@"(?<![0-9])(?<day>20[0-9]{6})[\s\p{Pd}_]*(?<count>[0-9]{6})(?![0-9])")]
    private static partial Regex WholeNumber();

    // as far as it is typed
    [GeneratedRegex(
        @"\A(?:(?:ra[\s\p{Pd}_]*)?(?<day>20[0-9]{6})[\s\p{Pd}_]+|ra[\s\p{Pd}_]*(?<day>20[0-9]{6}))(?<count>[0-9]{0,5})\z")]
    private static partial Regex BegunNumber();

    // what stands before a number and is not in the request itself
    [GeneratedRegex(@"(?:工单号?|单号|编号|尾号|电话|手机号?|号码|\bra|\bno\.?|\brequest|\bticket|#)[\s::\p{Pd}]*(?=[0-9])")]
    private static partial Regex Label();

    [GeneratedRegex(@"[\s,。、;;::,!!??/|()()「」《》“”""'']+")]
    private static partial Regex Between();

    [GeneratedRegex("[0-9]{2,}")]
    private static partial Regex DigitRun();
}
