namespace Hotline.Wire.Operations;

/// <summary>Somebody was shown who a citizen is, in full.</summary>
/// <param name="ActorId">Subject of the token.</param>
/// <param name="Actor">Name of the user or client.</param>
/// <param name="Role">As which they asked.</param>
/// <param name="RequestId">Whose request it is.</param>
/// <param name="Action">What they did to see it: view, accept, claim and so on.</param>
public sealed record Access(Guid Id, DateTimeOffset At, string ActorId, string Actor, string Role, Guid RequestId, string Action) : Shown;
