using System.Text.Json.Serialization;

namespace Hotline.Wire;

/// <summary>By what figures are told apart.</summary>
[JsonConverter(typeof(EnumFormat<FigureGroup>))]
public enum FigureGroup
{
    /// <summary>Days of the city; each of the span has a row.</summary>
    Day,

    /// <summary>Hours on the city's clock, 00 to 23; each has a row.</summary>
    Hour,

    /// <summary>Streets and towns; each has a row.</summary>
    Area,

    /// <summary>Groups of the catalogue, the upper of its two levels.</summary>
    Group,

    /// <summary>Services of the catalogue.</summary>
    Category,

    /// <summary>Whoever registered the request.</summary>
    Operator,

    /// <summary>The number that the citizen dialled.</summary>
    Number,
}

/// <summary>Figures of a span of days, a row for each day, area and so on: in order of the key, of categories, operators and numbers the
/// most first.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day; part of the span.</param>
public sealed record FigureTable<T>(DateOnly From, DateOnly To, FigureGroup By, IReadOnlyList<T> Rows) : IWholeList<T>
    where T : IFigureRow;

/// <summary>A row of figures.</summary>
public interface IFigureRow
{
    /// <summary>Narrows lists and figures to this row: a day, an hour, a code, a name, a number; empty = not known, because an earlier
    /// release did not tell.</summary>
    string Key { get; }

    /// <summary>In the reader's language.</summary>
    string Name { get; }

    /// <summary>How many things the row is about.</summary>
    int Count { get; }
}
