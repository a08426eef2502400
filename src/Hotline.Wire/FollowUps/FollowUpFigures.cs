namespace Hotline.Wire.FollowUps;

/// <summary>What citizens said of a day of the city, and who waits to be called now.</summary>
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
public sealed record FollowUpFigures(
    DateOnly Day, int Services, int ServicesCalledBack, int Answered, int Unreachable, int Complaints, double? MeanSatisfaction,
    int ServicesAnswered, int Satisfied, int Resolved, int Waiting) : Shown;
