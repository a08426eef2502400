namespace Hotline.Console.Overview;

/// <summary>What overview.js draws.</summary>
/// <param name="Links">Where a click on each label's bars leads; null = nowhere.</param>
/// <param name="Unit">Behind each value: % or nothing.</param>
public sealed record ChartSpec(
    bool Horizontal, IReadOnlyList<string> Labels, IReadOnlyList<ChartSeries> Series, IReadOnlyList<string?> Links, string Unit = "");

/// <param name="Values">One for each label; null = a gap.</param>
/// <param name="Line">A line in place of bars.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<double?> Values, bool Line = false);
