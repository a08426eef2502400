using System.Text.Json;
using Hotline.Contracts;
using Hotline.Wire.Intake;

namespace Hotline.Intake.Timeline;

/// <summary>An event as the timeline tells it.</summary>
/// <param name="Event">The event's type.</param>
/// <param name="Zh">In Chinese, with fields of the data in braces.</param>
/// <param name="En">In English.</param>
/// <param name="Data">What of the event is kept and shown.</param>
/// <param name="OrderStatus">What the order is after it; null = as before.</param>
/// <param name="Repeats">An order may come to it more than once.</param>
public sealed record StoryLine(
    Type Event, string Zh, string En, Tone Tone, Func<IAboutRequest, object> Data, string? OrderStatus, bool Repeats)
{
    /// <summary>The stable word for it: the event's name.</summary>
    public string Kind { get; } = JsonNamingPolicy.CamelCase.ConvertName(Event.Name);

    /// <summary>How it is seen, where that depends on what is kept of it.</summary>
    public Func<JsonElement, Tone> ToneOf { get; init; } = _ => Tone;

    /// <summary>Whether each version of an order is told by one of these.</summary>
    public bool TellsOrder { get; } = typeof(IAboutOrder).IsAssignableFrom(Event);
}
