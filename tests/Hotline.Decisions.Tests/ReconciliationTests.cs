using Hotline.Reconciliation;
using Hotline.Reconciliation.Rules;

namespace Hotline.Decisions.Tests;

/// <summary>Books that agree say nothing; each thing that can be wrong is named for what it is.</summary>
public sealed class ReconciliationTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
    private static readonly Guid Request = Guid.CreateVersion7(Now), Order = Guid.CreateVersion7(Now), Vendor = Guid.CreateVersion7(Now),
        FollowUp = Guid.CreateVersion7(Now);

    private static readonly OrderFacts Served = new(Order, Request, Vendor, "completed", 7, Now.AddMinutes(10), Now, Now.AddMinutes(15),
        Now, null, Now, Now, VisitEndsAt: Now, Ordinal: 1);

    // a whole service, called back
    private static readonly RequestFacts Called = new(Request, "RA-20261124-000001", "closed", false, Order, "completed", 7, Order,
    [
        new("requestRegistered", null, null, 1),
        .. new[]
        {
            "orderOffered", "orderAccepted", "citizenContacted", "quoteProposed", "quoteAccepted", "vendorArrived", "orderCompleted",
        }.Select(k => Told(k)),
        new("followUpScheduled", Order, FollowUp, 1), new("followUpCompleted", Order, FollowUp, 1),
    ]);

    private static readonly FollowUpFacts Asked = new(FollowUp, Request, Order, "service", "completed", 0, false);

    private static readonly ScoredFacts Scored =
        new(Order, ["accepted", "completed", "contactDeadline", "visitDeadline", "satisfaction"], 0);

    private static readonly ServiceFacts Well = new("intake", "healthy", new(0, 0), [new("intake-request-progress", 0, 0)]);

    private static readonly VendorFacts Registered = new(Vendor, "approved", "active", 2, 5);

    private static readonly CallFacts Heard = new(Guid.CreateVersion7(Now), "ended", Now, true, true, true, 0, 1, [Request]);

    private static readonly Books Agreeing = VendorRule.Copies.Aggregate(new Books(Now.AddHours(1), Well)
        .With(RequestRule.Requests, Called).With(RequestRule.Copies, new RequestCopyFacts(Request, true, false))
        .With(RequestRule.Contacts, new ContactFacts(Request)).With(OrderRule.Orders, Served)
        .With(OrderRule.Ranked, new RankedOrderFacts(Order, false, true)).With(ScoreRule.Facts, Scored)
        .With(FollowUpRule.FollowUps, Asked).With(VendorRule.Vendors, Registered).With(CallRule.Calls, Heard),
        (books, copy) => books.With(copy, new VendorFacts(Vendor, null, "active", 2, copy.Service == "evaluation" ? 5 : null)));

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
        { "a call's request is not in intake", Fault.Missing },
        { "an event is twice in the timeline", Fault.Doubled },
        { "there are two callbacks", Fault.Doubled },
        { "two callbacks of a request are not over", Fault.Doubled },
        { "a number was given twice", Fault.Doubled },
        { "two orders of a request are done", Fault.Doubled },
        { "an offer's time is over", Fault.Stuck },
        { "nobody was told of a missed call", Fault.Stuck },
        { "a cancelled request has an open order", Fault.Stuck },
        { "a call does not end", Fault.Stuck },
        { "an outbox is not empty", Fault.Stuck },
        { "an error queue is not empty", Fault.Stuck },
        { "a service is not well", Fault.Stuck },
        { "facts wait for a score", Fault.Stuck },
        { "intake says another status", Fault.Disagreeing },
        { "the ranking thinks it open", Fault.Disagreeing },
        { "a copy has another standing", Fault.Disagreeing },
        { "the registry has another score", Fault.Disagreeing },
        { "a call goes on whose end was told", Fault.Disagreeing },
        { "a call has ended and is spoken", Fault.Disagreeing },
        { "a call was answered by no seat", Fault.Disagreeing },
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
        var books = Agreeing.With(OrderRule.Orders, declined, Served)
            .With(OrderRule.Ranked, [.. Agreeing.Of(OrderRule.Ranked), new(declined.Id, false, true)])
            .With(ScoreRule.Facts, Scored, new(declined.Id, ["declined"], 0))
            .With(RequestRule.Requests,
                Called with { Timeline = [.. Called.Timeline, Told("quoteDeclined") with { OrderId = declined.Id }] });
        Find(books).Single().Found.En.ShouldBe("declined, without a callback");
        Find(books.With(FollowUpRule.FollowUps, Asked with { Earlier = [declined.Id] })).ShouldBeEmpty();
    }

    [Fact]
    public void A_request_that_a_client_was_told_of_must_be_there() =>
        Reconciler.Find(Agreeing, new([Guid.NewGuid()], false)).Single().Fault.ShouldBe(Fault.Missing);

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
        var open = Agreeing.With(OrderRule.Orders, offered).With(OrderRule.Ranked, new RankedOrderFacts(Order, true, true))
            .With(FollowUpRule.FollowUps, []).With(ScoreRule.Facts, [])
            .With(RequestRule.Requests, Called with
            {
                Status = "offered",
                OrderStatus = "offered",
                OrderVersion = 1,
                CalledBackOrderId = null,
                Timeline = [new("requestRegistered", null, null, 1), Told("orderOffered")],
            });
        Find(open).ShouldBeEmpty();
        Reconciler.Find(open, new([], true)).Select(f => f.Fault).ShouldBe([Fault.Stuck, Fault.Stuck]);
    }

    [Fact]
    public void What_is_read_first_is_what_others_cause()
    {
        foreach (var book in Reconciler.Compared.Where(b => b.Cause is not null))
            Reconciler.Compared.TakeWhile(b => b != book.Cause).ShouldContain(book);
    }

    private static TimelineCount Told(string kind)
    {
        var line = Intake.Timeline.Story.Of(kind)!;
        return new(kind, Order, null, 1, line.TellsOrder, line.Repeats);
    }

    private static IReadOnlyList<Finding> Find(Books books) => Reconciler.Find(books, new([], false));

    private static Books Make(string wrong) => wrong switch
    {
        "a call's request is not in intake" => Agreeing.With(CallRule.Calls, Heard with { RequestIds = [Guid.NewGuid()] }),
        "a call does not end" => Agreeing.With(CallRule.Calls,
            Heard with { State = "queued", EndTold = false, RangAt = Now.AddHours(-12) }),
        "a call goes on whose end was told" => Agreeing.With(CallRule.Calls, Heard with { State = "talking", OpenLegs = 1 }),
        "a call has ended and is spoken" => Agreeing.With(CallRule.Calls, Heard with { OpenLegs = 1 }),
        "a call was answered by no seat" => Agreeing.With(CallRule.Calls, Heard with { AnsweredLegs = 0 }),
        "the request is not in dispatch" => Agreeing.With(RequestRule.Copies, []),
        "the request is not in follow-up" => Agreeing.With(RequestRule.Contacts, []),
        "the order is not in the ranking" => Agreeing.With(OrderRule.Ranked, []),
        "a fact is not in the score" => Agreeing.With(ScoreRule.Facts, Scored with { Kinds = ["accepted"] }),
        "there is no callback" => Agreeing.With(FollowUpRule.FollowUps, []),
        "an event is not in the timeline" =>
            With(Called with { Timeline = [.. Called.Timeline.Where(t => t.Kind != "quoteAccepted")] }),
        "a vendor is not in a copy" => Agreeing.With(VendorRule.Copies[0], []),
        "an event is twice in the timeline" =>
            With(Called with { Timeline = [.. Called.Timeline.Select(t => t.Kind == "vendorArrived" ? t with { Count = 2 } : t)] }),
        "there are two callbacks" => Agreeing.With(FollowUpRule.FollowUps, Asked, Asked with { Id = Guid.NewGuid() }),
        "two callbacks of a request are not over" => Agreeing.With(FollowUpRule.FollowUps, Asked with { Status = "open" },
            new(Guid.NewGuid(), Request, null, "unfulfilled", "open", 0, false)),
        "a number was given twice" => Agreeing.With(RequestRule.Requests, Called, Called with { Id = Guid.NewGuid() }),
        "two orders of a request are done" => Agreeing.With(OrderRule.Orders, Served, Served with { Id = Guid.NewGuid() }),
        "an offer's time is over" => With(Served with { Status = "offered", EndedAt = null, OfferExpiresAt = Now }),
        "nobody was told of a missed call" => With(Served with { Status = "accepted", EndedAt = null, ContactBy = Now }),
        "a cancelled request has an open order" =>
            With(Served with { EndedAt = null }).With(RequestRule.Requests, Called with { Cancelled = true }),
        "an outbox is not empty" => Agreeing.With(Well with { Outbox = new(3, 1) }),
        "an error queue is not empty" => Agreeing.With(Well with { Queues = [new("q", 0, 1)] }),
        "a service is not well" => Agreeing.With(Well with { Status = "degraded" }),
        "facts wait for a score" => Agreeing.With(ScoreRule.Facts, Scored with { Unscored = 1 }),
        "intake says another status" => With(Called with { OrderStatus = "arrived", OrderVersion = 6 }),
        "the ranking thinks it open" => Agreeing.With(OrderRule.Ranked, new RankedOrderFacts(Order, true, true)),
        "a copy has another standing" => Agreeing.With(VendorRule.Copies[0], new VendorFacts(Vendor, null, "suspended", 2, null)),
        "the registry has another score" => Agreeing.With(VendorRule.Vendors, Registered with { ScoreVersion = 4 }),
        "intake does not know of the callback" => With(Called with { Status = "completed" }),
        _ => throw new ArgumentException(wrong),
    };

    private static Books With(RequestFacts request) => Agreeing.With(RequestRule.Requests, request);

    private static Books With(OrderFacts order) => Agreeing.With(OrderRule.Orders, order);
}
