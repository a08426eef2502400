namespace Hotline.Wire.Dispatch;

/// <summary>How long something took.</summary>
/// <param name="Count">How often it happened.</param>
/// <param name="MedianSeconds">None where it did not happen.</param>
/// <param name="P90Seconds">Nine of ten were faster.</param>
/// <param name="InTime">How many of them kept the time: phoned within the contact deadline, completed within an hour of the call.</param>
public sealed record DurationFigure(int Count, double? MedianSeconds, double? P90Seconds, int InTime) : Shown;

/// <summary>What became of the orders offered on a day of the city, or on several, and what is open now.</summary>
/// <param name="Day">The first day.</param>
/// <param name="ByStatus">Where these orders stand now.</param>
/// <param name="Open">All open orders by status, whenever they were offered.</param>
/// <param name="Overdue">Open orders whose citizen was not phoned in time.</param>
/// <param name="FirstContact">From acceptance to the vendor's call.</param>
/// <param name="Completion">From the citizen's call to completion; in time = within an hour.</param>
/// <param name="To">The last day; part of the span.</param>
public sealed record DispatchFigures(
    DateOnly Day, IReadOnlyDictionary<string, int> ByStatus, IReadOnlyDictionary<string, int> Open, int Overdue,
    DurationFigure FirstContact, DurationFigure Completion, DateOnly To) : Shown;

/// <summary>Orders offered, by when they were.</summary>
/// <param name="Rejected">Of them, those that the vendor did not want.</param>
/// <param name="Expired">Of them, those that the vendor did not answer.</param>
/// <param name="FirstContact">From acceptance to the vendor's call.</param>
/// <param name="Completion">From the citizen's call to completion; in time = within an hour.</param>
public sealed record DispatchFigureRow(
    string Key, string Name, int Offered, int Rejected, int Expired, DurationFigure FirstContact, DurationFigure Completion)
    : Shown, IFigureRow
{
    int IFigureRow.Count => Offered;
}
