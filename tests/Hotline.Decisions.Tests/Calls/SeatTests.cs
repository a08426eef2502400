using Hotline.Intake.Seats;
using Hotline.Wire.Calls;

namespace Hotline.Decisions.Tests.Calls;

/// <summary>What a seat does: chosen by its person, or said by its calls.</summary>
public sealed class SeatTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 2, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan WrapUp = TimeSpan.FromSeconds(30);
    private static readonly Guid Call = Guid.NewGuid();

    private static Seat Taken => new Seat { Person = "p", Name = "接线员", Since = Now }.SignIn("1001", "接线员", Now).State;

    [Fact]
    public void A_call_rings_is_spoken_and_written_down_and_the_seat_is_ready_again()
    {
        var ringing = Taken.Follow(Call, talks: false, WrapUp, Now);
        var talking = ringing.Follow(Call, talks: true, WrapUp, Now);
        var after = talking.Follow(null, talks: false, WrapUp, Now);
        (Taken.State, ringing.State, talking.State, after.State, after.EndWrapUp().State)
            .ShouldBe((SeatState.Ready, SeatState.Ringing, SeatState.Talking, SeatState.WrapUp, SeatState.Ready));
        after.WrapUpUntil.ShouldBe(Now + WrapUp);
        after.Choose(SeatState.WrapUp, null, WrapUp, Now.AddSeconds(20)).State.WrapUpUntil.ShouldBe(Now.AddSeconds(50));
        after.Choose(SeatState.Ready, null, WrapUp, Now).State.State.ShouldBe(SeatState.Ready);
    }

    [Fact]
    public void A_ring_that_stops_leaves_the_seat_as_it_was()
    {
        var busy = Taken.Choose(SeatState.Busy, "午餐", WrapUp, Now).State;
        busy.Follow(Call, talks: false, WrapUp, Now).Follow(null, talks: false, WrapUp, Now).State.ShouldBe(SeatState.Busy);
        Taken.Follow(Call, talks: false, WrapUp, Now).Follow(null, talks: false, WrapUp, Now).State.ShouldBe(SeatState.Ready);
    }

    [Fact]
    public void What_is_chosen_in_a_call_is_for_afterwards()
    {
        var talking = Taken.Follow(Call, talks: true, WrapUp, Now);
        var chosen = talking.Choose(SeatState.Busy, "培训", WrapUp, Now).State;
        (chosen.State, chosen.Follow(null, false, WrapUp, Now).State).ShouldBe((SeatState.Talking, SeatState.Busy));
        talking.Choose(SeatState.WrapUp, null, WrapUp, Now).Refusal!.Text.Code.ShouldBe("seat.state");
        talking.SignIn("1002", "接线员", Now).Refusal!.Text.Code.ShouldBe("seat.in-call");
    }

    [Fact]
    public void Who_sits_nowhere_chooses_nothing_and_hears_of_no_call()
    {
        var gone = Taken.SignOut();
        gone.State.ShouldBe(SeatState.Offline);
        gone.Choose(SeatState.Ready, null, WrapUp, Now).Refusal!.Text.Code.ShouldBe("seat.none");
        gone.Follow(Call, talks: true, WrapUp, Now).ShouldBe(gone);
        foreach (var state in (SeatState[])[SeatState.Offline, SeatState.Ringing, SeatState.Talking, SeatState.WrapUp])
            Taken.Choose(state, null, WrapUp, Now).Refusal!.Text.Code.ShouldBe("seat.state");
    }
}
