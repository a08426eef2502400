namespace Hotline.Wire.Intake;

/// <param name="Name">In the reader's language.</param>
public sealed record CategoryCount(string Code, string Name, int Count) : Shown;

/// <summary>What came in on a day of the city.</summary>
/// <param name="ByHour">24 counts, from midnight to midnight on the city's clock.</param>
/// <param name="ByCategory">Most asked for first.</param>
/// <param name="ByStatus">Where the day's requests stand now.</param>
public sealed record IntakeFigures(
    DateOnly Day, int Registered, int Urgent, IReadOnlyList<int> ByHour, IReadOnlyList<CategoryCount> ByCategory,
    IReadOnlyDictionary<string, int> ByStatus) : Shown;

/// <summary>What the operator's form offers to choose from.</summary>
public sealed record IntakeSettings(IReadOnlyList<string> DialledNumbers) : Shown;
