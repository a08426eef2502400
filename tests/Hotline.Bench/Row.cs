using System.Globalization;

namespace Hotline.Bench;

/// <summary>A figure that was measured.</summary>
/// <param name="Reference">What it is held against, measured in the same run; none = the value stands for itself.</param>
/// <param name="Reach">What the ratio to the reference, or the value where there is none, should be: "&gt;= 0.25", "&lt;= 10";
/// none = for orientation.</param>
public sealed record Row(string Figure, double Value, string Unit, double? Reference = null, string? Reach = null)
{
    public double? Ratio => Reference is > 0 ? Value / Reference : null;

    public bool? Met => Reach is null ? null : Reach.Split(' ') switch
    {
        ["<=", var most] => (Ratio ?? Value) <= double.Parse(most, CultureInfo.InvariantCulture),
        [">=", var least] => (Ratio ?? Value) >= double.Parse(least, CultureInfo.InvariantCulture),
        _ => throw new FormatException($"No reach: {Reach}"),
    };
}
