using System.ComponentModel.DataAnnotations;

namespace Hotline.Intake.Calls;

/// <summary>Settings under Calls.</summary>
public sealed class CallOptions
{
    /// <summary>How long a seat has after a call for writing down what it was about (话后整理).</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:30:00")]
    public TimeSpan WrapUp { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After how long nobody is taken to sit at a seat any more whose person did not sign out.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Shift { get; init; } = TimeSpan.FromHours(14);

    /// <summary>How many calls there can be at a time; not set = not known, and no minutes are counted in which all lines were in
    /// use.</summary>
    [Range(1, 10_000)]
    public int? Lines { get; init; }

    /// <summary>How long what telephone systems told is kept as it came: for repeats, and for whoever counts again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")]
    public TimeSpan EventsKeptFor { get; init; } = TimeSpan.FromDays(90);
}
