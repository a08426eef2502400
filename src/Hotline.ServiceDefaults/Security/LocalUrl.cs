namespace Hotline.ServiceDefaults;

/// <summary>Where a person is led after signing in: a path of this site, as it may stand in a Location header.</summary>
public static class LocalUrl
{
    public const string Home = "/";

    private const int MostDecodings = 4;

    /// <summary>The path that was asked for, percent-encoded, or <see cref="Home"/> where it could lead elsewhere. Browsers drop tabs and
    /// line breaks and take a backslash for a slash, and the next server may decode once more: so neither may appear in the path, written
    /// plainly or encoded, nor may an empty segment.</summary>
    /// <param name="asked">Path and query as the browser gave them, decoded once.</param>
    public static string Of(string? asked)
    {
        if (asked is not ['/', ..]) return Home;
        var read = asked;
        for (var times = 0; times < MostDecodings; times++)
        {
            var path = PathOf(read);
            if (read.Any(char.IsControl) || path.Contains("//", StringComparison.Ordinal) || path.Contains('\\')) return Home;
            var next = Uri.UnescapeDataString(read);
            if (next == read) return Encoded(asked);
            read = next;
        }
        return Home;
    }

    // an HTTP header carries ASCII only
    private static string Encoded(string path) =>
        Uri.TryCreate("http://site" + path, UriKind.Absolute, out var url) ? url.PathAndQuery + url.Fragment : Home;

    private static string PathOf(string url) => url.IndexOfAny(['?', '#']) is >= 0 and var end ? url[..end] : url;
}
