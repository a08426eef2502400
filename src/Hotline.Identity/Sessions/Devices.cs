namespace Hotline.Identity.Sessions;

/// <summary>What a browser says of itself, in the few words by which its owner knows it again. A hint, no proof: anybody may say
/// anything.</summary>
public static class Devices
{
    // the first that fits: Edge and WeChat also say Chrome, and Chrome also says Safari
    private static readonly (string Sign, string Name)[] Browsers =
    [
        ("MicroMessenger", "WeChat"), ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"),
    ];

    private static readonly (string Sign, string Name)[] Systems =
    [
        ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
        ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ];

    /// <summary>For example "Chrome, Windows"; what is not known, as it is, shortened; - for nothing.</summary>
    public static string Describe(string? userAgent)
    {
        if (string.IsNullOrWhiteSpace(userAgent)) return "-";
        var names = new[] { Named(Browsers, userAgent), Named(Systems, userAgent) }.OfType<string>().ToArray();
        if (names.Length > 0) return string.Join(", ", names);
        var text = string.Concat(userAgent.Where(c => c is >= ' ' and <= '~'));
        return text.Length > 60 ? text[..60] : text;
    }

    private static string? Named((string Sign, string Name)[] known, string userAgent) =>
        known.FirstOrDefault(k => userAgent.Contains(k.Sign, StringComparison.Ordinal)).Name;
}
