using Hotline.Wire.Intake;

namespace Hotline.Intake.Staffing;

/// <summary>Calls expected in a half hour.</summary>
/// <param name="AhtSeconds">Mean time that one occupies a seat; of no calls 0.</param>
public sealed record Forecast(DateTimeOffset From, double Calls, double AhtSeconds)
{
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(30);

    /// <summary>Erlang.</summary>
    public double Load => Calls * AhtSeconds / Length.TotalSeconds;

    /// <summary>All calls of the same half hour as those of one team.</summary>
    public static Forecast Pool(IReadOnlyCollection<Forecast> forecasts)
    {
        var calls = forecasts.Sum(f => f.Calls);
        return new(forecasts.First().From, calls, calls == 0 ? 0 : forecasts.Sum(f => f.Calls * f.AhtSeconds) / calls);
    }
}

/// <summary>How calls are to be answered.</summary>
/// <param name="Share">Of all calls, more than 0 and less than 1.</param>
/// <param name="Seconds">In which time.</param>
/// <param name="PatienceSeconds">Mean; null = nobody hangs up.</param>
public sealed record StaffingTarget(double Share, double Seconds, double? PatienceSeconds)
{
    /// <summary>At most this share of calls may find all lines busy.</summary>
    private const double Blocked = 0.01;

    /// <summary>The fewest seats with which the target is reached: doubled until it is, then halved between the last two.</summary>
    public int Seats(Forecast forecast)
    {
        if (forecast.Calls == 0) return 0;
        var (few, enough) = (0, (int)forecast.Load + 1);
        while (!IsReached(forecast, enough)) (few, enough) = (enough, enough * 2);
        while (enough - few > 1)
        {
            var middle = few + (enough - few) / 2;
            if (IsReached(forecast, middle)) enough = middle;
            else few = middle;
        }
        return enough;
    }

    /// <summary>How so many seats answer; null where they cannot (<see cref="Erlang.Patient"/>).</summary>
    public Answering? With(Forecast forecast, int seats) => PatienceSeconds is { } patience
        ? Erlang.Impatient(forecast.Load, forecast.AhtSeconds, seats, Seconds, patience)
        : Erlang.Patient(forecast.Load, forecast.AhtSeconds, seats, Seconds);

    /// <summary>What the half hour is with so many seats, which must be able to answer it.</summary>
    public StaffingInterval Staffed(Forecast forecast, int seats)
    {
        if (forecast.Calls == 0) return new(forecast.From, seats, seats, new(0, null, null, null, null, null, seats == 0 ? null : 0));
        var answering = With(forecast, seats)!;
        // a line is taken from the first ring to the last word
        var lines = Erlang.Lines(forecast.Calls * (answering.WaitSeconds + (1 - answering.Abandoned) * forecast.AhtSeconds)
            / Forecast.Length.TotalSeconds, Blocked);
        return new(forecast.From, seats, Math.Max(lines, seats), new(forecast.Calls, forecast.AhtSeconds, answering.ServiceLevel,
            answering.WaitSeconds, answering.Waited, answering.Abandoned, answering.Occupancy));
    }

    private bool IsReached(Forecast forecast, int seats) => With(forecast, seats)?.ServiceLevel >= Share;
}
