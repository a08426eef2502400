namespace Hotline.Bench;

/// <summary>A figure that was measured.</summary>
/// <param name="Reach">At most this; none = for orientation.</param>
public sealed record Row(string Figure, double Value, string Unit, double? Reach)
{
    public bool? Met => Reach is { } reach ? Value <= reach : null;
}
