using System.Diagnostics.CodeAnalysis;
using CsCheck;
using Hotline.Intake.Staffing;

namespace Hotline.Decisions.Tests;

/// <summary>Seats and lines, against published values, against what must hold of any, and against calls played one by one.</summary>
public sealed class StaffingTests
{
    private static readonly DateTimeOffset Nine = new(2026, 11, 27, 1, 0, 0, TimeSpan.Zero);
    private static readonly StaffingTarget Usual = new(0.8, 15, null);

    private static readonly Gen<(double Load, double Aht, int Seats, double Within, double Patience)> Teams =
        Gen.Select(Gen.Double[0.05, 300], Gen.Double[10, 900], Gen.Int[1, 330], Gen.Double[0, 120], Gen.Double[5, 1800]);

    private static Forecast HalfHour(double calls, double aht) => new(Nine, calls, aht);

    [Fact]
    public void Lines_that_are_all_busy_are_as_published()
    {
        Erlang.Blocked(20, 30).ShouldBe(0.008457, 5e-7);
        Erlang.Lines(20, 0.01).ShouldBe(30);
        Erlang.Blocked(20, 29).ShouldBeGreaterThan(0.01);
        Erlang.Lines(0, 0.01).ShouldBe(0);
        Erlang.Blocked(5, 0).ShouldBe(1);
    }

    // of pyworkforce 0.1.0 and of tables
    [Fact]
    public void Patient_callers_wait_as_published()
    {
        Erlang.Patient(1, 180, 2, 0)!.Waited.ShouldBe(1.0 / 3, 1e-12);
        Erlang.Patient(8, 180, 10, 0)!.Waited.ShouldBe(0.4092, 5e-5);
        var small = Erlang.Patient(HalfHour(100, 180).Load, 180, 14, 20)!;
        (small.Waited, small.ServiceLevel, small.Occupancy, small.Abandoned).ShouldSatisfyAllConditions(
            t => t.Waited.ShouldBe(0.1741319336, 5e-11), t => t.ServiceLevel.ShouldBe(0.8883500192, 5e-11),
            t => t.Occupancy.ShouldBe(0.714286, 5e-7), t => t.Abandoned.ShouldBe(0));
        var large = Erlang.Patient(HalfHour(360, 240).Load, 240, 55, 15)!;
        (large.Waited, large.WaitSeconds, large.ServiceLevel).ShouldSatisfyAllConditions(t => t.Waited.ShouldBe(0.2387, 5e-5),
            t => t.WaitSeconds.ShouldBe(8.18, 5e-3), t => t.ServiceLevel.ShouldBe(0.8459, 5e-5));
    }

    [Fact]
    public void Patient_callers_and_no_more_seats_than_load_are_a_queue_without_end()
    {
        Erlang.Patient(10, 180, 10, 20).ShouldBeNull();
        Erlang.Patient(10, 180, 9, 20).ShouldBeNull();
        Erlang.Patient(0, 180, 0, 20)!.ServiceLevel.ShouldBe(1);
    }

    [Fact]
    public void Impatient_callers_hang_up_as_published()
    {
        var team = Erlang.Impatient(HalfHour(100, 180).Load, 180, 13, 20, 300);
        (team.ServiceLevel, team.Occupancy, team.Abandoned, team.Waited, team.WaitSeconds / 60).ShouldSatisfyAllConditions(
            t => t.ServiceLevel.ShouldBe(0.858, 5e-4), t => t.Occupancy.ShouldBe(0.750, 5e-4), t => t.Abandoned.ShouldBe(0.025, 5e-4),
            t => t.Waited.ShouldBe(0.226, 5e-4), t => t.Item5.ShouldBe(0.125, 5e-4));
    }

    [Fact]
    public void Two_teams_of_nine_are_one_of_sixteen_and_eighteen_together_answer_more_and_sooner()
    {
        var plan = StaffingPlan.Of([("12345", [HalfHour(60, 180)]), ("81890", [HalfHour(60, 180)])], Usual);
        plan.Groups!.Select(g => g.MostSeats).ShouldBe([9, 9]);
        (plan.Separate!.MostSeats, plan.Pooled.MostSeats, plan.SameSeats!.MostSeats, plan.Pooled.SeatHours, plan.UnlikeHandling)
            .ShouldBe((18, 16, 18, 8, false));
        plan.Separate.Total.ServiceLevel!.Value.ShouldBe(0.847, 5e-4);
        plan.SameSeats.Total.ServiceLevel!.Value.ShouldBe(0.954, 5e-4);
        plan.Separate.Total.WaitSeconds!.Value.ShouldBe(11.8, 0.05);
        plan.SameSeats.Total.WaitSeconds!.Value.ShouldBe(2.3, 0.05);
    }

    [Fact]
    public void A_half_hour_without_calls_needs_nobody_and_one_that_another_group_has_is_one_without_calls()
    {
        var plan = StaffingPlan.Of([("12345", [HalfHour(0, 180), HalfHour(20, 180) with { From = Nine.AddMinutes(30) }]),
            ("81890", [HalfHour(20, 600) with { From = Nine.AddMinutes(30) }])], Usual);
        plan.Groups!.Select(g => g.Intervals.Count).ShouldBe([2, 2]);
        var empty = plan.Pooled.Intervals[0];
        (empty.Seats, empty.Lines, empty.Figures.ServiceLevel).ShouldBe((0, 0, null));
        (plan.Pooled.Intervals[1].Figures.AhtSeconds, plan.Groups![0].Total.AhtSeconds, plan.Groups[1].Total.AhtSeconds)
            .ShouldBe((390, 180, 600));
        plan.UnlikeHandling.ShouldBeTrue();
    }

    [Fact]
    public void One_seat_more_never_answers_worse() => Teams.Sample(t =>
    {
        var (few, more) = (Erlang.Impatient(t.Load, t.Aht, t.Seats, t.Within, t.Patience),
            Erlang.Impatient(t.Load, t.Aht, t.Seats + 1, t.Within, t.Patience));
        more.ServiceLevel.ShouldBeGreaterThanOrEqualTo(few.ServiceLevel - 1e-9);
        more.WaitSeconds.ShouldBeLessThanOrEqualTo(few.WaitSeconds + 1e-9);
        more.Abandoned.ShouldBeLessThanOrEqualTo(few.Abandoned + 1e-9);
        Erlang.Blocked(t.Load, t.Seats + 1).ShouldBeLessThanOrEqualTo(Erlang.Blocked(t.Load, t.Seats));
        if (Erlang.Patient(t.Load, t.Aht, t.Seats, t.Within) is { } patient)
            Erlang.Patient(t.Load, t.Aht, t.Seats + 1, t.Within)!.ServiceLevel.ShouldBeGreaterThanOrEqualTo(patient.ServiceLevel - 1e-9);
    }, iter: 2000);

    [Fact]
    public void Shares_are_shares_and_seats_are_at_work_for_what_is_answered() => Teams.Sample(t =>
    {
        var team = Erlang.Impatient(t.Load, t.Aht, t.Seats, t.Within, t.Patience);
        foreach (var share in (double[])[team.Waited, team.ServiceLevel, team.Abandoned, team.Occupancy])
            share.ShouldBeInRange(-1e-9, 1 + 1e-9);
        (team.Abandoned + team.ServiceLevel).ShouldBeLessThanOrEqualTo(1 + 1e-9);
        team.WaitSeconds.ShouldBe(team.Abandoned * t.Patience, 1e-6 * (1 + team.WaitSeconds));
    }, iter: 2000);

    [Fact]
    public void Callers_of_endless_patience_wait_as_patient_ones_do() =>
        Gen.Select(Gen.Double[0.5, 60], Gen.Double[0.5, 10], Gen.Double[10, 900], Gen.Double[0, 120]).Sample((load, free, aht, within) =>
        {
            var seats = (int)Math.Ceiling(load + free);
            var (patient, endless) = (Erlang.Patient(load, aht, seats, within)!, Erlang.Impatient(load, aht, seats, within, aht * 1e7));
            endless.Waited.ShouldBe(patient.Waited, 1e-4);
            endless.ServiceLevel.ShouldBe(patient.ServiceLevel, 1e-4);
            endless.WaitSeconds.ShouldBe(patient.WaitSeconds, 1e-3 * (1 + patient.WaitSeconds));
        }, iter: 200);

    [Fact]
    public void Seats_that_are_needed_reach_the_target_and_one_less_does_not() =>
        Gen.Select(Gen.Double[0.1, 900], Gen.Double[10, 900], Gen.Double[0.05, 0.99], Gen.Double[0, 60],
            Gen.Nullable(Gen.Double[5, 1800]))
        .Sample((calls, aht, share, within, patience) =>
        {
            var (forecast, target) = (HalfHour(calls, aht), new StaffingTarget(share, within, patience));
            var seats = target.Seats(forecast);
            target.With(forecast, seats)!.ServiceLevel.ShouldBeGreaterThanOrEqualTo(share);
            if (seats > 1) (target.With(forecast, seats - 1)?.ServiceLevel ?? 0).ShouldBeLessThan(share);
        }, iter: 500);

    [Fact]
    public void One_team_never_needs_more_seats_than_teams_whose_calls_take_as_long() =>
        Gen.Select(Gen.Double[0, 300].List[2, 4], Gen.Double[30, 600], Gen.Nullable(Gen.Double[60, 180]))
            .Where(g => g.Item1.Any(calls => calls > 0)).Sample((calls, aht, patience) =>
        {
            var plan = StaffingPlan.Of([.. calls.Select((c, i) => ($"{i}", (IReadOnlyList<Forecast>)[HalfHour(c, aht)]))],
                new(0.8, 15, patience));
            plan.Pooled.MostSeats.ShouldBeLessThanOrEqualTo(plan.Separate!.MostSeats);
            plan.SameSeats!.Total.ServiceLevel!.Value.ShouldBeGreaterThanOrEqualTo(plan.Separate.Total.ServiceLevel!.Value - 1e-9);
        }, iter: 300);

    /// <summary>The margin is four times the spread of 20 runs of 500 calls: neighbours are not independent of each other.</summary>
    [Theory]
    [InlineData(100, 180, 14, 20, null)]
    [InlineData(100, 180, 13, 20, 300.0)]
    [InlineData(100, 180, 9, 15, 120.0)]
    [InlineData(360, 240, 50, 15, 90.0)]
    public void Ten_thousand_calls_played_one_by_one_are_answered_as_reckoned(
        double calls, double aht, int seats, double within, double? patience)
    {
        var reckoned = new StaffingTarget(0.8, within, patience).With(HalfHour(calls, aht), seats)!;
        var played = Play(10_000, Forecast.Length.TotalSeconds / calls, aht, seats, within, patience);
        foreach (var (expected, seen) in ((double, IReadOnlyList<double>)[])[
            (reckoned.ServiceLevel, [.. played.Select(p => p.InTime ? 1.0 : 0)]),
            (reckoned.Waited, [.. played.Select(p => p.Waited ? 1.0 : 0)]),
            (reckoned.Abandoned, [.. played.Select(p => p.Abandoned ? 1.0 : 0)]),
            (reckoned.WaitSeconds, [.. played.Select(p => p.Wait)])])
        {
            var runs = seen.Chunk(500).Select(run => run.Average()).ToArray();
            var spread = Math.Sqrt(runs.Sum(r => Math.Pow(r - runs.Average(), 2)) / (runs.Length - 1) / runs.Length);
            seen.Average().ShouldBe(expected, 4 * spread + 1e-12);
        }
    }

    private sealed record Played(bool Waited, bool InTime, bool Abandoned, double Wait);

    // in order of arrival: each call takes the seat that is free first, unless its caller hangs up before that
    [SuppressMessage("Security", "CA5394", Justification = "Seeded, so that each run is the same")]
    private static Played[] Play(int calls, double between, double aht, int seats, double within, double? patience)
    {
        var random = new Random(12345);
        double After(double mean) => -mean * Math.Log(1 - random.NextDouble());
        var free = new PriorityQueue<int, double>(Enumerable.Range(0, seats).Select(seat => (seat, 0.0)));
        var (now, played) = (0.0, new List<Played>());
        for (var i = -2000; i < calls; i++) // the first find more seats free than later ones
        {
            now += After(between);
            free.TryPeek(out var seat, out var at);
            var (wait, bears) = (Math.Max(0, at - now), patience is { } mean ? After(mean) : double.PositiveInfinity);
            var gone = wait > bears;
            if (!gone) free.DequeueEnqueue(seat, now + wait + After(aht));
            if (i >= 0) played.Add(new(wait > 0, !gone && wait <= within, gone, Math.Min(wait, bears)));
        }
        return [.. played];
    }
}
