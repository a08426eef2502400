using System.Text.Json.Serialization;

namespace Hotline.Wire.Calls;

/// <summary>By what calls are told apart.</summary>
[JsonConverter(typeof(EnumFormat<CallFigureGroup>))]
public enum CallFigureGroup
{
    /// <summary>The number that was dialled.</summary>
    Number,

    /// <summary>The hour of the city's clock in which they came in, 00 to 23; each has a row.</summary>
    Hour,

    /// <summary>Who rang, or answered: counts the rings of seats, not calls.</summary>
    Operator,
}

/// <summary>Calls that came in, by when they did. Offered are those that a person answered and those whose callers hung up before;
/// shares are none where nothing is offered.</summary>
/// <param name="Key">The number, the hour or the person's name; empty = not told.</param>
/// <param name="Offered">Of an operator: how often the seat rang or answered.</param>
/// <param name="Answered">A person answered.</param>
/// <param name="Abandoned">The caller hung up before (呼损); of an operator: rang in vain.</param>
/// <param name="Within">Answered within <see cref="CallFigures.WithinSeconds"/>.</param>
/// <param name="NotTaken">All lines busy, refused, or lost before anybody answered: not offered to anybody.</param>
/// <param name="ServiceLevelOfOffered">Within / Offered (15 秒接通率).</param>
/// <param name="ServiceLevelOfAnswered">Within / Answered: the local target of 80 % applies to it.</param>
/// <param name="AnswerRate">Answered / Offered (接通率).</param>
/// <param name="AverageWaitSeconds">Of offered calls, until a person answered or the caller hung up.</param>
/// <param name="AverageTalkSeconds">Of answered calls whose end was seen, time on hold included.</param>
/// <param name="WrapUpSeconds">Of an operator, all together.</param>
/// <param name="Occupancy">Of an operator: (talk + wrap-up) / (talk + wrap-up + ready and ringing).</param>
public sealed record CallFigureRow(
    string Key, string Name, int Offered, int Answered, int Abandoned, int Within, int NotTaken, double? ServiceLevelOfOffered,
    double? ServiceLevelOfAnswered, double? AnswerRate, double? AverageWaitSeconds, int? LongestWaitSeconds, double? AverageTalkSeconds,
    double? WrapUpSeconds, double? Occupancy) : Shown;

/// <summary>Figures of a span, a row for each number, hour or operator, and all together.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day; part of the span.</param>
/// <param name="WithinSeconds">15 (GB/T 33358-2016).</param>
/// <param name="PeakLines">Most calls at a time, in and out.</param>
/// <param name="BusyMinutes">Minutes in which all lines were in use; none where it is not set how many there are.</param>
public sealed record CallFigures(
    DateOnly From, DateOnly To, CallFigureGroup By, int WithinSeconds, IReadOnlyList<CallFigureRow> Rows, CallFigureRow Total,
    int PeakLines, double? BusyMinutes) : IWholeList<CallFigureRow>;

/// <summary>What waits now, and how the day goes.</summary>
/// <param name="At">When this was looked up.</param>
/// <param name="Waiting">Callers for whom nobody has answered yet.</param>
/// <param name="LongestWaitSince">Since when the first of them waits.</param>
/// <param name="Seats">How many seats are in each state.</param>
/// <param name="Today">Since midnight on the city's clock.</param>
/// <param name="LastWeek">The same hours a week before.</param>
/// <param name="Last24Hours">Of which the answer rate must be at least 95 % (GB/T 33358-2016).</param>
/// <param name="ByNumber">Today, for each number, and who waits on it.</param>
/// <param name="MissedOpen">Callers whom we owe a call.</param>
public sealed record CallQueueView(
    DateTimeOffset At, int Waiting, DateTimeOffset? LongestWaitSince, int Talking, IReadOnlyDictionary<string, int> Seats,
    CallFigureRow Today, CallFigureRow LastWeek, CallFigureRow Last24Hours, IReadOnlyList<NumberQueueView> ByNumber, int MissedOpen,
    int WithinSeconds) : Shown;

/// <summary>A number's part of the queue.</summary>
public sealed record NumberQueueView(string Number, int Waiting, CallFigureRow Today) : Shown;
