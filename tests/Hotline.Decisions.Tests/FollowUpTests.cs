using Hotline.Contracts.FollowUp;
using Hotline.FollowUps.FollowUps;
using Hotline.ServiceDefaults;
using Hotline.Wire.FollowUps;

namespace Hotline.Decisions.Tests;

public sealed class FollowUpTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 1, 0, 0, TimeSpan.Zero);
    private static readonly FollowUpOptions Options = new();
    private static readonly Caller Anna = new("a", "接线员甲", Roles.Operator, null), Bert = new("b", "接线员乙", Roles.Operator, null);
    private static readonly Answers Content = new(5, true, true, true, null, null);

    private static readonly Guid Request = Guid.CreateVersion7();

    private static Outcome Ended(FollowUpKind kind, int? ordinal, int minute = 0) =>
        new(kind, Guid.CreateVersion7(), Guid.CreateVersion7(), $"店{ordinal}", ordinal, Now.AddMinutes(minute));

    private static readonly Outcome NobodyFound = new(FollowUpKind.Unfulfilled, null, null, null, null, Now);

    private static Decision<FollowUp>? Hear(FollowUp? latest, Outcome outcome) =>
        FollowUp.Hear(latest, Guid.CreateVersion7(), Request, "RA-1", "locks.open-lock", outcome, Now);

    private static FollowUp Due() => Hear(null, Ended(FollowUpKind.Service, 1))!.State;

    private static FollowUp ClaimedByAnna() => Due().Claim(Anna, Options.ClaimLasts, Now).State;

    [Fact]
    public void Only_one_operator_has_it_until_the_claim_lapses()
    {
        var claimed = ClaimedByAnna();
        claimed.Claim(Bert, Options.ClaimLasts, Now.AddMinutes(1)).Refusal!.Text.Code.ShouldBe("follow-up.claimed");
        claimed.Claim(Bert, Options.ClaimLasts, Now + Options.ClaimLasts).State.ClaimedBy.ShouldBe("b");
    }

    [Fact]
    public void Another_operator_can_neither_attempt_nor_complete_it()
    {
        ClaimedByAnna().Attempt(AttemptOutcome.Busy, null, Bert, Options, Now).Refusal!.Text.Code.ShouldBe("follow-up.claimed");
        ClaimedByAnna().Complete(Content, Guid.NewGuid(), Bert, Now).Refusal!.Text.Code.ShouldBe("follow-up.claimed");
        Due().Complete(Content, Guid.NewGuid(), Anna, Now).Refusal!.Text.Code.ShouldBe("follow-up.not-claimed");
    }

    [Fact]
    public void After_so_many_attempts_the_citizen_is_unreachable()
    {
        var (callback, now) = (Due(), Now);
        for (var attempt = 1; attempt < Options.MaxAttempts; attempt++, now += Options.TryAgainAfter)
        {
            var tried = callback.Claim(Anna, Options.ClaimLasts, now).State.Attempt(AttemptOutcome.NoAnswer, null, Anna, Options, now);
            tried.Events.OfType<FollowUpUnreachable>().ShouldBeEmpty();
            callback = tried.State;
        }
        var last = callback.Claim(Anna, Options.ClaimLasts, now).State.Attempt(AttemptOutcome.NoAnswer, null, Anna, Options, now);
        last.State.Status.ShouldBe(FollowUpStatus.Unreachable);
        last.Events.OfType<FollowUpUnreachable>().Single().Attempts.ShouldBe(Options.MaxAttempts);
    }

    [Fact]
    public void After_an_attempt_it_is_in_nobodys_hands_until_it_is_time_to_try_again()
    {
        var tried = ClaimedByAnna().Attempt(AttemptOutcome.Busy, null, Anna, Options, Now).State;
        (tried.Status, tried.StatusAt(Now), tried.ClaimedBy, tried.DueAt)
            .ShouldBe((FollowUpStatus.Open, FollowUpStatus.Waiting, null, Now + Options.TryAgainAfter));
        tried.Attempt(AttemptOutcome.Busy, null, Anna, Options, Now).Refusal!.Text.Code.ShouldBe("follow-up.not-claimed");
        var early = tried.Claim(Anna, Options.ClaimLasts, tried.DueAt.AddSeconds(-1)).Refusal!;
        (early.Text.Code, early.Status, early.CurrentStatus, early.Errors!["dueAt"].Single())
            .ShouldBe(("follow-up.not-due", 409, "waiting", "2026-11-24T01:30:00Z"));
        early.Text.Say().ShouldContain("11-24 09:30", Case.Sensitive, "the city's time");
        tried.Claim(Bert, Options.ClaimLasts, tried.DueAt).State.ClaimedBy.ShouldBe("b");
    }

    [Fact]
    public void Where_no_pause_is_set_the_operator_tries_again_at_once()
    {
        var options = new FollowUpOptions { TryAgainAfter = TimeSpan.Zero };
        var callback = ClaimedByAnna();
        for (var attempt = 1; attempt <= options.MaxAttempts; attempt++)
            callback = callback.Attempt(AttemptOutcome.NoAnswer, null, Anna, options, Now).State;
        callback.Status.ShouldBe(FollowUpStatus.Unreachable);
    }

    [Fact]
    public void A_citizen_who_asked_to_be_called_later_is_called_then_however_often_it_was_tried()
    {
        var callback = ClaimedByAnna() with { Attempts = Options.MaxAttempts - 1 };
        var tomorrow = Now.AddDays(1);
        var tried = callback.Attempt(AttemptOutcome.Busy, tomorrow, Anna, Options, Now);
        (tried.State.StatusAt(Now), tried.State.DueAt, tried.Events.Count).ShouldBe((FollowUpStatus.Waiting, tomorrow, 1));
    }

    [Fact]
    public void Who_gives_it_back_has_not_tried()
    {
        var released = ClaimedByAnna().Release(null, Anna, Now);
        (released.State.Status, released.State.Attempts, released.State.StatusAt(Now), released.Events.Count)
            .ShouldBe((FollowUpStatus.Open, 0, FollowUpStatus.Open, 0));
        ClaimedByAnna().Release(null, Bert, Now).Refusal!.Text.Code.ShouldBe("follow-up.claimed");
        Due().Release(null, Anna, Now).Refusal!.Text.Code.ShouldBe("follow-up.not-claimed");
    }

    [Fact]
    public void Who_puts_it_off_has_not_tried_and_nobody_has_it_until_then()
    {
        var (claimed, tonight) = (ClaimedByAnna(), Now.AddHours(10));
        var postponed = claimed.Release(tonight, Anna, Now);
        (postponed.State.StatusAt(Now), postponed.State.StatusAt(tonight), postponed.State.Attempts, postponed.State.ClaimedBy)
            .ShouldBe((FollowUpStatus.Waiting, FollowUpStatus.Open, 0, null));
        postponed.Events.ShouldBe([new FollowUpPostponed(claimed.Id, Request, claimed.OrderId, claimed.VendorId, claimed.Version + 1,
            tonight, Anna.Name, Now)]);
        postponed.State.Claim(Anna, Options.ClaimLasts, Now).Refusal!.Text.Code.ShouldBe("follow-up.not-due");
        postponed.State.Claim(Bert, Options.ClaimLasts, tonight).State.ClaimedBy.ShouldBe("b");
    }

    [Fact]
    public void Where_no_pause_is_set_the_operator_can_still_give_it_back_or_put_it_off()
    {
        var kept = ClaimedByAnna().Attempt(AttemptOutcome.NoAnswer, null, Anna, new() { TryAgainAfter = TimeSpan.Zero }, Now).State;
        (kept.Status, kept.ClaimedBy).ShouldBe((FollowUpStatus.Claimed, "a"));
        kept.Release(null, Anna, Now).State.StatusAt(Now).ShouldBe(FollowUpStatus.Open);
        kept.Release(Now.AddHours(1), Anna, Now).State.StatusAt(Now).ShouldBe(FollowUpStatus.Waiting);
    }

    [Fact]
    public void It_is_kept_who_called_when_and_what_came_of_it()
    {
        var once = ClaimedByAnna().Attempt(AttemptOutcome.Busy, null, Anna, Options, Now).State;
        var twice = once.Claim(Bert, Options.ClaimLasts, once.DueAt).State
            .Attempt(AttemptOutcome.NoAnswer, null, Bert, Options, once.DueAt).State;
        twice.Tried.ShouldBe([new(AttemptOutcome.Busy, Anna.Name, Now), new(AttemptOutcome.NoAnswer, Bert.Name, once.DueAt)]);
        Hear(twice, NobodyFound)!.State.Tried.ShouldBe(twice.Tried, "something earlier ended");
        var turned = Hear(Hear(null, Ended(FollowUpKind.Declined, 1))!.State.Claim(Anna, Options.ClaimLasts, Now).State
            .Attempt(AttemptOutcome.Busy, null, Anna, Options, Now).State, Ended(FollowUpKind.Service, 2))!.State;
        turned.Tried.ShouldBeEmpty("it is about something later");
    }

    public static TheoryData<string> EveryOrder() => ["123", "132", "213", "231", "312", "321"];

    [Theory, MemberData(nameof(EveryOrder))]
    public void However_outcomes_arrive_one_callback_is_about_the_last_and_remembers_the_others(string order)
    {
        Outcome[] outcomes = [Ended(FollowUpKind.Declined, 1), Ended(FollowUpKind.Unfulfilled, 2), Ended(FollowUpKind.Service, 3, -60)];
        FollowUp? callback = null;
        foreach (var outcome in order.Select(digit => outcomes[digit - '1']))
        {
            var heard = Hear(callback, outcome)!.State;
            if (callback is not null) heard.Id.ShouldBe(callback.Id);
            callback = heard;
        }
        callback!.About.ShouldBe(outcomes[2]);
        callback.Earlier.ShouldBe(outcomes[..2], ignoreOrder: true);
        foreach (var outcome in outcomes) Hear(callback, outcome).ShouldBeNull("told twice");
    }

    [Fact]
    public void A_request_for_which_nobody_was_found_comes_after_its_orders_but_not_after_a_service()
    {
        var declined = Hear(null, Ended(FollowUpKind.Declined, 1))!.State;
        Hear(declined, NobodyFound)!.State.About.ShouldBe(NobodyFound);
        Hear(Hear(null, NobodyFound)!.State, Ended(FollowUpKind.Declined, 1, 5))!.State.About.ShouldBe(NobodyFound);
        Hear(Due(), NobodyFound)!.State.Kind.ShouldBe(FollowUpKind.Service);
    }

    [Fact]
    public void Outcomes_of_which_an_earlier_release_told_go_by_their_time()
    {
        var (first, second) = (Ended(FollowUpKind.Declined, null), Ended(FollowUpKind.Unfulfilled, null, 5));
        Hear(Hear(null, second)!.State, first)!.State.About.ShouldBe(second);
        Hear(Hear(null, first)!.State, second)!.State.About.ShouldBe(second);
    }

    [Fact]
    public void Who_has_claimed_it_when_something_later_ends_claims_it_anew_and_his_answers_are_not_taken_for_it()
    {
        var claimed = Hear(null, Ended(FollowUpKind.Declined, 1))!.State.Claim(Anna, Options.ClaimLasts, Now).State;
        claimed = claimed.Attempt(AttemptOutcome.Busy, Now.AddHours(1), Anna, Options, Now).State.Claim(Anna,
            Options.ClaimLasts, Now.AddHours(1)).State;
        var turned = Hear(claimed, Ended(FollowUpKind.Service, 2))!;
        (turned.State.Status, turned.State.Attempts, turned.State.StatusAt(Now), turned.State.Version)
            .ShouldBe((FollowUpStatus.Open, 0, FollowUpStatus.Open, claimed.Version + 1));
        turned.Events.OfType<FollowUpScheduled>().Single()
            .ShouldBe(new(claimed.Id, Request, turned.State.OrderId, turned.State.VendorId, claimed.Version + 1, "service", Now));
        turned.State.Complete(Content, Guid.NewGuid(), Anna, Now).Refusal!.Text.Code.ShouldBe("follow-up.not-claimed");
    }

    [Fact]
    public void After_a_callback_that_is_over_a_later_outcome_has_a_callback_of_its_own_and_an_earlier_one_has_none()
    {
        var done = Hear(null, Ended(FollowUpKind.Declined, 2))!.State.Claim(Anna, Options.ClaimLasts, Now).State.Complete(Content,
            Guid.NewGuid(), Anna, Now).State;
        var late = Hear(done, Ended(FollowUpKind.Unfulfilled, 1))!;
        (late.State.Id, late.State.Status, late.Events.Count).ShouldBe((done.Id, FollowUpStatus.Completed, 0));
        var next = Hear(done, Ended(FollowUpKind.Service, 3))!.State;
        next.Id.ShouldNotBe(done.Id);
        next.Earlier.ShouldBe([done.About]);
    }

    [Fact]
    public void Nobody_is_called_whose_number_is_forgotten()
    {
        var over = ClaimedByAnna().GiveUp(Now);
        (over.State.Status, over.Events.OfType<FollowUpUnreachable>().Single().By).ShouldBe((FollowUpStatus.Unreachable, "system"));
    }

    [Fact]
    public void Who_does_not_want_to_be_asked_is_not_called_again() =>
        ClaimedByAnna().Attempt(AttemptOutcome.Refused, null, Anna, Options, Now).State.Status.ShouldBe(FollowUpStatus.Unreachable);

    [Fact]
    public void A_complaint_names_the_vendor_and_its_order()
    {
        var callback = ClaimedByAnna();
        var complaint = callback.Complete(Content with { Satisfaction = 1, Complaint = "没修好" }, Guid.CreateVersion7(), Anna,
            Now).Events.OfType<ComplaintRaised>().Single();
        (complaint.VendorId, complaint.OrderId).ShouldBe((callback.VendorId!.Value, callback.OrderId!.Value));
    }

    [Fact]
    public void Where_no_vendor_was_engaged_there_is_none_to_complain_about()
    {
        var callback = Hear(null, NobodyFound)!.State.Claim(Anna, Options.ClaimLasts, Now).State;
        callback.Complete(Content with { Complaint = "没人来" }, Guid.NewGuid(), Anna, Now).Refusal!.Text.Code.ShouldBe("follow-up.no-vendor");
    }

    [Fact]
    public void A_follow_up_that_is_over_takes_no_action_any_more()
    {
        var done = ClaimedByAnna().Complete(Content, Guid.NewGuid(), Anna, Now).State;
        done.Claim(Anna, Options.ClaimLasts, Now).Refusal!.Text.Code.ShouldBe("follow-up.closed");
        done.Attempt(AttemptOutcome.Busy, null, Anna, Options, Now).Refusal!.Text.Code.ShouldBe("follow-up.closed");
        done.Complete(Content, Guid.NewGuid(), Anna, Now).Refusal!.Text.Code.ShouldBe("follow-up.closed");
    }
}
