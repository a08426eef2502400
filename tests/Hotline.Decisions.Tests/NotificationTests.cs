using Hotline.Contracts;
using Hotline.Contracts.Dispatch;
using Hotline.Contracts.Intake;
using Hotline.Intake.Notifications;
using Hotline.Intake.Requests;
using Hotline.Intake.Timeline;
using Hotline.Wire.Intake;

namespace Hotline.Decisions.Tests;

public sealed class NotificationTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 1, 0, 0, TimeSpan.Zero);
    private static readonly Guid Id = Guid.CreateVersion7(Now), First = Guid.CreateVersion7(Now), Second = Guid.CreateVersion7(Now);
    private static readonly Follower Mine = new("1", "林 1001"), Supervisor = new("2", "陈 1002");

    private static Request A_request(string? order = null, int version = 2, string urgency = "normal") => new()
    {
        Id = Id,
        Number = "RA-20261124-000001",
        Channel = "phone",
        DialledNumber = "12345",
        Citizen = "sealed",
        PhoneHash = [1],
        AreaCode = "330381001",
        CategoryCode = "drains.unclog-drain",
        Description = "堵了",
        Urgency = urgency,
        RegisteredBy = Mine.Name,
        RegisteredAt = Now,
        OrderId = order is null ? null : First,
        OrderStatus = order,
        OrderVersion = order is null ? 0 : version,
        Version = 3,
    };

    private static readonly IAboutRequest[] Wanting =
    [
        new OrderRejected(First, Id, Guid.Empty, 2, "人手不够", "店", Now), new OfferExpired(First, Id, Guid.Empty, 2, Now),
        new OrderWithdrawn(First, Id, Guid.Empty, 2, "暂停", Now), new OrderCancelled(First, Id, Guid.Empty, 2, "accepted", "等太久", "op", Now),
        new QuoteDeclined(First, Id, Guid.Empty, 2, "RA", "店", "drains.unclog-drain", 80, "太贵", "op", Now),
        new ContactOverdue(First, Id, Guid.Empty, 2, Now, Now), new QuoteProposed(First, Id, Guid.Empty, 2, 80, null, "店", Now),
        new RequestCancelled(Id, "RA", 2, "noVendor", "drains.unclog-drain", "无人", "op", Now),
    ];

    private static Request After(IAboutRequest told) => told is RequestCancelled
        ? A_request() with { CancelCause = nameof(CancelCause.NoVendor), CancelledAt = Now }
        : A_request(told is ContactOverdue ? "accepted" : Story.Of(told).OrderStatus);

    public static TheoryData<string> Kinds => [.. Notices.All.Select(n => n.Kind)];

    private static IAboutRequest Told(string kind) => Wanting.Single(e => Story.Of(e).Kind == kind);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Whoever_follows_a_request_that_wants_somebody_is_told(string kind)
    {
        var told = Notices.Of(Told(kind), After(Told(kind)), [Mine, Supervisor], Now);
        told.Select(n => (n.Person, n.RequestId, n.Kind)).ShouldBe([("1", Id, kind), ("2", Id, kind)]);
        told.ShouldAllBe(n => n.OrderId == (Told(kind) is IAboutOrder ? First : null));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_request_that_stands_elsewhere_meanwhile_wants_nobody(string kind) =>
        Notices.Of(Told(kind), A_request("arrived", 9), [Mine], Now).ShouldBeEmpty();

    [Fact]
    public void Late_news_of_an_earlier_order_tell_nobody()
    {
        var waitsAgain = A_request("rejected") with { OrderId = Second };
        Notices.Of(Told("offerExpired"), waitsAgain, [Mine], Now).ShouldBeEmpty("it waits because of a later order");
        Notices.Of(Told("contactOverdue"), A_request("accepted", version: 3), [Mine], Now).ShouldBeEmpty("known by now");
    }

    [Fact]
    public void Whoever_did_it_is_not_told_of_it() =>
        Notices.Of(Told("quoteDeclined"), After(Told("quoteDeclined")), [new("3", "op"), Mine], Now).Single().Person.ShouldBe("1");

    [Fact]
    public void An_order_that_ends_with_its_request_and_an_end_that_the_citizen_wanted_tell_nobody()
    {
        var over = A_request("cancelled") with { CancelCause = nameof(CancelCause.CitizenWithdrew), CancelledAt = Now };
        Notices.Of(Told("orderCancelled"), over, [Mine], Now).ShouldBeEmpty();
        Notices.Of(Told("requestCancelled"), over, [Mine], Now).ShouldBeEmpty();
    }

    [Fact]
    public void What_wants_nobody_tells_nobody()
    {
        var accepted = new OrderAccepted(First, Id, Guid.Empty, 2, Now, "店", Now);
        Notices.Has(accepted).ShouldBeFalse();
        Notices.Of(accepted, A_request("accepted"), [Mine], Now).ShouldBeEmpty();
    }
}
