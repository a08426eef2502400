namespace Hotline.Reconciliation;

/// <summary>What is expected of a platform besides that its books agree.</summary>
/// <param name="Acknowledged">Requests that clients were told of: each must be there.</param>
/// <param name="IsFinal">Whether everything has come to its end.</param>
public sealed record Expectation(IReadOnlyCollection<Guid> Acknowledged, bool IsFinal);

/// <summary>A figure of the report.</summary>
/// <param name="What">In words.</param>
/// <param name="Key">Its name where programs read it; null = it is only shown.</param>
public sealed record Counted(string What, string? Key, long Count);

/// <summary>What must hold of one subject in the books of all services. Each is a file in Rules/, found by its being there. Pure: what is
/// only under way is told from what is wrong by whoever looks again.</summary>
public interface IRule
{
    /// <summary>Its class without the ending: request, followUp and so on.</summary>
    string Name => char.ToLowerInvariant(GetType().Name[0]) + GetType().Name[1..^"Rule".Length];

    /// <summary>Where its subject stands in the report: the way of a call, then what it leaves behind, the services last.</summary>
    int Place { get; }

    /// <summary>What must hold, in a sentence for whoever runs the platform.</summary>
    BothLanguages Expected { get; }

    /// <summary>The ledgers that it compares.</summary>
    IReadOnlyList<Book> Compares { get; }

    IEnumerable<Counted> Count(Books books) => [];

    void Check(Books books, Expectation expected, Findings findings);
}
