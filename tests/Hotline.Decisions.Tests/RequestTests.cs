using Hotline.Contracts.Intake;
using Hotline.Intake.Requests;
using Hotline.Wire;
using Hotline.Wire.Intake;

namespace Hotline.Decisions.Tests;

public sealed class RequestTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 1, 0, 0, TimeSpan.Zero);
    private static readonly Guid First = Guid.CreateVersion7(Now), Second = Guid.CreateVersion7(Now.AddMinutes(1));

    private static Request Registered() => new()
    {
        Id = Guid.CreateVersion7(),
        Number = "RA-20261124-000001",
        Channel = "phone",
        DialledNumber = "12345",
        Citizen = "sealed",
        PhoneHash = [1],
        AreaCode = "330381001",
        CategoryCode = "drains.unclog-drain",
        Description = "堵了",
        Urgency = "normal",
        RegisteredBy = "op",
        RegisteredAt = Now,
        Version = 1,
    };

    [Theory]
    [InlineData("offered", RequestStatus.Offered)]
    [InlineData("accepted", RequestStatus.Accepted)]
    [InlineData("contacted", RequestStatus.Contacted)]
    [InlineData("quoted", RequestStatus.Quoted)]
    [InlineData("agreed", RequestStatus.Agreed)]
    [InlineData("scheduled", RequestStatus.Scheduled)]
    [InlineData("arrived", RequestStatus.Arrived)]
    [InlineData("completed", RequestStatus.Completed)]
    [InlineData("rejected", RequestStatus.Registered)]
    [InlineData("expired", RequestStatus.Registered)]
    [InlineData("declined", RequestStatus.Registered)]
    [InlineData("withdrawn", RequestStatus.Registered)]
    [InlineData("cancelled", RequestStatus.Registered)]
    public void The_status_follows_the_order_and_an_order_without_service_frees_the_request(string order, RequestStatus expected) =>
        Registered().FollowOrder(First, order, 2, null)!.Status.ShouldBe(expected);

    [Fact]
    public void Late_news_of_an_order_are_ignored()
    {
        var accepted = Registered().FollowOrder(First, "accepted", 2, null)!;
        accepted.FollowOrder(First, "offered", 1, null).ShouldBeNull();
        accepted.FollowOrder(First, "accepted", 2, null).ShouldBeNull();
    }

    [Fact]
    public void News_of_an_earlier_order_do_not_disturb_the_later_one()
    {
        var second = Registered().FollowOrder(Second, "offered", 1, null)!;
        second.FollowOrder(First, "rejected", 2, null).ShouldBeNull();
        second.Status.ShouldBe(RequestStatus.Offered);
    }

    [Fact]
    public void Which_of_two_orders_is_the_later_their_ordinals_say_whatever_the_clocks_of_their_hosts()
    {
        // the second order's host is an hour behind: its id is the smaller one
        var behind = Guid.CreateVersion7(Now.AddHours(-1));
        var followed = Registered().FollowOrder(First, "offered", 1, 1)!.FollowOrder(behind, "offered", 1, 2)!;
        (followed.OrderId, followed.OrderOrdinal).ShouldBe((behind, 2));
        followed.FollowOrder(First, "rejected", 2, 1).ShouldBeNull();
        followed.FollowOrder(behind, "accepted", 2, 2)!.Status.ShouldBe(RequestStatus.Accepted);
    }

    [Fact]
    public void Orders_of_which_an_earlier_release_told_go_by_their_ids()
    {
        var first = Registered().FollowOrder(First, "offered", 1, null)!;
        first.FollowOrder(Second, "offered", 1, 1)!.OrderId.ShouldBe(Second);
        Registered().FollowOrder(Second, "offered", 1, 1)!.FollowOrder(First, "rejected", 2, null).ShouldBeNull();
        first.FollowOrder(First, "accepted", 2, 1)!.FollowOrder(First, "contacted", 3, null)!.OrderOrdinal.ShouldBe(1);
    }

    [Fact]
    public void Who_has_it_and_until_when_follows_the_order_and_the_offer_names_the_vendor_however_late_it_is_heard()
    {
        var vendor = Guid.CreateVersion7();
        var accepted = Registered().FollowOrder(First, "accepted", 2, 1, new(vendor, null, Now.AddMinutes(15)))!;
        (accepted.OrderVendorId, accepted.OrderVendorName, accepted.OrderDueAt).ShouldBe((vendor, null, Now.AddMinutes(15)));
        var named = accepted.FollowOrder(First, "offered", 1, 1, new(vendor, "店", Now.AddMinutes(10)))!;
        (named.Status, named.OrderVendorName, named.OrderDueAt).ShouldBe((RequestStatus.Accepted, "店", Now.AddMinutes(15)));
        named.FollowOrder(First, "offered", 1, 1, new(vendor, "店", Now.AddMinutes(10))).ShouldBeNull();
        var contacted = named.FollowOrder(First, "contacted", 3, 1, new(vendor, null, null))!;
        (contacted.OrderVendorName, contacted.OrderDueAt, contacted.IsPlaced).ShouldBe(("店", null, true));
        var free = contacted.FollowOrder(First, "cancelled", 4, 1, new(vendor, null, null))!;
        free.IsPlaced.ShouldBeFalse();
        free.FollowOrder(Second, "accepted", 2, 2, new(vendor, null, null))!.OrderVendorName.ShouldBeNull("of the order before");
    }

    private static readonly Correction Right = new("sealed anew", [2], "330381002", ["phone", "area"]);

    [Fact]
    public void A_correction_tells_what_is_right_and_who_has_the_order()
    {
        var vendor = Guid.CreateVersion7();
        var corrected = Registered().FollowOrder(First, "accepted", 2, 1, new(vendor, "店", null))!.Correct(Right, "听错了", "op", Now);
        (corrected.State.Citizen, corrected.State.PhoneHash![0], corrected.State.AreaCode).ShouldBe(("sealed anew", (byte)2, "330381002"));
        var told = corrected.Events.OfType<RequestCorrected>().Single();
        (told.OrderId, told.VendorId, told.Reason, told.Version).ShouldBe((First, vendor, "听错了", corrected.State.Version));

        var free = Registered().FollowOrder(First, "rejected", 2, 1, new(vendor, "店", null))!.Correct(Right, "听错了", "op", Now);
        free.Events.OfType<RequestCorrected>().Single().VendorId.ShouldBeNull();
        Registered().Correct(Right with { Fields = [] }, "一样", "op", Now).Events.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_final_or_forgotten_is_not_corrected_but_what_waits_for_a_callback_is()
    {
        Registered().Cancel(CancelCause.CitizenWithdrew, "不要了", "op", Now).State.Correct(Right, "晚了", "op", Now)
            .Refusal!.Text.Code.ShouldBe("request.final");
        Registered().Erase(Now).State.Correct(null, "忘了", "op", Now).Refusal!.Text.Code.ShouldBe("request.erased");
        Registered().FollowOrder(First, "completed", 7, 1)!.Correct(Right, "回访前", "op", Now).Refusal.ShouldBeNull();
    }

    [Fact]
    public void A_note_leaves_the_request_as_it_is_and_none_is_written_on_one_that_is_forgotten()
    {
        var noted = Registered().Note(First, "下午在家", "op", Now);
        (noted.State.Version, noted.Events.OfType<RequestNoted>().Single().Text).ShouldBe((1, "下午在家"));
        Registered().Erase(Now).State.Note(First, "下午在家", "op", Now).Refusal!.Text.Code.ShouldBe("request.erased");
    }

    [Fact]
    public void An_erased_request_takes_no_words_any_more()
    {
        var cancelled = Registered().Erase(Now).State.Cancel(CancelCause.CitizenWithdrew, "林女士说不要了", "op", Now);
        (cancelled.State.CancelReason, cancelled.Events.OfType<RequestCancelled>().Single().Reason).ShouldBe(("", ""));
    }

    [Fact]
    public void It_closes_when_done_and_called_back_in_whichever_order_the_news_arrive()
    {
        Registered().FollowOrder(First, "completed", 7, null)!.FollowCallback(First)!.Status.ShouldBe(RequestStatus.Closed);
        Registered().FollowCallback(First)!.FollowOrder(First, "completed", 7, null)!.Status.ShouldBe(RequestStatus.Closed);
        Registered().FollowCallback(First)!.Status.ShouldBe(RequestStatus.Registered);
    }

    [Theory]
    [InlineData(CancelCause.CitizenWithdrew, RequestStatus.Cancelled)]
    [InlineData(CancelCause.Duplicate, RequestStatus.Cancelled)]
    [InlineData(CancelCause.NoVendor, RequestStatus.Unfulfilled)]
    public void Cancelling_says_why(CancelCause cause, RequestStatus expected)
    {
        var cancelled = Registered().Cancel(cause, "原因", "op", Now);
        cancelled.State.Status.ShouldBe(expected);
        cancelled.Events.OfType<RequestCancelled>().Single().Cause.ShouldBe(cause.ToWire());
        cancelled.State.Cancel(cause, "再次", "op", Now).Refusal!.Text.Code.ShouldBe("request.final");
    }

    [Fact]
    public void A_service_that_was_done_cannot_be_cancelled_and_counts_even_if_it_was_cancelled_meanwhile()
    {
        Registered().FollowOrder(First, "completed", 7, null)!.Cancel(CancelCause.CitizenWithdrew, "晚了", "op",
            Now).Refusal.ShouldNotBeNull();
        Registered().Cancel(CancelCause.CitizenWithdrew, "不要了", "op", Now).State.FollowOrder(First, "completed", 7,
            null)!.Status.ShouldBe(RequestStatus.Completed);
    }
}
