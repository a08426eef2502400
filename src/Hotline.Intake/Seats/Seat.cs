using Hotline.Wire.Calls;

namespace Hotline.Intake.Seats;

/// <summary>Where somebody takes calls (座席): a person and an extension. Whether it rings or speaks follows from calls; whether it takes
/// calls at all its person, or a supervisor, chooses.</summary>
public sealed record Seat : IVersioned
{
    private static readonly Text NotTaken = new("seat.none", "请先签入座席（填写分机号）", "Sign in at a seat first: give its extension");
    private static readonly Text NotNow = new("seat.state", "座席现在不能转为该状态", "The seat cannot take that state now");
    private static readonly Text InCall = new("seat.in-call", "座席正在振铃或通话，请先结束通话", "The seat rings or speaks: end the call first");

    public required string Person { get; init; }
    public required string Name { get; init; }

    /// <summary>Null = nobody sits there.</summary>
    public string? Extension { get; init; }

    /// <summary>What it does while it has no call: ready or busy.</summary>
    public SeatState Chosen { get; init; } = SeatState.Ready;
    public string? Reason { get; init; }
    public DateTimeOffset Since { get; init; }
    public DateTimeOffset? SignedInAt { get; init; }
    public Guid? CallId { get; init; }

    /// <summary>Whether the call is spoken; otherwise it rings.</summary>
    public bool Talks { get; init; }
    public DateTimeOffset? WrapUpUntil { get; init; }

    /// <summary>Whether its telephone can be rung, as the telephone system last told.</summary>
    public bool Reachable { get; init; } = true;

    /// <summary>0 = not yet kept.</summary>
    public int Version { get; init; }

    public SeatState State => Extension is null ? SeatState.Offline
        : CallId is not null ? Talks ? SeatState.Talking : SeatState.Ringing
        : WrapUpUntil is not null ? SeatState.WrapUp : Chosen;

    /// <summary>Null where a call can begin here: somebody sits here, and no call is here already.</summary>
    public Refusal? RefusesCall => Extension is null ? NobodySits
        : CallId is not null ? new(InCall, CurrentStatus: State.ToWire()) : null;

    /// <summary>Who sits at no seat.</summary>
    public static Refusal NobodySits => new(NotTaken, CurrentStatus: SeatState.Offline.ToWire());

    /// <summary>Somebody who has no seat.</summary>
    public static Seat Of(Caller caller, DateTimeOffset now) => new() { Person = caller.Id, Name = caller.Name, Since = now };

    /// <summary>Sits down, or moves to another extension.</summary>
    public Decision<Seat> SignIn(string extension, string name, DateTimeOffset now)
    {
        if (extension == Extension) return Decision.Accept(this);
        if (CallId is not null) return new Refusal(InCall, CurrentStatus: State.ToWire());
        return Decision.Accept(this with
        {
            Name = name,
            Extension = extension,
            Chosen = Extension is null ? SeatState.Ready : Chosen,
            Reason = Extension is null ? null : Reason,
            SignedInAt = Extension is null ? now : SignedInAt,
            WrapUpUntil = null,
            Reachable = true,
            Version = Version + 1,
        });
    }

    /// <summary>Gets up. A call that is spoken goes on at the telephone.</summary>
    public Seat SignOut() => Extension is null ? this
        : this with { Extension = null, CallId = null, Talks = false, WrapUpUntil = null, Reason = null, Version = Version + 1 };

    /// <summary>Chooses what it does. While a call rings or is spoken the choice is for afterwards; wrapping up can only be gone on
    /// with.</summary>
    /// <param name="wrapUp">For how long more.</param>
    public Decision<Seat> Choose(SeatState state, string? reason, TimeSpan wrapUp, DateTimeOffset now) => State switch
    {
        SeatState.Offline => NobodySits,
        _ when state is SeatState.Ready => Decision.Accept(this with
        { Chosen = SeatState.Ready, Reason = null, WrapUpUntil = null, Version = Version + 1 }),
        _ when state is SeatState.Busy => Decision.Accept(this with
        { Chosen = SeatState.Busy, Reason = reason, WrapUpUntil = null, Version = Version + 1 }),
        SeatState.WrapUp when state is SeatState.WrapUp => Decision.Accept(this with
        { WrapUpUntil = now + wrapUp, Version = Version + 1 }),
        _ => new Refusal(NotNow, CurrentStatus: State.ToWire()),
    };

    /// <summary>Writing down is a person's own.</summary>
    public Decision<Seat> NotForOthers => new Refusal(NotNow, CurrentStatus: State.ToWire());

    /// <summary>What its calls say of it.</summary>
    /// <param name="call">The call that is spoken there, or else rings; null = none.</param>
    /// <param name="wrapUp">How long it has for writing down what a call was about.</param>
    /// <returns>The seat after it; itself where that is no news.</returns>
    public Seat Follow(Guid? call, bool talks, TimeSpan wrapUp, DateTimeOffset now)
    {
        if (Extension is null || call == CallId && talks == Talks) return this;
        var spoke = State is SeatState.Talking && !talks;
        return this with
        {
            CallId = call,
            Talks = talks,
            WrapUpUntil = spoke && Chosen is SeatState.Ready ? now + wrapUp : talks ? null : WrapUpUntil,
            Version = Version + 1,
        };
    }

    /// <summary>Its time for writing down is over.</summary>
    public Seat EndWrapUp() => this with { WrapUpUntil = null, Version = Version + 1 };
}
