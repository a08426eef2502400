using Hotline.Reconciliation.Rules;

namespace Hotline.Reconciliation;

/// <summary>What came of comparing the books.</summary>
/// <param name="Books">As they were last read.</param>
/// <param name="Findings">What was wrong all the time.</param>
public sealed record Reconciled(Books Books, IReadOnlyList<Finding> Findings)
{
    /// <summary>How much there was to compare, in the order of the report.</summary>
    public IEnumerable<Counted> Counted => Reconciler.Rules.SelectMany(rule => rule.Count(Books));

    /// <summary>The request that a finding is about; null where it is about none, or none that the books know.</summary>
    public Guid? RequestOf(Finding finding)
    {
        if (finding.Kind is null || !Guid.TryParse(finding.Name, out var id)) return null;
        return finding.Kind switch
        {
            "request" => id,
            "order" => Books.Of(OrderRule.Orders).FirstOrDefault(o => o.Id == id)?.RequestId,
            "follow-up" => Books.Of(FollowUpRule.FollowUps).FirstOrDefault(f => f.Id == id)?.RequestId,
            _ => null,
        };
    }

    /// <summary>A request's number; null where intake does not know it.</summary>
    public string? NumberOf(Guid request) => Books.Of(RequestRule.Requests).FirstOrDefault(r => r.Id == request)?.Number;
}

/// <summary>All rules together.</summary>
public static class Reconciler
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

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
        var found = new List<Finding>();
        foreach (var rule in Rules)
        {
            var findings = new Findings(rule.Name);
            rule.Check(books, expected, findings);
            found.AddRange(findings.All);
        }
        return found;
    }

    /// <summary>Reads the books and compares them. What is only under way is gone at the second look; what is wrong stays.</summary>
    /// <param name="read">Reads them all.</param>
    /// <param name="patience">For how long a difference may last.</param>
    public static async Task<Reconciled> Run(
        Func<Task<Books>> read, Expectation expected, TimeSpan patience, TimeProvider clock, CancellationToken stop)
    {
        Books? books = await read();
        var findings = Find(books, expected);
        var until = clock.GetUtcNow() + patience;
        while (findings.Count > 0 && clock.GetUtcNow() < until)
        {
            books = null; // of hundreds of thousands of entries one set is enough to hold
            await Task.Delay(Pause, clock, stop);
            books = await read();
            findings = [.. findings.Intersect(Find(books, expected))];
        }
        return new(books, findings);
    }
}
