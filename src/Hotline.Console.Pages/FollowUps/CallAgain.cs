using System.Globalization;

namespace Hotline.Console.FollowUps;

/// <summary>A time at which to call again that can be chosen.</summary>
/// <param name="Name">usual, half, two, evening or morning.</param>
/// <param name="At">When.</param>
public sealed record CallAgain(string Name, DateTimeOffset At)
{
    private const int Evening = 19, Morning = 9, Night = 6, First = 7, Last = 22;
    private static readonly TimeSpan Half = TimeSpan.FromMinutes(30), Most = TimeSpan.FromDays(7);

    /// <summary>What can be chosen at a time: after the usual pause, in half an hour, in two hours, this evening if there is one still,
    /// the next morning.</summary>
    public static IEnumerable<CallAgain> Choices(TimeSpan pause, DateTimeOffset now)
    {
        var (today, hour) = (now.ToLocalDay(), now.ToLocalTimeOfDay().Hour);
        yield return new("usual", now + pause);
        if (pause != Half) yield return new("half", now + Half);
        yield return new("two", now + TimeSpan.FromHours(2));
        if (hour < Evening - 1) yield return new("evening", OnDay(today, Evening));
        // who works at night means the morning that comes
        yield return new("morning", OnDay(hour < Night ? today : today.AddDays(1), Morning));
    }

    /// <summary>Days on which there is a time that can be chosen: as far ahead as the API takes them.</summary>
    public static IEnumerable<DateOnly> Days(DateTimeOffset now) =>
        Enumerable.Range(0, Most.Days + 1).Select(now.ToLocalDay().AddDays).Where(day => Times(day, now).Any());

    /// <summary>Times of a day, HH:mm: in quarters of an hour, while one may call.</summary>
    public static IEnumerable<string> Times(DateOnly day, DateTimeOffset now) =>
        Enumerable.Range(First * 4, (Last - First) * 4).Select(quarter => new TimeOnly(quarter / 4, quarter % 4 * 15))
            .Where(time => LocalTime.Moment(day.ToDateTime(time)) is var at && at > now && at < now + Most)
            .Select(time => time.ToString("HH:mm", CultureInfo.InvariantCulture));

    /// <summary>The moment of one of these times.</summary>
    public static DateTimeOffset On(DateOnly day, string time) =>
        LocalTime.Moment(day.ToDateTime(TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture)));

    private static DateTimeOffset OnDay(DateOnly day, int hour) => LocalTime.Moment(day.ToDateTime(new(hour, 0)));
}
