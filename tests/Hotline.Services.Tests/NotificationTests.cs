using System.Text.Json.Nodes;
using Hotline.Contracts;
using Hotline.Contracts.Dispatch;
using Hotline.Contracts.Intake;
using Hotline.Intake.Notifications;
using Hotline.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hotline.Services.Tests;

/// <summary>Whoever registered a request, or follows it, is told when it wants somebody.</summary>
public sealed class NotificationTests(IntakeApi api) : IClassFixture<IntakeApi>
{
    private const string Notifications = "/api/intake/notifications";

    // each test has a person of its own
    private readonly string _me = $"person-{Guid.NewGuid():N}";

    private Client Me => api.As(Roles.Operator, subject: _me);

    private async Task<Guid> My_request(string urgency = "normal")
    {
        var answer = await Me.Post("/api/intake/requests", new
        {
            channel = "phone",
            dialledNumber = "12345",
            caller = new { name = "林女士", phone = "14500000001" },
            areaCode = "330381001",
            address = "东边三楼",
            keyword = "下水道堵了",
            description = "厨房下水道堵了",
            urgency,
        });
        answer.Code.ShouldBe(201, answer.ToString());
        return answer.Id;
    }

    private async Task<JsonNode[]> Unread(int count, Client? of = null)
    {
        await Wait.Until(async () => (await (of ?? Me).Get($"{Notifications}?unread=true")).Body["unread"]!.GetValue<int>() == count,
            $"{count} unread");
        return (await (of ?? Me).Get($"{Notifications}?unread=true")).Items;
    }

    private async Task Tell(params IAboutRequest[] events)
    {
        foreach (var told in events)
        {
            var before = await api.Count($"timeline where request_id = '{told.RequestId}'");
            await api.Probe.Tell(told);
            await Wait.Until(async () => await api.Count($"timeline where request_id = '{told.RequestId}'") == before + 1, "an entry more");
        }
    }

    private static OrderOffered Offer(Guid request, Guid order, int ordinal = 1) => new(order, request, Guid.CreateVersion7(), 1, "RA",
        "瑞安疏通店", "drains.unclog-drain", DateTimeOffset.UtcNow.AddMinutes(10), "op", DateTimeOffset.UtcNow, ordinal);

    [Fact]
    public async Task A_rejection_of_my_request_waits_for_me_in_my_language_until_it_is_offered_again()
    {
        var (request, order) = (await My_request("urgent"), Guid.CreateVersion7());
        await Tell(Offer(request, order), new OrderRejected(order, request, Guid.CreateVersion7(), 2, "人手不够", "店", DateTimeOffset.UtcNow));
        var mine = (await Unread(1)).Single();
        mine["kind"]!.ToString().ShouldBe("orderRejected");
        mine["requestId"]!.ToString().ShouldBe(request.ToString());
        mine["requestNumber"]!.ToString().ShouldStartWith("RA-");
        (mine["urgent"]!.GetValue<bool>(), mine["readAt"]).ShouldBe((true, null));
        mine["text"]!.ToString().ShouldBe("瑞安疏通店 拒单，请另派");
        (await Me.Get(Notifications, ("Accept-Language", "en"))).Items.Single()["text"]!.ToString()
            .ShouldBe("瑞安疏通店 rejected it: offer it to another");
        (await api.Probe.Hears<PersonNotified>(n => n.Person == _me)).NotificationId.ToString().ShouldBe(mine["id"]!.ToString());

        await Tell(Offer(request, Guid.CreateVersion7(), 2));
        await Unread(0);
        (await Me.Get(Notifications)).Items.Single()["readAt"].ShouldNotBeNull();
    }

    [Fact]
    public async Task An_event_that_comes_twice_tells_once()
    {
        var (request, order, message) = (await My_request(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await Tell(Offer(request, order));
        var quoted = new QuoteProposed(order, request, Guid.CreateVersion7(), 4, 180, "含配件", "店", DateTimeOffset.UtcNow);
        await api.Probe.Tell(quoted, message);
        await Unread(1);
        await api.Probe.Tell(quoted, message);
        await Tell(new OrderUnfulfilled(order, request, Guid.CreateVersion7(), 9, "RA", "店", "drains", "无", DateTimeOffset.UtcNow));
        (await Unread(1)).Single()["text"]!.ToString().ShouldBe("瑞安疏通店 报价 180 元，请问市民是否同意");
        (await Me.Get(Notifications)).Items.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_late_vendor_and_a_price_are_done_when_the_request_gets_on()
    {
        var (request, order, vendor) = (await My_request(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var now = DateTimeOffset.UtcNow;
        await Tell(Offer(request, order), new OrderAccepted(order, request, vendor, 2, now, "店", now),
            new ContactOverdue(order, request, vendor, 3, now, now));
        (await Unread(1)).Single()["kind"]!.ToString().ShouldBe("contactOverdue");
        await Tell(new CitizenContacted(order, request, vendor, 4, null, true, "店", now));
        await Unread(0);
        await Tell(new QuoteProposed(order, request, vendor, 5, 80, null, "店", now));
        await Unread(1);
        await Tell(new QuoteProposed(order, request, vendor, 6, 70, null, "店", now.AddSeconds(1)));
        (await Unread(1)).Single()["text"]!.ToString().ShouldContain("70 元", Case.Sensitive, "the newer price");
        await Tell(new QuoteAccepted(order, request, vendor, 7, 70, "op", now));
        await Unread(0);
    }

    [Fact]
    public async Task A_request_can_be_followed_and_no_longer_followed()
    {
        var other = api.As(Roles.Supervisor, subject: $"{_me}-other");
        var request = await My_request();
        (await Me.Get($"/api/intake/requests/{request}")).Body["followed"]!.GetValue<bool>().ShouldBeTrue("I registered it");
        var notFollowed = await other.Get($"/api/intake/requests/{request}");
        notFollowed.Body["followed"]!.GetValue<bool>().ShouldBeFalse();
        (await Me.Get("/api/intake/requests?limit=1")).Items.Single().AsObject().ContainsKey("followed").ShouldBeFalse();

        for (var twice = 0; twice < 2; twice++) (await other.Put($"/api/intake/requests/{request}/follow")).Code.ShouldBe(204);
        var followed = await other.Get($"/api/intake/requests/{request}");
        followed.Body["followed"]!.GetValue<bool>().ShouldBeTrue();
        followed.ETag.ShouldNotBe(notFollowed.ETag);
        for (var twice = 0; twice < 2; twice++) (await Me.Delete($"/api/intake/requests/{request}/follow")).Code.ShouldBe(204);
        (await other.Put($"/api/intake/requests/{Guid.CreateVersion7()}/follow")).Code.ShouldBe(404);

        var order = Guid.CreateVersion7();
        await Tell(Offer(request, order), new OfferExpired(order, request, Guid.CreateVersion7(), 2, DateTimeOffset.UtcNow));
        (await Unread(1, other)).Single()["kind"]!.ToString().ShouldBe("offerExpired");
        await Unread(0);
    }

    [Fact]
    public async Task An_end_without_a_vendor_is_told_to_others_than_whoever_ended_it()
    {
        var request = await My_request();
        var supervisor = api.As(Roles.Supervisor, subject: $"{_me}-boss");
        (await supervisor.Put($"/api/intake/requests/{request}/follow")).Code.ShouldBe(204);
        (await supervisor.Post($"/api/intake/requests/{request}/cancel", new { reason = "都问过了", cause = "noVendor" })).Code.ShouldBe(200);
        var mine = (await Unread(1)).Single();
        (mine["kind"]!.ToString(), mine["text"]!.ToString()).ShouldBe(("requestCancelled", "没有企业可派，工单未完成"));
        await Unread(0, supervisor);
    }

    [Fact]
    public async Task Notifications_are_ones_own_and_are_read_one_by_one_or_all_up_to_one()
    {
        for (var i = 0; i < 4; i++)
        {
            var (request, order) = (await My_request(), Guid.CreateVersion7());
            await Tell(Offer(request, order), new OfferExpired(order, request, Guid.CreateVersion7(), 2, DateTimeOffset.UtcNow));
        }
        var newest = await Me.Get($"{Notifications}?limit=3");
        var rest = await Me.Get($"{Notifications}?limit=3&cursor={newest.Body["nextCursor"]}");
        string[] ids = [.. newest.Items.Concat(rest.Items).Select(n => n["id"]!.ToString())];
        ids.ShouldBe(ids.OrderDescending(StringComparer.Ordinal));
        (ids.Length, rest.Body["nextCursor"]).ShouldBe((4, null));

        var other = api.As(Roles.Operator, subject: $"{_me}-other");
        (await other.Get(Notifications)).Items.ShouldBeEmpty();
        (await other.Post($"{Notifications}/{ids[0]}/read")).Code.ShouldBe(404);
        (await other.Post($"{Notifications}/read", new { upTo = ids[0] })).Code.ShouldBe(204);
        await Unread(4);

        (await Me.Post($"{Notifications}/{ids[0]}/read")).Code.ShouldBe(204);
        await Unread(3);
        (await Me.Post($"{Notifications}/read", new { upTo = ids[2] })).Code.ShouldBe(204);
        (await Unread(1)).Single()["id"]!.ToString().ShouldBe(ids[1]);
        (await Me.Post($"{Notifications}/read", new { })).Faults.ShouldBe(["upTo"]);
    }

    [Fact]
    public async Task Notifications_are_kept_for_30_days()
    {
        var request = await My_request();
        foreach (var days in (int[])[29, 31])
        {
            var at = DateTimeOffset.UtcNow.AddDays(-days);
            await api.Scalar<int>($"""
                with old as (insert into notifications (id, person, request_id, kind, at, read_at)
                    values ('{Guid.CreateVersion7(at)}', '{_me}', '{request}', 'offerExpired', now() - interval '{days} days', now())
                    returning 1)
                select count(*)::int from old
                """);
        }
        await api.Services.GetServices<IHostedService>().OfType<NotificationRetention>().Single()
            .Forget(TestContext.Current.CancellationToken);
        (await Me.Get(Notifications)).Items.Length.ShouldBe(1);
    }

    [Fact]
    public async Task The_telephone_system_follows_nothing_and_has_no_notifications()
    {
        var cti = api.As(Roles.Cti);
        var request = (await cti.Post("/api/intake/requests", IntakeApi.Input())).Id;
        (await api.Count($"followers where request_id = '{request}'")).ShouldBe(0);
        (await cti.Get($"/api/intake/requests/{request}")).Body.AsObject().ContainsKey("followed").ShouldBeFalse();
        (await cti.Get(Notifications)).Code.ShouldBe(403);
        (await cti.Put($"/api/intake/requests/{request}/follow")).Code.ShouldBe(403);
    }
}
