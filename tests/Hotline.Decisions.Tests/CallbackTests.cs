using Hotline.Contracts.FollowUp;
using Hotline.FollowUp.FollowUps;
using Hotline.ServiceDefaults;

namespace Hotline.Decisions.Tests;

public sealed class CallbackTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 1, 0, 0, TimeSpan.Zero);
    private static readonly FollowUpOptions Options = new();
    private static readonly Caller Anna = new("a", "接线员甲", Roles.Operator, null), Bert = new("b", "接线员乙", Roles.Operator, null);
    private static readonly Answers Content = new(5, true, true, true, null, null);

    private static Callback Due() => Callback.Schedule(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), "RA-1", "店", "locks.open-lock", CallbackKind.Service, Now).State;

    private static Callback ClaimedByAnna() => Due().Claim(Anna, Options.ClaimLasts, Now).State;

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
        ClaimedByAnna().Attempt(AttemptOutcome.Busy, Bert, Options, Now).Refusal!.Text.Code.ShouldBe("follow-up.claimed");
        ClaimedByAnna().Complete(Content, Guid.NewGuid(), Bert, Now).Refusal!.Text.Code.ShouldBe("follow-up.claimed");
        Due().Complete(Content, Guid.NewGuid(), Anna, Now).Refusal!.Text.Code.ShouldBe("follow-up.not-claimed");
    }

    [Fact]
    public void After_so_many_attempts_the_citizen_is_unreachable()
    {
        var callback = ClaimedByAnna();
        for (var attempt = 1; attempt < Options.MaxAttempts; attempt++)
        {
            var tried = callback.Attempt(AttemptOutcome.NoAnswer, Anna, Options, Now);
            tried.Events.OfType<FollowUpUnreachable>().ShouldBeEmpty();
            callback = tried.State;
        }
        var last = callback.Attempt(AttemptOutcome.NoAnswer, Anna, Options, Now);
        last.State.Status.ShouldBe(CallbackStatus.Unreachable);
        last.Events.OfType<FollowUpUnreachable>().Single().Attempts.ShouldBe(Options.MaxAttempts);
    }

    [Fact]
    public void Who_does_not_want_to_be_asked_is_not_called_again() =>
        ClaimedByAnna().Attempt(AttemptOutcome.Refused, Anna, Options, Now).State.Status.ShouldBe(CallbackStatus.Unreachable);

    [Fact]
    public void A_complaint_names_the_vendor_and_its_order()
    {
        var callback = ClaimedByAnna();
        var complaint = callback.Complete(Content with { Satisfaction = 1, Complaint = "没修好" }, Guid.CreateVersion7(), Anna, Now).Events.OfType<ComplaintRaised>().Single();
        (complaint.VendorId, complaint.OrderId).ShouldBe((callback.VendorId!.Value, callback.OrderId!.Value));
    }

    [Fact]
    public void Where_no_vendor_was_engaged_there_is_none_to_complain_about()
    {
        var callback = Callback.Schedule(Guid.CreateVersion7(), Guid.CreateVersion7(), null, null, "RA-1", null, "locks.open-lock", CallbackKind.Unfulfilled, Now).State.Claim(Anna, Options.ClaimLasts, Now).State;
        callback.Complete(Content with { Complaint = "没人来" }, Guid.NewGuid(), Anna, Now).Refusal!.Text.Code.ShouldBe("follow-up.no-vendor");
    }

    [Fact]
    public void What_is_over_is_over()
    {
        var done = ClaimedByAnna().Complete(Content, Guid.NewGuid(), Anna, Now).State;
        done.Claim(Anna, Options.ClaimLasts, Now).Refusal!.Text.Code.ShouldBe("follow-up.closed");
        done.Attempt(AttemptOutcome.Busy, Anna, Options, Now).Refusal!.Text.Code.ShouldBe("follow-up.closed");
        done.Complete(Content, Guid.NewGuid(), Anna, Now).Refusal!.Text.Code.ShouldBe("follow-up.closed");
    }
}
