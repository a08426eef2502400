namespace Hotline.Wire.Intake;

/// <summary>Seats that a forecast needs.</summary>
/// <param name="Share">Of all calls, to be answered in time.</param>
/// <param name="Seconds">In which time.</param>
/// <param name="PatienceSeconds">Mean; null = nobody hangs up.</param>
/// <param name="Pooled">One team for all calls. Its handling time is the mean over calls.</param>
/// <param name="Groups">Each team alone; null where no groups were given.</param>
/// <param name="Separate">Groups added up: their seats, and the means over their calls; null where no groups were given.</param>
/// <param name="SameSeats">One team for all calls with as many seats as the groups have together; null where no groups were given.</param>
/// <param name="UnlikeHandling">In some half hour one group's calls take more than twice as long as another's: one team is then reckoned
/// with their mean, and short calls can wait longer than they would in a team of their own.</param>
public sealed record StaffingView(
    double Share, double Seconds, double? PatienceSeconds, StaffingTeam Pooled, IReadOnlyList<StaffingTeam>? Groups, StaffingTeam? Separate,
    StaffingTeam? SameSeats, bool UnlikeHandling) : Shown;

/// <param name="Name">Of the group; null = all calls.</param>
/// <param name="Intervals">In order of time.</param>
/// <param name="SeatHours">Seats times time.</param>
/// <param name="MostSeats">In the half hour that needs most.</param>
/// <param name="MostLines">In the half hour that needs most.</param>
/// <param name="Total">Of all half hours; shares and means are over all calls.</param>
public sealed record StaffingTeam(
    string? Name, IReadOnlyList<StaffingInterval> Intervals, double SeatHours, int MostSeats, int MostLines, StaffingFigures Total) : Shown;

/// <param name="From">First moment of the half hour.</param>
/// <param name="Seats">The fewest with which the target is reached; 0 where there are no calls.</param>
/// <param name="Lines">Telephone lines with which at most 1 % of calls finds all busy (Erlang B, for the time of waiting and handling), and
/// no fewer than seats.</param>
/// <param name="Figures">With these seats.</param>
public sealed record StaffingInterval(DateTimeOffset From, int Seats, int Lines, StaffingFigures Figures) : Shown;

/// <summary>How calls are answered; shares are from 0 to 1, null where there are no calls.</summary>
/// <param name="Calls">Expected.</param>
/// <param name="AhtSeconds">Mean handling time.</param>
/// <param name="ServiceLevel">Share of all calls answered in the time asked for.</param>
/// <param name="WaitSeconds">Mean wait of all calls.</param>
/// <param name="Waited">Share of calls that find every seat busy.</param>
/// <param name="Abandoned">Share of calls whose callers hang up before they are answered.</param>
/// <param name="Occupancy">Share of their time that seats are at work on calls.</param>
public sealed record StaffingFigures(
    double Calls, double? AhtSeconds, double? ServiceLevel, double? WaitSeconds, double? Waited, double? Abandoned, double? Occupancy)
    : Shown;
