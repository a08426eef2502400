namespace Hotline.Tools.Reconcile;

/// <summary>What can be wrong between the services' books.</summary>
public enum Fault
{
    /// <summary>Something happened and a service that should know does not.</summary>
    Missing,

    /// <summary>It happened once and is on the books twice.</summary>
    Doubled,

    /// <summary>It should have gone on and does not.</summary>
    Stuck,

    /// <summary>Two services say different things of it.</summary>
    Disagreeing,
}

/// <param name="Subject">Kind and id, for example order 0199….</param>
public sealed record Finding(Fault Fault, string Subject, string What);

/// <summary>What rules have found so far.</summary>
public sealed class Findings
{
    private readonly List<Finding> _all = [];

    public IReadOnlyList<Finding> All => _all;

    public void Add(Fault fault, string kind, Guid id, string what) => Add(fault, $"{kind} {id}", what);

    public void Add(Fault fault, string subject, string what) => _all.Add(new(fault, subject, what));
}
