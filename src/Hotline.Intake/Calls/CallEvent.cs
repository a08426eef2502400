using Hotline.Wire.Calls;

namespace Hotline.Intake.Calls;

/// <summary>What a telephone system told, checked.</summary>
/// <param name="Seat">Extension.</param>
/// <param name="Numbers">Who called whom, sealed (<see cref="CallNumbers"/>); null = not told by this event.</param>
public sealed record CallEvent(
    string Pbx, string EventId, string LinkedId, string? CallId, CallEventType Type, DateTimeOffset At, CallDirection? Direction,
    string? Numbers, string? Queue, string? Seat, int? Position, string? Cause, string? Recording)
{
    /// <summary>For reading rows.</summary>
    public CallEvent() : this("", "", "", null, default, default, null, null, null, null, null, null, null) { }
}

/// <summary>Both ends of a call as the telephone system tells them.</summary>
public sealed record CallNumbers(string? From, string? To)
{
    /// <summary>The citizen's end: who calls us, or whom we call.</summary>
    public string? Citizens(CallDirection direction) => direction is CallDirection.In ? From : To;

    /// <summary>The hotline's end.</summary>
    public string? Ours(CallDirection direction) => direction is CallDirection.In ? To : From;
}
