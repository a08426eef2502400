namespace Hotline.Tools.Reconcile;

/// <summary>All rules together.</summary>
public static class Reconciliation
{
    /// <summary>In the order of the report.</summary>
    public static IReadOnlyList<IRule> Rules { get; } = [.. typeof(IRule).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IRule)))
        .Select(type => (IRule)Activator.CreateInstance(type)!).OrderBy(rule => rule.Place)];

    /// <summary>All ledgers that rules compare, effects before their causes: what is missing was not just begun.</summary>
    public static IReadOnlyList<Book> Compared { get; } =
        [.. Rules.SelectMany(rule => rule.Compares).Distinct().OrderByDescending(book => book.Depth)];

    /// <summary>All that is wrong.</summary>
    public static IReadOnlyList<Finding> Find(Books books, Expectation expected)
    {
        var findings = new Findings();
        foreach (var rule in Rules) rule.Check(books, expected, findings);
        return findings.All;
    }
}
