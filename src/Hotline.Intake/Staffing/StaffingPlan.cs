using Hotline.Wire.Intake;

namespace Hotline.Intake.Staffing;

/// <summary>Separate teams beside one for all their calls.</summary>
public static class StaffingPlan
{
    // so much longer than another's, a group's calls are called unlike
    private const double Unlike = 2;

    /// <summary>Of one team.</summary>
    public static StaffingView Of(IEnumerable<Forecast> forecasts, StaffingTarget target) => new(target.Share, target.Seconds,
        target.PatienceSeconds, Team(null, forecasts.OrderBy(f => f.From).Select(f => target.Staffed(f, target.Seats(f)))),
        null, null, null, false);

    /// <summary>Of teams that each have a half hour where any has one.</summary>
    public static StaffingView Of(IReadOnlyList<(string Name, IReadOnlyList<Forecast> Forecasts)> groups, StaffingTarget target)
    {
        var times = groups.SelectMany(g => g.Forecasts).Select(f => f.From).Distinct().Order().ToArray();
        var byGroup = groups.Select(g => times.Select(from => g.Forecasts.FirstOrDefault(f => f.From == from) ?? new(from, 0, 0)).ToArray())
            .ToArray();
        var alone = byGroup.Select(forecasts => forecasts.Select(f => target.Staffed(f, target.Seats(f))).ToArray()).ToArray();
        var pooled = times.Select((_, i) => Forecast.Pool([.. byGroup.Select(f => f[i])])).ToArray();
        var separate = times.Select((_, i) => Together(alone.Select(g => g[i]).ToArray())).ToArray();
        return new(target.Share, target.Seconds, target.PatienceSeconds,
            Team(null, pooled.Select(f => target.Staffed(f, target.Seats(f)))),
            [.. groups.Select((g, i) => Team(g.Name, alone[i]))], Team(null, separate),
            Team(null, pooled.Select((f, i) => target.Staffed(f, separate[i].Seats))),
            times.Where((_, i) => AreUnlike(byGroup.Select(f => f[i]).Where(f => f.Calls > 0))).Any());
    }

    private static bool AreUnlike(IEnumerable<Forecast> forecasts)
    {
        var times = forecasts.Select(f => f.AhtSeconds).DefaultIfEmpty().ToArray();
        return times.Max() > Unlike * times.Min();
    }

    private static StaffingInterval Together(IReadOnlyList<StaffingInterval> teams) =>
        new(teams[0].From, teams.Sum(t => t.Seats), teams.Sum(t => t.Lines), Together(teams.Select(t => (t.Seats, t.Figures)).ToArray()));

    private static StaffingFigures Together(IReadOnlyList<(int Seats, StaffingFigures Figures)> parts)
    {
        var (calls, seats) = (parts.Sum(p => p.Figures.Calls), parts.Sum(p => p.Seats));
        double? Mean(Func<StaffingFigures, double?> of) => calls == 0 ? null
            : parts.Sum(p => p.Figures.Calls * of(p.Figures).GetValueOrDefault()) / calls;
        return new(calls, Mean(f => f.AhtSeconds), Mean(f => f.ServiceLevel), Mean(f => f.WaitSeconds), Mean(f => f.Waited),
            Mean(f => f.Abandoned), seats == 0 ? null : parts.Sum(p => p.Seats * p.Figures.Occupancy.GetValueOrDefault()) / seats);
    }

    private static StaffingTeam Team(string? name, IEnumerable<StaffingInterval> of)
    {
        var intervals = of.ToArray();
        return new(name, intervals, intervals.Sum(i => i.Seats) * Forecast.Length.TotalHours, intervals.Max(i => i.Seats),
            intervals.Max(i => i.Lines), Together(intervals.Select(i => (i.Seats, i.Figures)).ToArray()));
    }
}
