namespace Hotline.Telephony.Calls;

/// <summary>What a leg of a call does.</summary>
public enum LegState
{
    /// <summary>Neither rung nor answered for us: the caller, a trunk, the inside of Asterisk.</summary>
    Other,
    Offered,
    Answered,
    Held,
}

/// <summary>A channel of a call.</summary>
/// <param name="Id">Asterisk's Uniqueid.</param>
/// <param name="Channel">Its name, by which it is hung up: PJSIP/1001-00000003.</param>
/// <param name="Seat">Extension of the operator whose phone it is; null of others.</param>
public sealed record Leg(string Id, string Channel, string? Seat, LegState State = LegState.Other);

/// <summary>A call that has not ended.</summary>
/// <param name="LinkedId">Asterisk's Linkedid of its first channel.</param>
/// <param name="Direction">Null of a call between two seats, which is nobody's business.</param>
/// <param name="Since">When it rang; PBX's time.</param>
public sealed record OpenCall(string LinkedId, CallDirection? Direction, DateTimeOffset Since)
{
    public string? From { get; init; }

    public string? To { get; init; }

    public string? Queue { get; init; }

    /// <summary>Who dials, of a call that goes out.</summary>
    public string? Seat { get; init; }

    /// <summary>Whether the caller waits in a queue: until an operator takes the call, all that is dialled is the queue's doing.</summary>
    public bool IsQueued { get; init; }

    /// <summary>Whether a person has answered, once.</summary>
    public bool IsAnswered { get; init; }

    /// <summary>Why it will have ended, where that is known before.</summary>
    public string? Cause { get; init; }

    /// <summary>Its channels, the first one first.</summary>
    public IReadOnlyList<Leg> Legs { get; init; } = [];

    /// <summary>The channel by which it came or was begun.</summary>
    public Leg? Origin => Legs.FirstOrDefault(l => l.Id == LinkedId) ?? (Legs.Count == 0 ? null : Legs[0]);

    public Leg? Of(string id) => Legs.FirstOrDefault(l => l.Id == id);

    public OpenCall With(Leg leg) => this with { Legs = [.. Legs.Where(l => l.Id != leg.Id), leg] };

    public OpenCall Without(string id) => this with { Legs = [.. Legs.Where(l => l.Id != id)] };
}
