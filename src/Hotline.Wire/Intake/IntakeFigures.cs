namespace Hotline.Wire.Intake;

/// <param name="Name">In the reader's language.</param>
public sealed record CategoryCount(string Code, string Name, int Count) : Shown;

/// <summary>What came in on a day of the city, or on several.</summary>
/// <param name="Day">The first day.</param>
/// <param name="ByHour">24 counts, from midnight to midnight on the city's clock.</param>
/// <param name="ByCategory">Most asked for first.</param>
/// <param name="ByStatus">Where these requests stand now.</param>
/// <param name="To">The last day; part of the span.</param>
public sealed record IntakeFigures(
    DateOnly Day, int Registered, int Urgent, IReadOnlyList<int> ByHour, IReadOnlyList<CategoryCount> ByCategory,
    IReadOnlyDictionary<string, int> ByStatus, DateOnly To) : Shown;

/// <summary>Requests registered, by when they were.</summary>
/// <param name="Cancelled">Of them, those that were not wanted any more.</param>
/// <param name="NoVendor">Of them, those for which no vendor was found.</param>
public sealed record IntakeFigureRow(string Key, string Name, int Registered, int Urgent, int Cancelled, int NoVendor) : Shown, IFigureRow
{
    int IFigureRow.Count => Registered;
}

/// <summary>What the operator's form offers to choose from.</summary>
public sealed record IntakeSettings(IReadOnlyList<string> DialledNumbers) : Shown;
