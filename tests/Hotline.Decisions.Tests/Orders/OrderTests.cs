using Hotline.Contracts.Dispatch;
using Hotline.Dispatch.Orders;

namespace Hotline.Decisions.Tests.Orders;

public sealed class OrderTests
{
    [Fact]
    public void An_offer_that_has_lapsed_cannot_be_accepted_even_before_the_clock_sees_it()
    {
        var refusal = An.OrderIn(OrderStatus.Offered).Accept(An.ContactWithin, "v", An.Morning + An.OfferLasts).Refusal;
        refusal!.Text.Code.ShouldBe("order.offer-expired");
    }

    [Fact]
    public void An_offer_does_not_expire_before_its_time() =>
        An.OrderIn(OrderStatus.Offered).Expire(An.Morning + An.OfferLasts - TimeSpan.FromTicks(1)).Refusal!.Text.Code.ShouldBe("order.not-due");

    [Fact]
    public void A_missed_contact_is_said_once_and_the_order_goes_on()
    {
        var late = An.OrderIn(OrderStatus.Accepted).MissContact(An.Morning.AddMinutes(30)).State;
        late.Status.ShouldBe(OrderStatus.Accepted);
        late.MissContact(An.Morning.AddMinutes(31)).Refusal.ShouldNotBeNull();
        late.Contact(null, "v", An.Morning.AddMinutes(32)).Events.OfType<CitizenContacted>().Single().Late.ShouldBeTrue();
    }

    [Fact]
    public void A_vendor_may_name_another_price_until_the_citizen_answers()
    {
        var requoted = An.OrderIn(OrderStatus.Quoted).ProposeQuote(90, "优惠", "v", An.Morning.AddMinutes(5)).State;
        requoted.QuoteAmount.ShouldBe(90);
        requoted.AcceptQuote("op", An.Morning.AddMinutes(6)).Events.OfType<QuoteAccepted>().Single().Amount.ShouldBe(90);
    }

    [Fact]
    public void Arrival_after_the_appointment_is_late()
    {
        var scheduled = An.OrderIn(OrderStatus.Scheduled);
        scheduled.Arrive("v", scheduled.VisitEndsAt!.Value).Events.OfType<VendorArrived>().Single().Late.ShouldBeFalse();
        scheduled.Arrive("v", scheduled.VisitEndsAt!.Value.AddSeconds(1)).Events.OfType<VendorArrived>().Single().Late.ShouldBeTrue();
    }

    [Theory]
    [InlineData(OrderStatus.Offered, false, false)]
    [InlineData(OrderStatus.Accepted, false, true)]
    [InlineData(OrderStatus.Arrived, false, true)]
    [InlineData(OrderStatus.Accepted, true, false)]
    public void Only_a_citizen_who_still_wants_the_service_and_had_a_vendor_is_left_without(OrderStatus state, bool citizenWithdrew, bool unfulfilled) =>
        An.OrderIn(state).Cancel("原因", citizenWithdrew, "op", An.Morning.AddMinutes(9)).Events.OfType<OrderUnfulfilled>().Any().ShouldBe(unfulfilled);

    [Fact]
    public void A_completion_tells_the_price_agreed_and_the_price_charged()
    {
        var done = An.OrderIn(OrderStatus.Arrived).Complete(150, "换了配件", 90, "v", An.Morning.AddHours(1)).Events.OfType<OrderCompleted>().Single();
        (done.QuotedAmount, done.FinalAmount, done.WarrantyDays).ShouldBe((120, 150, 90));
    }
}
