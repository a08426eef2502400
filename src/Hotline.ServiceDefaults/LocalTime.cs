namespace Hotline.ServiceDefaults;

/// <summary>The city's civil time. Stored and sent times are UTC; days and opening hours are local.</summary>
public static class LocalTime
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    /// <summary>The same moment on the city's clock.</summary>
    public static DateTimeOffset ToLocal(this DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, Zone);

    /// <summary>The city's calendar day of a moment.</summary>
    public static DateOnly ToLocalDay(this DateTimeOffset time) => DateOnly.FromDateTime(time.ToLocal().DateTime);

    /// <summary>The city's time of day of a moment.</summary>
    public static TimeOnly ToLocalTimeOfDay(this DateTimeOffset time) => TimeOnly.FromDateTime(time.ToLocal().DateTime);

    /// <summary>The moment at which the city's day begins.</summary>
    public static DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
