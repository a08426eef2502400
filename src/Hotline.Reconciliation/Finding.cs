namespace Hotline.Reconciliation;

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

/// <summary>A sentence in the two languages of the platform.</summary>
public sealed record BothLanguages(string Zh, string En);

/// <param name="Rule">That it breaks: request, followUp and so on.</param>
/// <param name="Kind">request, order, follow-up or vendor; null where a service or a queue is meant.</param>
/// <param name="Name">Id, or name of the service or queue.</param>
/// <param name="Found">What the books say.</param>
public sealed record Finding(Fault Fault, string Rule, string? Kind, string Name, BothLanguages Found)
{
    /// <summary>Kind and id, for example order 0199….</summary>
    public string Subject => Kind is null ? Name : $"{Kind} {Name}";
}

/// <summary>What a rule has found so far.</summary>
public sealed class Findings(string rule)
{
    private readonly List<Finding> _all = [];

    public IReadOnlyList<Finding> All => _all;

    public void Add(Fault fault, string kind, Guid id, string zh, string en) =>
        _all.Add(new(fault, rule, kind, id.ToString(), new(zh, en)));

    /// <summary>About a service or a queue.</summary>
    public void Add(Fault fault, string name, string zh, string en) => _all.Add(new(fault, rule, null, name, new(zh, en)));
}
