using System.Text.Json.Serialization;

namespace Hotline.Wire.Calls;

/// <summary>What an operator's seat does. The platform says so; the telephone system obeys.</summary>
[JsonConverter(typeof(EnumFormat<SeatState>))]
public enum SeatState
{
    /// <summary>签出: nobody sits there.</summary>
    Offline,

    /// <summary>示闲: takes calls.</summary>
    Ready,

    /// <summary>振铃.</summary>
    Ringing,

    /// <summary>通话.</summary>
    Talking,

    /// <summary>话后整理: writes down what the call was about; ends by itself.</summary>
    WrapUp,

    /// <summary>示忙, with a reason.</summary>
    Busy,
}

/// <summary>A place at which calls are taken (座席): a person and an extension, for a shift.</summary>
/// <param name="Id">The person's.</param>
/// <param name="Reason">Why busy.</param>
/// <param name="Since">Since when it is in this state.</param>
/// <param name="CallId">The call that rings or is spoken.</param>
/// <param name="WrapUpUntil">When it takes calls again by itself.</param>
/// <param name="Reachable">Whether the telephone system can ring its telephone, as far as it told.</param>
public sealed record SeatView(
    string Id, string Name, string? Extension, SeatState State, string? Reason, DateTimeOffset Since, Guid? CallId,
    DateTimeOffset? WrapUpUntil, bool Reachable, int Version) : Shown, IVersioned;

/// <param name="Extension">Of the telephone at which one sits: 1 to 20 letters, digits, dots and dashes.</param>
public sealed record SeatInput(string? Extension) : Shown;

/// <param name="State">ready, busy or wrapUp; of another's seat ready, busy or offline.</param>
/// <param name="Reason">Why busy, at most 100 characters.</param>
public sealed record SeatStateInput(string? State, string? Reason) : Shown;
