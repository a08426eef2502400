using Hotline.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hotline.ServiceDefaults;

/// <summary>Collects what is wrong with the parameters of a list, so that every fault is named at once. Each method gives the value to use,
/// null where it is missing or faulty.</summary>
public sealed class Faults
{
    private const int MostWords = 100;
    private static readonly Text UnknownWord = new("word.unknown", "没有这个取值，可用：{0}", "There is no such value; known are: {0}");
    private static readonly Text TooLong = new("text.too-long", "最多 {0} 个字符", "At most {0} characters");

    private readonly Dictionary<string, string[]> _errors = [];

    /// <summary>Whether something is wrong.</summary>
    public bool Any => _errors.Count > 0;

    /// <summary>400 with all of it.</summary>
    public ProblemHttpResult ToProblem() => Problems.InvalidInput(_errors);

    /// <summary>Something is wrong with a parameter.</summary>
    public void Add(string field, string message) => _errors[field] = [message];

    /// <summary>One of the words of an enum.</summary>
    public string? Word<T>(string? value, string field) where T : struct, Enum => OneOf(value, field, EnumWords.Words<T>());

    /// <summary>One of these words.</summary>
    public string? OneOf(string? value, string field, params string[] known)
    {
        if (string.IsNullOrEmpty(value)) return null;
        if (known.Contains(value)) return value;
        Add(field, UnknownWord.Say(string.Join(", ", known)));
        return null;
    }

    /// <summary>Words to search for.</summary>
    public string? Words(string? value, string field)
    {
        if (string.IsNullOrWhiteSpace(value)) return null;
        if (value.Length > MostWords) Add(field, TooLong.Say(MostWords));
        return value.Trim();
    }

    /// <summary>Where a span of time begins: a time, or a day of the city, which begins at its midnight.</summary>
    public DateTimeOffset? From(string? value, string field) => Moment(value, field, LocalTime.StartOf);

    /// <summary>Where a span of time ends: a time, or a day of the city, which is part of it.</summary>
    public DateTimeOffset? To(string? value, string field) => Moment(value, field, day => LocalTime.StartOf(day.AddDays(1)));

    private DateTimeOffset? Moment(string? value, string field, Func<DateOnly, DateTimeOffset> ofDay)
    {
        if (string.IsNullOrWhiteSpace(value)) return null;
        if (LocalTime.ReadDay(value) is { } day) return ofDay(day);
        if (LocalTime.ReadTime(value) is { } time) return time;
        Add(field, LocalTime.DayOrTimeWanted.Say());
        return null;
    }
}
