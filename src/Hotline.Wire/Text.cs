using System.Globalization;

namespace Hotline.Wire;

/// <summary>A message to a person, in the two languages that the platform speaks. Chinese is the default.</summary>
/// <param name="Code">Stable, machine-readable; clients may rely on it.</param>
/// <param name="Zh">Chinese; may hold placeholders {0}, {1}.</param>
/// <param name="En">English; the same placeholders.</param>
public sealed record Text(string Code, string Zh, string En)
{
    /// <summary>In the caller's language (the current UI culture, which the request's Accept-Language sets).</summary>
    public string Say(params object?[] values) => string.Format(CultureInfo.CurrentCulture, English ? En : Zh, values);

    /// <summary>True where the caller asked for English; everybody else gets Chinese.</summary>
    public static bool English => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
}
