namespace Hotline.Wire.Identity;

/// <summary>Something that was done to an account or a credential.</summary>
/// <param name="ActorId">Subject of who did it.</param>
/// <param name="Actor">Name at the time.</param>
/// <param name="TargetId">Subject or client id of whom it concerns.</param>
/// <param name="Target">User name or client's name at the time.</param>
/// <param name="TargetName">The name of the person whom it concerns, with the seat's number, as they are now; none for a system.</param>
/// <param name="Details">What changed, for example "role: operator -> supervisor".</param>
public sealed record AuditEntry(
    Guid Id, DateTimeOffset At, string ActorId, string Actor, string Action, string? TargetId, string? Target, string? Details,
    string? TargetName) : Shown;
