using System.Text;
using Microsoft.AspNetCore.Identity;

namespace Hotline.Identity.Users;

/// <summary>What a chosen password must be (NIST SP 800-63B-4, 3.1.1.2): long enough, any characters, no composition rules, compared with
/// what is commonly chosen.
/// Common is what is made of a few common pieces only: words from common-passwords.txt and of the account itself, runs on the keyboard or
/// of digits, repetitions.
/// "correct horse battery staple" passes, "Password2026!!" does not.</summary>
public sealed class PasswordRules : IPasswordValidator<User>
{
    /// <summary>In characters as people count them.</summary>
    public const int Shortest = 12;

    /// <summary>Bounds the work of hashing.</summary>
    public const int Longest = 128;

    /// <summary>Pieces of which a password counts as made up: five or more chosen at random are not guessed.</summary>
    private const int FewPieces = 4;

    private static readonly Text TooShort = new("password.too-short", "密码至少 12 个字符，可使用任何字符", "At least 12 characters, of any kind");
    private static readonly Text TooLong = new("password.too-long", "密码最多 128 个字符", "At most 128 characters");
    private static readonly Text Common = new("password.common",
        "该密码过于常见，容易被猜到，请换一个，例如几个不相干的词", "This password is too common: choose another, for example some unrelated words");

    private static readonly string[] Rows = BothWays("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik");
    private static readonly HashSet<string> Words = [.. ReadWords()];
    private static readonly int LongestWord = Words.Max(w => w.Length);

    /// <summary>What is wrong with a password; null where it may be chosen.</summary>
    /// <param name="password">As typed.</param>
    /// <param name="user">Whose: names of the account are common too.</param>
    public static Text? Fault(string? password, User user)
    {
        var length = new System.Globalization.StringInfo(password ?? "").LengthInTextElements;
        if (length < Shortest) return TooShort;
        if (length > Longest) return TooLong;
        return IsCommon(password!, [.. ((string?[])[user.UserName, user.DisplayName, user.StaffNumber]).OfType<string>().Select(Plain)
            .Where(n => n.Length >= 3)]) ? Common : null;
    }

    /// <inheritdoc/>
    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password) =>
        Task.FromResult(Fault(password, user) is { } fault
            ? IdentityResult.Failed(new IdentityError { Code = fault.Code, Description = fault.Say() }) : IdentityResult.Success);

    private static bool IsCommon(string password, string[] own)
    {
        var text = Plain(password);
        // fewest pieces that cover the text up to each place
        var pieces = new int[text.Length + 1];
        for (var end = 1; end <= text.Length; end++)
        {
            pieces[end] = pieces[end - 1] + 2; // a character that fits nothing costs two
            for (var start = 0; start < end - 1; start++)
            {
                if (pieces[start] + 1 < pieces[end] && IsPiece(text.AsSpan(start, end - start), own)) pieces[end] = pieces[start] + 1;
            }
        }
        return pieces[text.Length] <= FewPieces;
    }

    private static bool IsPiece(ReadOnlySpan<char> part, string[] own) =>
        IsRepeated(part) || IsRun(part) || IsDigits(part)
            || part.Length <= LongestWord && Words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(part) || Contains(own, part);

    private static bool Contains(string[] own, ReadOnlySpan<char> part)
    {
        foreach (var name in own) if (part.SequenceEqual(name)) return true;
        return false;
    }

    // dates and short numbers: fewer than a million
    private static bool IsDigits(ReadOnlySpan<char> part) => part.Length <= 8 && !part.ContainsAnyExceptInRange('0', '9');

    // aaaa, abcabc: a part of up to four characters again and again
    private static bool IsRepeated(ReadOnlySpan<char> part)
    {
        for (var period = 1; period <= 4 && period * 2 <= part.Length; period++)
        {
            if (part[period..].SequenceEqual(part[..^period])) return true;
        }
        return false;
    }

    private static bool IsRun(ReadOnlySpan<char> part)
    {
        if (part.Length < 3) return false;
        foreach (var row in Rows) if (row.AsSpan().IndexOf(part) >= 0) return true;
        return false;
    }

    private static string[] BothWays(params string[] rows) => [.. rows, .. rows.Select(row => string.Concat(row.Reverse()))];

    // lower case, half width, the usual digits and signs for letters, without marks between
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKC).ToLowerInvariant())
        {
            if (c switch { '@' => 'a', '$' => 's', '!' or '.' or '-' or '_' or '#' or '*' or ' ' => '\0', _ => c } is not '\0'
                and var letter) plain.Append(letter);
        }
        return plain.ToString();
    }

    private static IEnumerable<string> ReadWords()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream("common-passwords.txt")
            ?? throw new InvalidOperationException("No common-passwords.txt");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
                foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries)) yield return word;
        }
    }
}
