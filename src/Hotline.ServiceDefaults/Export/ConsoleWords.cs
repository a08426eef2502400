using System.Globalization;
using System.Resources;
using Hotline.Wire;

namespace Hotline.ServiceDefaults;

/// <summary>The words in which the console says statuses, roles and the like: its resource files are part of this assembly too, so that a
/// file calls things by the names that stand in the page.</summary>
public static class ConsoleWords
{
    private static readonly ResourceManager Chinese = new("Words", typeof(ConsoleWords).Assembly),
        English = new("Words.English", typeof(ConsoleWords).Assembly);

    /// <summary>In the caller's language; what has no word stands for itself.</summary>
    /// <param name="key">For example Request.registered.</param>
    public static string Say(string key) =>
        (Text.English ? English : Chinese).GetString(key, CultureInfo.InvariantCulture) ?? key.Split('.')[^1];
}
