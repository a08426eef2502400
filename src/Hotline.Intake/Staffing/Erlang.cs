using MathNet.Numerics;

namespace Hotline.Intake.Staffing;

/// <summary>How a team of equal seats answers calls that come at random.</summary>
/// <param name="Waited">Share of calls that find every seat busy.</param>
/// <param name="ServiceLevel">Share of all calls that a person answers within the time asked for.</param>
/// <param name="WaitSeconds">Mean wait of all calls, those too that wait not at all or hang up.</param>
/// <param name="Abandoned">Share of calls whose callers hang up before a person answers.</param>
/// <param name="Occupancy">Share of their time that seats are at work on calls.</param>
public sealed record Answering(double Waited, double ServiceLevel, double WaitSeconds, double Abandoned, double Occupancy);

/// <summary>A. K. Erlang's formulas for telephone traffic (1917), and C. Palm's with patience (1943; in today's notation: Mandelbaum and
/// Zeltyn, Service engineering in action: the Palm/Erlang-A queue, 2007). Load is in Erlang: calls per second times seconds of work a
/// call.</summary>
public static class Erlang
{
    private const double Negligible = 1e-13, Large = 1e200;

    /// <summary>Erlang B: the share of calls that find all lines busy and are lost. B(0) = 1, B(k) = aB(k-1) / (k + aB(k-1)): nothing in
    /// it overflows.</summary>
    /// <param name="load">Erlang.</param>
    public static double Blocked(double load, int lines)
    {
        var blocked = 1.0;
        for (var k = 1; k <= lines; k++) blocked = Blocked(load, k, blocked);
        return blocked;
    }

    /// <summary>The fewest lines with which at most such a share of calls finds all of them busy.</summary>
    /// <param name="load">Erlang.</param>
    /// <param name="share">More than 0.</param>
    public static int Lines(double load, double share)
    {
        if (load == 0) return 0;
        var (lines, blocked) = (0, 1.0);
        while (blocked > share) blocked = Blocked(load, ++lines, blocked);
        return lines;
    }

    /// <summary>Erlang C: nobody hangs up. C = B / (1 - rho(1 - B)), within T: 1 - Ce^(-(n-a)T/AHT), mean wait CAHT / (n-a).</summary>
    /// <param name="load">Erlang; also as much work as seats that are always busy.</param>
    /// <returns>Null where there are no more seats than load: the queue grows without end.</returns>
    public static Answering? Patient(double load, double ahtSeconds, int seats, double withinSeconds)
    {
        if (load == 0) return new(0, 1, 0, 0, 0);
        if (load >= seats) return null;
        var (blocked, occupancy, free) = (Blocked(load, seats), load / seats, seats - load);
        var waited = blocked / (1 - occupancy * (1 - blocked));
        return new(waited, 1 - waited * Math.Exp(-free * withinSeconds / ahtSeconds), waited * ahtSeconds / free, 0, occupancy);
    }

    /// <summary>Erlang A: a caller's patience is exponentially distributed, and no queue grows without end. The chain of births and deaths
    /// is summed from the state in which all seats are busy and nobody waits, down and up.</summary>
    /// <param name="load">Erlang.</param>
    /// <param name="patienceSeconds">Mean time after which a caller who is not answered hangs up.</param>
    /// <param name="seats">At least 1.</param>
    public static Answering Impatient(double load, double ahtSeconds, int seats, double withinSeconds, double patienceSeconds)
    {
        if (load == 0) return new(0, 1, 0, 0, 0);
        // in units of the mean time of a call: a call comes at the rate of the load, each busy seat ends one at 1
        var theta = ahtSeconds / patienceSeconds;
        var (ending, reaching) = (seats / theta, -SpecialFunctions.Expm1(-withinSeconds / patienceSeconds));
        double free = 0, full = 1, weight = 1;
        for (var k = seats; k > 0 && weight > Negligible * (free + full); k--)
        {
            free += weight *= k / load;
            if (weight > Large) (free, full, weight) = (free / Large, full / Large, weight / Large);
        }
        double busy = 0, queue = 0, inTime = 0, reached = 1;
        weight = full;
        for (var waiting = 0; ; waiting++)
        {
            busy += weight;
            queue += waiting * weight;
            if (reached > Negligible)
            {
                reached = SpecialFunctions.BetaRegularized(waiting + 1, ending + 1, reaching);
                inTime += weight * reached * ending / (ending + waiting + 1);
            }
            var growth = load / (seats + (waiting + 1) * theta);
            if (growth < 1 && weight * (waiting + 1) <= Negligible * (1 - growth) * (free + busy + queue)) break;
            weight *= growth;
            if (weight < Large) continue;
            (free, busy, queue, inTime, weight) = (free / Large, busy / Large, queue / Large, inTime / Large, weight / Large);
        }
        var all = free + busy;
        var abandoned = theta * queue / all / load;
        return new(busy / all, (free + inTime) / all, queue / all / load * ahtSeconds, abandoned, load * (1 - abandoned) / seats);
    }

    private static double Blocked(double load, int lines, double before) => load * before / (lines + load * before);
}
