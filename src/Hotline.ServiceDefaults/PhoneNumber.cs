using PhoneNumbers;

namespace Hotline.ServiceDefaults;

/// <summary>Chinese phone numbers in one normal form: domestic digits, mobile 13800000000, landline with its area code 057700000000.</summary>
public static class PhoneNumber
{
    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    /// <summary>What to tell whoever sends a number that is none.</summary>
    public static readonly Text Invalid = new("phone.invalid",
        "请填写有效的中国大陆电话号码,例如 13800000000 或 0577-65000000", "Give a valid mainland China phone number, for example 13800000000 or 0577-65000000");

    /// <summary>The normal form, or null where it is not a valid number of mainland China.</summary>
    /// <param name="text">As typed: blanks, dashes, +86 and full-width digits are fine; 8 digits are a landline of the city.</param>
    /// <param name="cityCode">Area code of the city, for landlines given without one.</param>
    public static string? Normalize(string? text, string cityCode = "0577")
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 40) return null;
        var typed = text.Normalize(System.Text.NormalizationForm.FormKC).Trim();
        if (typed.Count(char.IsAsciiDigit) == 8 && !typed.StartsWith('+')) typed = cityCode + typed;
        try
        {
            var number = Numbers.Parse(typed, "CN");
            if (number.HasExtension || !Numbers.IsValidNumberForRegion(number, "CN")) return null;
            var digits = Numbers.GetNationalSignificantNumber(number);
            return Numbers.GetNumberType(number) is PhoneNumberType.FIXED_LINE ? "0" + digits : digits;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    /// <summary>Shows only who can be recognised by somebody who knows the number: 138****0000.</summary>
    public static string Mask(string phone) => phone.Length < 8 ? "****" : $"{phone[..3]}****{phone[^4..]}";
}
