using Hotline.Ops;

namespace Hotline.Decisions.Tests;

/// <summary>Books that agree say nothing; each thing that can be wrong is named for what it is.</summary>
public sealed class ReconciliationTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
    private static readonly Guid Request = Guid.CreateVersion7(Now), Order = Guid.CreateVersion7(Now), Vendor = Guid.CreateVersion7(Now),
        Callback = Guid.CreateVersion7(Now);

    private static readonly OrderFacts Served = new(Order, Request, Vendor, "completed", 7, Now.AddMinutes(10), Now, Now.AddMinutes(15),
        Now, null, Now, Now, VisitEndsAt: Now, Ordinal: 1);

    // a whole service, called back
    private static readonly Books Agreeing = new()
    {
        ReadAt = Now.AddHours(1),
        Services = [new("intake", "healthy", new(0, 0), [new("intake-request-progress", 0, 0)])],
        Requests = [new(Request, "RA-20261124-000001", "closed", false, Order, "completed", 7, Order,
        [
            new("requestRegistered", null, null, 1),
            .. new[]
            {
                "orderOffered", "orderAccepted", "citizenContacted", "quoteProposed", "quoteAccepted", "vendorArrived", "orderCompleted",
            }.Select(k => Told(k)),
            new("followUpScheduled", Order, Callback, 1), new("followUpCompleted", Order, Callback, 1),
        ])],
        RequestCopies = [new(Request, true, false)],
        Contacts = [new(Request)],
        Orders = [Served],
        VendorOrders = [new(Order, false, true)],
        Facts = [new(Order, ["accepted", "completed", "contactDeadline", "visitDeadline", "satisfaction"], 0)],
        FollowUps = [new(Callback, Request, Order, "service", "completed", 0, false)],
        Vendors = [new(Vendor, "approved", "active", 2, 5)],
        VendorCopies = new Dictionary<string, IReadOnlyList<VendorFacts>>
        { ["dispatch"] = [new(Vendor, null, "active", 2, null)], ["evaluation"] = [new(Vendor, null, "active", 2, 5)] },
    };

    [Fact]
    public void Books_that_agree_say_nothing() => Find(Agreeing).ShouldBeEmpty();

    public static TheoryData<string, Fault> Wrongs => new()
    {
        { "the request is not in dispatch", Fault.Missing },
        { "the request is not in follow-up", Fault.Missing },
        { "the order is not in the ranking", Fault.Missing },
        { "a fact is not in the score", Fault.Missing },
        { "there is no callback", Fault.Missing },
        { "an event is not in the timeline", Fault.Missing },
        { "a vendor is not in a copy", Fault.Missing },
        { "an event is twice in the timeline", Fault.Doubled },
        { "there are two callbacks", Fault.Doubled },
        { "two callbacks of a request are not over", Fault.Doubled },
        { "a number was given twice", Fault.Doubled },
        { "two orders of a request are done", Fault.Doubled },
        { "an offer's time is over", Fault.Stuck },
        { "nobody was told of a missed call", Fault.Stuck },
        { "a cancelled request has an open order", Fault.Stuck },
        { "an outbox is not empty", Fault.Stuck },
        { "an error queue is not empty", Fault.Stuck },
        { "a service is not well", Fault.Stuck },
        { "facts wait for a score", Fault.Stuck },
        { "intake says another status", Fault.Disagreeing },
        { "the ranking thinks it open", Fault.Disagreeing },
        { "a copy has another standing", Fault.Disagreeing },
        { "the registry has another score", Fault.Disagreeing },
        { "intake does not know of the callback", Fault.Disagreeing },
    };

    [Theory]
    [MemberData(nameof(Wrongs))]
    public void What_is_wrong_is_named_for_what_it_is(string wrong, Fault fault) =>
        Find(Make(wrong)).Select(f => f.Fault).ShouldContain(fault, $"{wrong}: {string.Join("; ", Find(Make(wrong)))}");

    [Fact]
    public void What_a_later_outcome_came_before_is_not_missing()
    {
        var declined = new OrderFacts(Guid.CreateVersion7(Now), Request, Vendor, "declined", 1, Now, null, null, null,
            null, null, Now, Ordinal: 0);
        var books = Agreeing with
        {
            Orders = [declined, Served],
            VendorOrders = [.. Agreeing.VendorOrders, new(declined.Id, false, true)],
            Facts = [.. Agreeing.Facts, new(declined.Id, ["declined"], 0)],
            Requests = [Agreeing.Requests[0] with
                { Timeline = [.. Agreeing.Requests[0].Timeline, Told("quoteDeclined") with { OrderId = declined.Id }] }],
        };
        Find(books).Single().What.ShouldBe("declined, without a callback");
        Find(books with { FollowUps = [Agreeing.FollowUps[0] with { Earlier = [declined.Id] }] }).ShouldBeEmpty();
    }

    [Fact]
    public void A_request_that_a_client_was_told_of_must_be_there() =>
        new Reconciliation(Agreeing, [Guid.NewGuid()], false).Find().Single().Fault.ShouldBe(Fault.Missing);

    [Fact]
    public void What_has_not_come_to_its_end_is_stuck_only_where_an_end_is_expected()
    {
        var offered = Served with
        {
            Status = "offered",
            Version = 1,
            AcceptedAt = null,
            ContactBy = null,
            ContactedAt = null,
            ArrivedAt = null,
            EndedAt = null,
            OfferExpiresAt = Now.AddHours(2),
        };
        var open = Agreeing with
        {
            Orders = [offered],
            VendorOrders = [new(Order, true, true)],
            FollowUps = [],
            Facts = [],
            Requests = [Agreeing.Requests[0] with
            {
                Status = "offered",
                OrderStatus = "offered",
                OrderVersion = 1,
                CalledBackOrderId = null,
                Timeline = [new("requestRegistered", null, null, 1), Told("orderOffered")],
            }],
        };
        new Reconciliation(open, [], false).Find().ShouldBeEmpty();
        new Reconciliation(open, [], true).Find().Select(f => f.Fault).ShouldBe([Fault.Stuck, Fault.Stuck]);
    }

    private static TimelineCount Told(string kind)
    {
        var line = Intake.Timeline.Story.Of(kind)!;
        return new(kind, Order, null, 1, line.TellsOrder, line.Repeats);
    }

    private static IReadOnlyList<Finding> Find(Books books) => new Reconciliation(books, [], false).Find();

    private static Books Make(string wrong)
    {
        var (books, request) = (Agreeing, Agreeing.Requests[0]);
        Books With(RequestFacts changed) => books with { Requests = [changed] };
        return wrong switch
        {
            "the request is not in dispatch" => books with { RequestCopies = [] },
            "the request is not in follow-up" => books with { Contacts = [] },
            "the order is not in the ranking" => books with { VendorOrders = [] },
            "a fact is not in the score" => books with { Facts = [books.Facts[0] with { Kinds = ["accepted"] }] },
            "there is no callback" => books with { FollowUps = [] },
            "an event is not in the timeline" =>
                With(request with { Timeline = [.. request.Timeline.Where(t => t.Kind != "quoteAccepted")] }),
            "a vendor is not in a copy" =>
                books with { VendorCopies = new Dictionary<string, IReadOnlyList<VendorFacts>> { ["dispatch"] = [] } },
            "an event is twice in the timeline" =>
                With(request with { Timeline = [.. request.Timeline.Select(t => t.Kind == "vendorArrived" ? t with { Count = 2 } : t)] }),
            "there are two callbacks" => books with { FollowUps = [books.FollowUps[0], books.FollowUps[0] with { Id = Guid.NewGuid() }] },
            "two callbacks of a request are not over" => books with
            {
                FollowUps = [books.FollowUps[0] with { Status = "open" },
                    new(Guid.NewGuid(), Request, null, "unfulfilled", "open", 0, false)],
            },
            "a number was given twice" => books with { Requests = [request, request with { Id = Guid.NewGuid() }] },
            "two orders of a request are done" => books with { Orders = [Served, Served with { Id = Guid.NewGuid() }] },
            "an offer's time is over" => books with { Orders = [Served with { Status = "offered", EndedAt = null, OfferExpiresAt = Now }] },
            "nobody was told of a missed call" =>
                books with { Orders = [Served with { Status = "accepted", EndedAt = null, ContactBy = Now }] },
            "a cancelled request has an open order" =>
                books with { Orders = [Served with { EndedAt = null }], Requests = [request with { Cancelled = true }] },
            "an outbox is not empty" => books with { Services = [books.Services[0] with { Outbox = new(3, 1) }] },
            "an error queue is not empty" => books with { Services = [books.Services[0] with { Queues = [new("q", 0, 1)] }] },
            "a service is not well" => books with { Services = [books.Services[0] with { Status = "degraded" }] },
            "facts wait for a score" => books with { Facts = [books.Facts[0] with { Unscored = 1 }] },
            "intake says another status" => With(request with { OrderStatus = "arrived", OrderVersion = 6 }),
            "the ranking thinks it open" => books with { VendorOrders = [new(Order, true, true)] },
            "a copy has another standing" => books with
            {
                VendorCopies = new Dictionary<string, IReadOnlyList<VendorFacts>>
                { ["dispatch"] = [new(Vendor, null, "suspended", 2, null)] },
            },
            "the registry has another score" => books with { Vendors = [books.Vendors[0] with { ScoreVersion = 4 }] },
            "intake does not know of the callback" => With(request with { Status = "completed" }),
            _ => throw new ArgumentException(wrong),
        };
    }
}
