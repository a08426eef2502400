namespace Hotline.Wire.FollowUps;

/// <summary>What citizens said of a day of the city, or of several, and who waits to be called now.</summary>
/// <param name="Day">The first day.</param>
/// <param name="Services">Completed services that fell due for a follow-up.</param>
/// <param name="ServicesCalledBack">Of them, those called back, reached or not.</param>
/// <param name="Answered">Follow-ups of any kind in which the citizen answered.</param>
/// <param name="Unreachable">Follow-ups of any kind in which nobody could be asked.</param>
/// <param name="MeanSatisfaction">1 to 5 over services; none without answers.</param>
/// <param name="ServicesAnswered">Services whose citizen answered.</param>
/// <param name="Satisfied">Of them, those with 4 or 5.</param>
/// <param name="Resolved">Of them, those whose problem is solved.</param>
/// <param name="Waiting">Follow-ups that are due and that nobody has claimed, of any day;
/// those whose next try comes later do not count.</param>
/// <param name="Mine">Follow-ups that the caller has claimed, of any day.</param>
/// <param name="Later">Follow-ups to be called again later, of any day.</param>
/// <param name="EndedToday">Follow-ups that ended today, whichever day they fell due.</param>
/// <param name="NextDueAt">When the next of those that are not due now will be: by its time, or because a claim lapses;
/// none = no such.</param>
/// <param name="To">The last day; part of the span.</param>
public sealed record FollowUpFigures(
    DateOnly Day, int Services, int ServicesCalledBack, int Answered, int Unreachable, int Complaints, double? MeanSatisfaction,
    int ServicesAnswered, int Satisfied, int Resolved, int Waiting, int Mine, int Later, int EndedToday,
    DateTimeOffset? NextDueAt, DateOnly To) : Shown;

/// <summary>Follow-ups, by when they fell due.</summary>
/// <param name="Services">Completed services among them.</param>
/// <param name="ServicesCalledBack">Of the services, those called back, reached or not.</param>
/// <param name="ServicesAnswered">Of the services, those whose citizen answered.</param>
/// <param name="Satisfied">Of those who answered, those with 4 or 5.</param>
/// <param name="Resolved">Of those who answered, those whose problem is solved.</param>
/// <param name="Complaints">In follow-ups of any kind.</param>
public sealed record FollowUpFigureRow(
    string Key, string Name, int Services, int ServicesCalledBack, int ServicesAnswered, int Satisfied, int Resolved, int Complaints)
    : Shown, IFigureRow
{
    int IFigureRow.Count => Services;
}

/// <summary>The hotline's rules for follow-ups.</summary>
/// <param name="MaxAttempts">After so many attempts the citizen counts as unreachable.</param>
/// <param name="TryAgainAfterSeconds">How long after an attempt the next is due; 0 = at once, by the same operator.</param>
public sealed record FollowUpSettings(int MaxAttempts, int TryAgainAfterSeconds) : Shown;
