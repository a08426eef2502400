using Hotline.Contracts.Dispatch;
using Hotline.Dispatch.Orders;

namespace Hotline.Decisions.Tests.Orders;

public sealed class OrderTests
{
    [Fact]
    public void An_offer_that_has_lapsed_cannot_be_accepted_even_before_the_clock_sees_it()
    {
        var refusal = OrderSamples.OrderIn(OrderStatus.Offered)
            .Accept(OrderSamples.ContactWithin, "v", OrderSamples.Morning + OrderSamples.OfferLasts).Refusal;
        refusal!.Text.Code.ShouldBe("order.offer-expired");
    }

    [Fact]
    public void An_offer_does_not_expire_before_its_time() =>
        OrderSamples.OrderIn(OrderStatus.Offered)
            .Expire(OrderSamples.Morning + OrderSamples.OfferLasts - TimeSpan.FromTicks(1)).Refusal!.Text.Code.ShouldBe("order.not-due");

    [Fact]
    public void A_missed_contact_is_said_once_and_the_order_goes_on()
    {
        var late = OrderSamples.OrderIn(OrderStatus.Accepted).MissContact(OrderSamples.Morning.AddMinutes(30)).State;
        late.Status.ShouldBe(OrderStatus.Accepted);
        late.MissContact(OrderSamples.Morning.AddMinutes(31)).Refusal.ShouldNotBeNull();
        late.Contact(null, "v", OrderSamples.Morning.AddMinutes(32)).Events.OfType<CitizenContacted>().Single().Late.ShouldBeTrue();
    }

    [Fact]
    public void A_vendor_may_name_another_price_until_the_citizen_answers()
    {
        var requoted = OrderSamples.OrderIn(OrderStatus.Quoted).ProposeQuote(90, "优惠", "v", OrderSamples.Morning.AddMinutes(5)).State;
        requoted.QuoteAmount.ShouldBe(90);
        requoted.AcceptQuote(null, "op", OrderSamples.Morning.AddMinutes(6)).Events.OfType<QuoteAccepted>().Single().Amount.ShouldBe(90);
    }

    [Fact]
    public void Another_price_than_the_one_seen_is_not_agreed_to_and_the_current_one_is_named()
    {
        var quoted = OrderSamples.OrderIn(OrderStatus.Quoted).ProposeQuote(2000, null, "v", OrderSamples.Morning.AddMinutes(5)).State;
        var refusal = quoted.AcceptQuote(200, "op", OrderSamples.Morning.AddMinutes(6)).Refusal!;
        (refusal.Text.Code, refusal.Status, refusal.CurrentStatus).ShouldBe(("order.quote-changed", 409, "quoted"));
        refusal.Errors!["amount"].Single().ShouldContain("2000");
        quoted.AcceptQuote(2000.00m, "op", OrderSamples.Morning.AddMinutes(6)).Events.OfType<QuoteAccepted>().Single()
            .Amount.ShouldBe(2000);
    }

    private static VendorArrived Arrived(Order order, DateTimeOffset at) => order.Arrive("v", at).Events.OfType<VendorArrived>().Single();

    [Fact]
    public void Arrival_after_the_appointment_is_late()
    {
        var scheduled = OrderSamples.OrderIn(OrderStatus.Scheduled);
        var (intime, late) = (Arrived(scheduled, scheduled.VisitEndsAt!.Value),
            Arrived(scheduled, scheduled.VisitEndsAt!.Value.AddSeconds(1)));
        (intime.Late, intime.Kept, late.Late, late.Kept).ShouldBe((false, true, true, false));
    }

    [Fact]
    public void Arrival_without_an_appointment_keeps_none_and_misses_none()
    {
        var arrived = Arrived(OrderSamples.OrderIn(OrderStatus.Agreed), OrderSamples.Morning.AddHours(30));
        (arrived.Late, arrived.Kept).ShouldBe((false, null));
    }

    // the appointment is from 1 to 2 hours after the morning; each move is told at a minute and goes to another hour
    [Theory]
    [InlineData("30>5", 301, true)] // moved once, before it began
    [InlineData("30>1", 61, true)] // said again as it was: not moved
    [InlineData("60>5", 301, false)] // moved when it had just begun
    [InlineData("150>5", 301, false)] // moved when it was over
    [InlineData("30>5 40>6", 361, false)] // moved twice
    [InlineData("30>5 40>5", 301, true)]
    [InlineData("30>5", 361, false)] // moved once, and then missed
    public void An_appointment_is_kept_that_was_moved_once_at_most_and_before_it_began(string moves, int arrivesAtMinute, bool kept)
    {
        var order = OrderSamples.OrderIn(OrderStatus.Scheduled);
        foreach (var move in moves.Split(' ').Select(m => m.Split('>').Select(int.Parse).ToArray()))
            order = order.Schedule(OrderSamples.Morning.AddHours(move[1]), OrderSamples.Morning.AddHours(move[1] + 1), "v",
                OrderSamples.Morning.AddMinutes(move[0])).State;
        var arrived = Arrived(order, OrderSamples.Morning.AddMinutes(arrivesAtMinute));
        (arrived.Kept, arrived.Late).ShouldBe((kept, !kept));
    }

    [Fact]
    public void Each_order_of_a_request_has_its_place_among_them_and_every_event_tells_it()
    {
        foreach (var (status, action) in OrderTable.Allowed.SelectMany(s => s.Value.Select(a => (s.Key, a)))
            .Where(s => s.a is not OrderAction.MissContact))
        {
            foreach (var told in OrderSamples.OrderIn(status).Try(action).Events)
                told.GetType().GetProperty("Ordinal")!.GetValue(told).ShouldBe(3, $"{told.GetType().Name}: two came before");
        }
    }

    [Theory]
    [InlineData(OrderStatus.Offered, false, false)]
    [InlineData(OrderStatus.Accepted, false, true)]
    [InlineData(OrderStatus.Arrived, false, true)]
    [InlineData(OrderStatus.Accepted, true, false)]
    public void Only_a_citizen_who_still_wants_the_service_and_had_a_vendor_is_left_without(
        OrderStatus state, bool citizenWithdrew, bool unfulfilled) =>
        OrderSamples.OrderIn(state).Cancel("原因", citizenWithdrew, "op", OrderSamples.Morning.AddMinutes(9)).Events
            .OfType<OrderUnfulfilled>().Any().ShouldBe(unfulfilled);

    [Fact]
    public void A_completion_tells_the_price_agreed_and_the_price_charged()
    {
        var done = OrderSamples.OrderIn(OrderStatus.Arrived)
            .Complete(150, "换了配件", 90, "v", OrderSamples.Morning.AddHours(1)).Events.OfType<OrderCompleted>().Single();
        (done.QuotedAmount, done.FinalAmount, done.WarrantyDays).ShouldBe((120, 150, 90));
    }
}
