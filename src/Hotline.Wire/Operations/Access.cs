namespace Hotline.Wire.Operations;

/// <summary>Somebody was shown who a citizen is, in full.</summary>
/// <param name="ActorId">Subject of the token.</param>
/// <param name="Actor">Name of the user or client.</param>
/// <param name="Role">As which they asked.</param>
/// <param name="RequestId">Whose request it is; none where a whole list was exported.</param>
/// <param name="Action">What they did to see it: view, accept, claim, export and so on.</param>
/// <param name="Details">Of an export: which list in which format, how it was narrowed (what was looked for in words is not told), and how
/// many rows.</param>
/// <param name="RequestNumber">The number that the citizen can quote; null where it is about no request.</param>
public sealed record Access(
    Guid Id, DateTimeOffset At, string ActorId, string Actor, string Role, Guid? RequestId, string Action, string? Details = null,
    string? RequestNumber = null) : Shown;
