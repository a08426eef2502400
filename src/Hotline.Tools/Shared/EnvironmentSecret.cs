namespace Hotline.Tools.Shared;

/// <summary>What holds a password comes in the environment: everybody on the machine can read command lines.</summary>
public static class EnvironmentSecret
{
    /// <exception cref="ArgumentException">Not given.</exception>
    public static string Of(string variable) =>
        Environment.GetEnvironmentVariable(variable) ?? throw new ArgumentException($"{variable} is not set");
}
