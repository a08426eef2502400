namespace Hotline.Ops;

/// <summary>What a command was given.</summary>
/// <param name="Credentials">File with the platform's credentials.</param>
/// <param name="Words">Options with their values.</param>
public sealed record Options(string Credentials, string[] Words)
{
    public bool Has(string name) => Words.Contains(name);

    public string? Of(string name) => Array.IndexOf(Words, name) is >= 0 and var i && i + 1 < Words.Length ? Words[i + 1] : null;

    /// <summary>What holds a password comes in the environment: everybody on the machine can read command lines.</summary>
    /// <exception cref="ArgumentException">Not given.</exception>
    public static string Secret(string variable) =>
        Environment.GetEnvironmentVariable(variable) ?? throw new ArgumentException($"{variable} is not set");

    /// <exception cref="ArgumentException">Not given.</exception>
    public string Need(string name) => Of(name) ?? throw new ArgumentException($"{name} is needed");
}
