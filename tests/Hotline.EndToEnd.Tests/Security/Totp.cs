using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Hotline.EndToEnd.Tests.Security;

/// <summary>An authenticator app: RFC 6238 with SHA-1, 30 s and 6 digits.</summary>
internal static partial class Totp
{
    /// <summary>The key on the page where two-step verification is turned on, base32.</summary>
    public static string KeyOn(string page) => KeyText().Match(page).Groups[1].Value.Replace(" ", "");

    /// <param name="base32">The key.</param>
    /// <param name="stepsAhead">Half minutes from now.</param>
    [SuppressMessage("Security", "CA5350", Justification = "What the standard and all apps use; a code lives for half a minute")]
    public static string Code(string base32, int stepsAhead = 0)
    {
        var bits = string.Concat(base32.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c), 2).PadLeft(5, '0')));
        var key = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var counter = BitConverter.GetBytes(IPAddress.HostToNetworkOrder(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30 + stepsAhead));
        var hash = HMACSHA1.HashData(key, counter);
        var offset = hash[^1] & 0xf;
        var number = (hash[offset] & 0x7f) << 24 | hash[offset + 1] << 16 | hash[offset + 2] << 8 | hash[offset + 3];
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("<code>([A-Z2-7 ]+)</code>")]
    private static partial Regex KeyText();
}
