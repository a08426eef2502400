using Hotline.Intake.Calls;
using Hotline.Wire.Calls;

namespace Hotline.Decisions.Tests.Calls;

/// <summary>What a call is follows from its events, in whatever order they came. The reports are those of other products.</summary>
public sealed class CallStoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 26, 2, 0, 0, TimeSpan.Zero);

    private static CallEvent At(
        double seconds, CallEventType type, string? seat = null, string? cause = null, CallDirection? direction = null) =>
        new("pbx-1", $"{type}-{seat}-{seconds}", "1", null, type, Start.AddSeconds(seconds), direction, null,
            type is CallEventType.Queued ? "pool" : null, seat, null, cause, null);

    private static readonly CallEvent[] Answered =
    [
        At(0, CallEventType.Rang), At(1, CallEventType.Queued), At(2, CallEventType.Offered, "1001"), At(7, CallEventType.NoAnswer, "1001"),
        At(8, CallEventType.Offered, "1002"), At(11.5, CallEventType.Answered, "1002"), At(20, CallEventType.Held),
        At(25, CallEventType.Resumed), At(61.5, CallEventType.Ended, cause: "normalClearing"),
    ];

    [Fact]
    public void A_call_that_one_seat_let_ring_and_another_answered()
    {
        var story = CallStory.Of(Answered);
        (story.State, story.Outcome, story.WaitSeconds, story.TalkSeconds).ShouldBe((CallState.Ended, CallOutcome.Answered, 10, 50));
        story.Last!.Seat.ShouldBe("1002");
        (story.Legs[0].NoAnswer, story.Legs[1].NoAnswer, story.Queue).ShouldBe((true, false, "pool"));
    }

    [Fact]
    public void In_any_order_and_told_twice_it_is_the_same_call()
    {
        var right = CallStory.Of(Answered);
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var mixed = Answered.ToArray();
            random.Shuffle(mixed);
            var told = CallStory.Of(mixed);
            told.Legs.ShouldBe(right.Legs);
            (told.State, told.Outcome, told.RangAt, told.QueuedAt, told.AnsweredAt, told.EndedAt, told.WaitSeconds, told.TalkSeconds)
                .ShouldBe((right.State, right.Outcome, right.RangAt, right.QueuedAt, right.AnsweredAt, right.EndedAt, right.WaitSeconds,
                    right.TalkSeconds));
        }
    }

    [Fact]
    public void As_it_goes_on_its_state_moves_forward()
    {
        CallState[] states = [.. Enumerable.Range(1, Answered.Length).Select(n => CallStory.Of(Answered.Take(n)).State)];
        states.ShouldBe([CallState.Ringing, CallState.Queued, CallState.Offered, CallState.Queued, CallState.Offered, CallState.Talking,
            CallState.Held, CallState.Talking, CallState.Ended]);
        Enumerable.Range(1, Answered.Length - 1).ShouldAllBe(n => CallStory.Of(Answered.Take(n)).Outcome == null);
    }

    /// <summary>zammad 2255: a late event changed a finished call.</summary>
    [Fact]
    public void What_happened_after_the_end_changes_nothing()
    {
        CallEvent[] late = [At(70, CallEventType.Answered, "1003"), At(80, CallEventType.Ended, cause: "busy"), At(90, CallEventType.Held)];
        var story = CallStory.Of([.. Answered, .. late]);
        (story.EndedAt, story.TalkSeconds, story.Last!.Seat).ShouldBe((Start.AddSeconds(61.5), 50, "1002"));
    }

    /// <summary>chatwoot 14836: the end overtook the connect, and it rang for ever.</summary>
    [Fact]
    public void An_end_that_comes_first_makes_a_call_that_ended()
    {
        var alone = CallStory.Of([At(30, CallEventType.Ended)]);
        (alone.State, alone.Outcome, alone.RangAt).ShouldBe((CallState.Ended, CallOutcome.Abandoned, Start.AddSeconds(30)));
        var whole = CallStory.Of([At(30, CallEventType.Ended), At(5, CallEventType.Answered, "1001"), At(0, CallEventType.Rang)]);
        (whole.State, whole.Outcome, whole.WaitSeconds, whole.TalkSeconds).ShouldBe((CallState.Ended, CallOutcome.Answered, 5, 25));
    }

    /// <summary>FreePBX 124: the first operator was credited with the hour after a transfer.</summary>
    [Fact]
    public void Talk_ends_for_a_seat_when_it_leaves()
    {
        var story = CallStory.Of([At(0, CallEventType.Rang), At(10, CallEventType.Answered, "1001"),
            At(40, CallEventType.Transferred, "1001"), At(41, CallEventType.Offered, "1002"), At(50, CallEventType.Answered, "1002"),
            At(3650, CallEventType.Ended)]);
        story.Legs.Select(l => (l.Seat, l.Talk.TotalSeconds)).ShouldBe([("1001", 30d), ("1002", 3600d)]);
        var untold = CallStory.Of([At(0, CallEventType.Rang), At(10, CallEventType.Answered, "1001"),
            At(50, CallEventType.Answered, "1002"),
            At(3650, CallEventType.Ended)]);
        untold.Legs.Select(l => (l.Seat, l.Talk.TotalSeconds)).ShouldBe([("1001", 40d), ("1002", 3600d)]);
        (untold.WaitSeconds, untold.TalkSeconds).ShouldBe((10, 3640));
    }

    [Fact]
    public void A_caller_given_on_waits_until_the_next_answers()
    {
        var story = CallStory.Of([At(0, CallEventType.Rang), At(10, CallEventType.Answered, "1001"),
            At(40, CallEventType.Transferred, "1001")]);
        story.State.ShouldBe(CallState.Queued);
        story.AnsweredAt.ShouldBe(Start.AddSeconds(10));
    }

    /// <summary>hubspot-ringcentral 164: one call was missed by every member.</summary>
    [Fact]
    public void A_call_that_rang_five_seats_is_one_abandoned_call_and_five_unanswered_rings()
    {
        CallEvent[] rings = [.. Enumerable.Range(1001, 5).SelectMany(seat => (CallEvent[])
            [At(seat - 1000, CallEventType.Offered, $"{seat}"), At(seat - 995, CallEventType.NoAnswer, $"{seat}")])];
        var story = CallStory.Of([At(0, CallEventType.Rang), At(0.5, CallEventType.Queued), .. rings, At(30, CallEventType.Ended)]);
        (story.Outcome, story.Legs.Count, story.Legs.Count(l => l.NoAnswer), story.WaitSeconds, story.TalkSeconds)
            .ShouldBe((CallOutcome.Abandoned, 5, 5, 29, 0));
    }

    [Fact]
    public void Seats_that_rang_while_another_answered_let_nobody_wait()
    {
        var story = CallStory.Of([At(0, CallEventType.Queued), At(1, CallEventType.Offered, "1001"), At(1, CallEventType.Offered, "1002"),
            At(4, CallEventType.Answered, "1002"), At(4.1, CallEventType.NoAnswer, "1001"), At(9, CallEventType.Ended)]);
        story.Legs.Count(l => l.NoAnswer).ShouldBe(0);
        story.Legs[0].EndedAt.ShouldBe(Start.AddSeconds(4));
    }

    /// <summary>A queue or an announcement that picks up is no person.</summary>
    [Fact]
    public void Only_a_seat_answers()
    {
        var story = CallStory.Of([At(0, CallEventType.Rang), At(1, CallEventType.Answered), At(20, CallEventType.Ended)]);
        (story.Outcome, story.AnsweredAt, story.WaitSeconds).ShouldBe((CallOutcome.Abandoned, null, 20));
    }

    /// <summary>zammad 1478: no hang-up ever came.</summary>
    [Fact]
    public void What_is_lost_is_no_talk()
    {
        var story = CallStory.Of([At(0, CallEventType.Rang), At(10, CallEventType.Answered, "1001"), At(1810, CallEventType.Lost)]);
        (story.State, story.Outcome, story.TalkSeconds, story.Legs[0].Talk)
            .ShouldBe((CallState.Ended, CallOutcome.Lost, null, TimeSpan.Zero));
        story.AnsweredAt.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(null, CallDirection.In, CallOutcome.Abandoned)]
    [InlineData("cancel", CallDirection.In, CallOutcome.Abandoned)]
    [InlineData("noAnswer", CallDirection.In, CallOutcome.Abandoned)]
    [InlineData("busy", CallDirection.In, CallOutcome.Busy)]
    [InlineData("congestion", CallDirection.In, CallOutcome.Failed)]
    [InlineData("rejected", CallDirection.In, CallOutcome.Failed)]
    [InlineData("noAnswer", CallDirection.Out, CallOutcome.NoAnswer)]
    [InlineData("cancel", CallDirection.Out, CallOutcome.NoAnswer)]
    [InlineData("busy", CallDirection.Out, CallOutcome.Busy)]
    [InlineData("notFound", CallDirection.Out, CallOutcome.Failed)]
    public void Who_was_never_answered_ended_as_the_telephone_system_says(string? cause, CallDirection direction, CallOutcome outcome) =>
        CallStory.Of([At(0, CallEventType.Rang, direction: direction), At(9, CallEventType.Ended, cause: cause)]).Outcome.ShouldBe(outcome);
}
