namespace Hotline.Wire.Intake;

/// <summary>A forecast, and how it is to be answered: of one team (intervals), or of several that are compared with one team for all
/// their calls (groups). One of the two.</summary>
/// <param name="Intervals">At most 96 half hours.</param>
/// <param name="Target">80 % within 15 seconds where none is given.</param>
/// <param name="PatienceSeconds">Mean time, 1 to 3,600 seconds, after which a caller who is not answered hangs up (Erlang A); none = nobody
/// hangs up (Erlang C).</param>
/// <param name="Groups">2 to 10 teams, each with its own half hours.</param>
public sealed record StaffingInput(
    IReadOnlyList<StaffingIntervalInput?>? Intervals, StaffingTargetInput? Target, double? PatienceSeconds,
    IReadOnlyList<StaffingGroupInput?>? Groups) : Shown;

/// <summary>What comes in one half hour.</summary>
/// <param name="From">Its first moment: a full or a half hour, RFC 3339.</param>
/// <param name="Calls">Expected, 0 to 5,000, in all groups together too; need not be whole. At most 1,000 Erlang.</param>
/// <param name="AhtSeconds">Mean time that a call occupies a seat, wrap-up included: 10 to 3,600 seconds.</param>
public sealed record StaffingIntervalInput(DateTimeOffset? From, double? Calls, double? AhtSeconds) : Shown;

/// <param name="Share">Of all calls that a person is to answer in time: 0.01 to 0.999.</param>
/// <param name="Seconds">In which time: 0 to 120 seconds.</param>
public sealed record StaffingTargetInput(double? Share, double? Seconds) : Shown;

/// <summary>A team with calls of its own, such as those to one number.</summary>
/// <param name="Name">At most 50 characters; no two groups have the same.</param>
/// <param name="Intervals">At most 96 half hours; one that only other groups have is one without calls.</param>
public sealed record StaffingGroupInput(string? Name, IReadOnlyList<StaffingIntervalInput?>? Intervals) : Shown;
