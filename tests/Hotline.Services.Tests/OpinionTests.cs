using Hotline.Contracts.Dispatch;
using Hotline.Contracts.FollowUp;
using Hotline.Contracts.Intake;
using Hotline.ServiceDefaults;

namespace Hotline.Services.Tests;

/// <summary>What citizens said, as whoever supervises vendors reads it.</summary>
public sealed class OpinionTests(FollowUpApi api) : IClassFixture<FollowUpApi>
{
    private const string Opinions = "/api/follow-ups/opinions";

    private async Task<(RequestRegistered Request, Guid Order)> Said(Guid vendor, int satisfaction, string? complaint)
    {
        var (request, due) = await Served(vendor);
        await Answers(due.FollowUpId, satisfaction, complaint);
        return (request, due.OrderId!.Value);
    }

    private async Task<(RequestRegistered Request, FollowUpScheduled Due)> Served(Guid vendor)
    {
        var (request, order) = (Facts.Request(), Guid.CreateVersion7());
        await api.Probe.Tell(request);
        await api.Probe.Tell(new OrderCompleted(order, request.RequestId, vendor, 7, request.Number, "疏通店", "drains.unclog-drain", 120, 150,
            "好了", 30, "店", DateTimeOffset.UtcNow));
        return (request, await api.Probe.Hears<FollowUpScheduled>(f => f.OrderId == order));
    }

    private async Task Answers(Guid followUp, int satisfaction, string? complaint)
    {
        (await api.Operator.Post($"/api/follow-ups/{followUp}/claim")).Code.ShouldBe(200);
        (await api.Operator.Post($"/api/follow-ups/{followUp}/complete", new
        {
            satisfaction,
            resolved = complaint is null,
            punctual = true,
            priceAsQuoted = complaint is null,
            comment = "说了几句",
            complaint = complaint is null ? null : new { description = complaint },
        })).Code.ShouldBe(200);
    }

    [Fact]
    public async Task A_supervisor_reads_a_complaint_with_its_words_its_order_its_request_and_what_was_answered()
    {
        var vendor = Guid.CreateVersion7();
        var (request, order) = await Said(vendor, 1, "多收了三十元");
        await Said(vendor, 5, null);
        await Said(Guid.CreateVersion7(), 1, "是另一家");
        var complaints = await api.Supervisor.Get($"{Opinions}?vendorId={vendor}&complaints=true");
        (complaints.Code, complaints.Items.Length, complaints.Text("total")).ShouldBe((200, 1, "1"));
        var read = complaints.Items[0];
        (read["complaint"]!.ToString(), read["orderId"]!.ToString(), read["requestId"]!.ToString(), read["requestNumber"]!.ToString())
            .ShouldBe(("多收了三十元", order.ToString(), request.RequestId.ToString(), request.Number));
        (read["satisfaction"]!.GetValue<int>(), read["resolved"]!.GetValue<bool>(), read["priceAsQuoted"]!.GetValue<bool>(),
            read["comment"]!.ToString()).ShouldBe((1, false, false, "说了几句"));
        read["complaintId"].ShouldNotBeNull();
        (await api.Operator.Get(Opinions)).Code.ShouldBe(403);
    }

    [Fact]
    public async Task Opinions_are_newest_first_in_pages_with_a_total_and_from_a_time_on()
    {
        var vendor = Guid.CreateVersion7();
        await Said(vendor, 3, null);
        var between = DateTimeOffset.UtcNow;
        var (later, _) = await Said(vendor, 4, null);
        var first = await api.Supervisor.Get($"{Opinions}?vendorId={vendor}&limit=1");
        (first.Items[0]["requestId"]!.ToString(), first.Text("total")).ShouldBe((later.RequestId.ToString(), "2"));
        var second = await api.Supervisor.Get($"{Opinions}?vendorId={vendor}&limit=1&cursor={first.Text("nextCursor")}");
        (second.Items[0]["satisfaction"]!.GetValue<int>(), second.Body["nextCursor"]).ShouldBe((3, null));
        var since = Uri.EscapeDataString(between.ToString("O"));
        (await api.Supervisor.Get($"{Opinions}?vendorId={vendor}&from={since}")).Items.Length.ShouldBe(1);
        (await api.Supervisor.Get($"{Opinions}?vendorId={vendor}&to={since}")).Items.Length.ShouldBe(1);
        (await api.Supervisor.Get($"{Opinions}?from=gestern&limit=0")).Faults.ShouldBe(["from", "limit"]);
    }

    [Fact]
    public async Task Who_answered_last_comes_first_whoever_was_served_first()
    {
        var vendor = Guid.CreateVersion7();
        var (early, late) = (await Served(vendor), await Served(vendor));
        await Answers(late.Due.FollowUpId, 5, null);
        await Answers(early.Due.FollowUpId, 2, null);
        var first = await api.Supervisor.Get($"{Opinions}?vendorId={vendor}&limit=1");
        first.Items[0]["requestId"]!.ToString().ShouldBe(early.Request.RequestId.ToString());
        var second = await api.Supervisor.Get($"{Opinions}?vendorId={vendor}&limit=1&cursor={first.Text("nextCursor")}");
        second.Items.Single()["requestId"]!.ToString().ShouldBe(late.Request.RequestId.ToString());
        var own = await api.As(Roles.Vendor, vendor).Get("/api/vendor/feedback");
        own.Items.Select(o => o["satisfaction"]!.GetValue<int>()).ShouldBe([2, 5]);
    }

    [Fact]
    public async Task Of_a_request_that_is_forgotten_no_words_are_left_but_that_there_was_a_complaint()
    {
        var vendor = Guid.CreateVersion7();
        var (request, _) = await Said(vendor, 1, "住在三楼的林女士很生气");
        await api.Probe.Tell(new RequestErased(request.RequestId, 3, DateTimeOffset.UtcNow));
        var complaints = $"{Opinions}?vendorId={vendor}&complaints=true";
        var read = await Wait.For(async () => (await api.Supervisor.Get(complaints)).Items is [var only]
            && only["complaint"]!.ToString() == "" ? only : null, "the words gone");
        (read["comment"], read["satisfaction"]!.GetValue<int>()).ShouldBe((null, 1));
    }
}
