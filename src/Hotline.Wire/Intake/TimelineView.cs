using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hotline.Wire.Intake;

/// <param name="Kind">What happened, a stable word.</param>
/// <param name="Actor">Who did it; system for clocks.</param>
/// <param name="Text">In the reader's language.</param>
/// <param name="Tone">How it is seen: plain, good or bad.</param>
/// <param name="Data">Particulars.</param>
public sealed record TimelineItem(DateTimeOffset At, string Kind, string Actor, string Text, Tone Tone, JsonElement Data) : Shown;

public sealed record TimelineView(IReadOnlyList<TimelineItem> Items) : Shown;

/// <summary>How an event is seen by whoever reads a timeline.</summary>
[JsonConverter(typeof(EnumFormat<Tone>))]
public enum Tone
{
    Plain,
    Good,
    Bad,
}
