namespace Hotline.Wire.Operations;

/// <summary>Something in which the services' books do not agree, or that does not go on.</summary>
/// <param name="Kind">missing, doubled, stuck or disagreeing.</param>
/// <param name="Rule">The rule that it breaks, for example timeline.</param>
/// <param name="Subject">Kind and id, or the name of a service or queue.</param>
/// <param name="RequestId">The request that it is about; none where it is about none.</param>
/// <param name="RequestNumber">None where intake does not know the request.</param>
/// <param name="VendorId">The vendor that it is about; none where it is about none.</param>
/// <param name="Expected">What the rule asks for, in the caller's language.</param>
/// <param name="Found">What the books say, in the caller's language.</param>
public sealed record DifferenceView(
    string Kind, string Rule, string Subject, Guid? RequestId, string? RequestNumber, Guid? VendorId, string Expected,
    string Found) : Shown;

/// <summary>How much was on the books, and how much of it was wrong.</summary>
/// <param name="TimelineEntries">Entries of all requests' timelines.</param>
/// <param name="Missing">Something happened and a service that should know does not.</param>
/// <param name="Doubled">It happened once and is on the books twice.</param>
/// <param name="Stuck">It should have gone on and does not.</param>
/// <param name="Disagreeing">Two services say different things of it.</param>
public sealed record ReconciliationFigures(
    long Requests, long Orders, long FollowUps, long TimelineEntries, int Missing, int Doubled, int Stuck, int Disagreeing) : Shown
{
    /// <summary>All that is wrong.</summary>
    public int Differences => Missing + Doubled + Stuck + Disagreeing;
}

/// <summary>The services' books were compared, or are.</summary>
/// <param name="Actor">Name of the user or client who asked for it.</param>
/// <param name="State">running, done or failed.</param>
/// <param name="Reason">Why it failed: away (a service did not answer), denied (the caller's sign-in ended meanwhile), late (it took too
/// long), large (more entries than one process may hold), stopped (its process ended) or broken (a fault of the platform).</param>
/// <param name="Detail">The service that did not answer, where one is known.</param>
/// <param name="Looks">How often the books were read, the reading under way among them: what is only under way is gone after some
/// seconds.</param>
/// <param name="EntriesRead">By the last reading so far.</param>
/// <param name="Figures">Once it is done.</param>
/// <param name="Findings">The first 200.</param>
public sealed record ReconciliationView(
    Guid Id, DateTimeOffset At, string Actor, string State, string? Reason, string? Detail, DateTimeOffset? EndedAt, int Looks,
    int EntriesRead, ReconciliationFigures? Figures, IReadOnlyList<DifferenceView> Findings) : Shown;

/// <summary>One of the runs before the last.</summary>
/// <param name="State">running, done or failed.</param>
/// <param name="Reason">As in the run.</param>
/// <param name="Differences">Once it is done.</param>
public sealed record ReconciliationNote(Guid Id, DateTimeOffset At, string Actor, string State, string? Reason, int? Differences) : Shown;

/// <param name="Last">None where there was none.</param>
/// <param name="Earlier">Newest first; the last 20 runs are kept.</param>
public sealed record ReconciliationsView(ReconciliationView? Last, IReadOnlyList<ReconciliationNote> Earlier) : Shown;
