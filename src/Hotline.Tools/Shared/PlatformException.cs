namespace Hotline.Tools.Shared;

/// <summary>The platform did not do what it promises.</summary>
/// <param name="message">What it did instead.</param>
/// <param name="kind">The same for all of a kind, whatever the ids and words in it.</param>
public sealed class PlatformException(string message, string? kind = null) : Exception(message)
{
    /// <summary>An answer that is none of those that were expected.</summary>
    public PlatformException(HttpMethod method, string path, Answer answer)
        : this($"{method} {path}: {answer.Code} {answer.Text("code")} {answer.Text("title")} {answer["errors"]?.ToJsonString()}".TrimEnd(),
            $"{method} {Shape(path)}: {answer.Code}") => Code = answer.Code;

    /// <summary>The answer's status; 0 where there was none.</summary>
    public int Code { get; }

    /// <summary>By which many are counted.</summary>
    public string Kind { get; } = kind ?? message;

    private static string Shape(string path) =>
        string.Join('/', path.Split('?')[0].Split('/').Select(part => Guid.TryParse(part, out _) ? "{id}" : part));
}
