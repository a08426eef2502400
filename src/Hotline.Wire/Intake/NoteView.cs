namespace Hotline.Wire.Intake;

/// <summary>A note of the desk on a request; vendors and citizens do not see it.</summary>
/// <param name="Text">Empty once the citizen is forgotten.</param>
public sealed record NoteView(Guid Id, string By, DateTimeOffset At, string Text) : Shown;

/// <param name="Text">At most 2,000 characters.</param>
/// <param name="Mentions">Ids of people who are to look (/api/staff/colleagues); at most 20.</param>
public sealed record NoteInput(string? Text, IReadOnlyList<Guid>? Mentions) : Shown;
