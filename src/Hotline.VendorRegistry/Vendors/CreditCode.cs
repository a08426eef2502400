using System.Text;

namespace Hotline.VendorRegistry.Vendors;

/// <summary>统一社会信用代码, the number of every organisation in China (GB 32100-2015): 18 characters, the last one checks the others.</summary>
public static class CreditCode
{
    // without I, O, S, V and Z, which look like digits or like each other; a character's value is its place
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private const int Length = 18, Weight = 3;

    /// <summary>What to tell whoever sends a code that is none.</summary>
    public static readonly Text Invalid = new("licence.invalid",
        "统一社会信用代码有误：须为 18 位数字或大写字母（不含 I、O、S、V、Z），且末位校验码相符，请对照营业执照核对",
        "This is no unified social credit code: 18 digits or capital letters (without I, O, S, V, Z) of which the last checks the others; "
            + "compare it with the licence");

    /// <summary>In capital half-width letters, or null where it is none.</summary>
    public static string? Normalize(string? text)
    {
        if (text is null || text.Length > 2 * Length || !Writing.IsWellFormed(text)) return null;
        var code = Writing.WithoutInvisible(text.Normalize(NormalizationForm.FormKC)).Replace(" ", "").ToUpperInvariant();
        return code.Length == Length && code.All(c => Alphabet.Contains(c)) && code[^1] == CheckOf(code.AsSpan(0, Length - 1))
            ? code : null;
    }

    private static char CheckOf(ReadOnlySpan<char> digits)
    {
        var (sum, weight) = (0, 1);
        foreach (var digit in digits) (sum, weight) = (sum + Alphabet.IndexOf(digit) * weight, weight * Weight % Alphabet.Length);
        return Alphabet[(Alphabet.Length - sum % Alphabet.Length) % Alphabet.Length];
    }
}
