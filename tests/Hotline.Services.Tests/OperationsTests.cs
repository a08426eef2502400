using Hotline.Contracts.Dispatch;
using Hotline.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hotline.Services.Tests;

/// <summary>What those who run the platform see of a service, and do to it, from their page.</summary>
public sealed class OperationsTests(IntakeApi api) : IClassFixture<IntakeApi>
{
    private const string Queue = "intake-request-progress", Redrives = "/api/ops/intake/redrives";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Client Ops => api.As(Roles.Ops, subject: "ops-person");

    private static string Event(Guid message) => $$$"""
        {"messageId":"{{{message}}}","messageType":["urn:message:{{{typeof(OrderRejected).Namespace}}}:{{{nameof(OrderRejected)}}}"],
         "message":{"orderId":"14500000071","requestId":"{{{Guid.CreateVersion7()}}}","reason":"师傅不在"}}
        """;

    // an event without what the consumer needs: what was thrown quotes the telephone number
    private Task Poison() => Servers.Put(api.VirtualHost, Queue, Event(Guid.CreateVersion7()));

    private async Task<Answer> Errors(int count)
    {
        await Wait.Until(async () => (await Ops.Get("/api/ops/intake")).Body["queues"]!.AsArray()
            .Single(q => q!["name"]!.ToString() == Queue)!["errors"]!.GetValue<int>() == count, $"{count} errors");
        return await Ops.Get($"/api/ops/intake/queues/{Queue}/errors");
    }

    [Fact]
    public async Task A_poisoned_message_is_shown_without_what_it_says_and_sent_back_with_a_note()
    {
        await Poison();
        await Poison();
        var shown = await Errors(2);
        shown.Code.ShouldBe(200, shown.ToString());
        shown.Items.Length.ShouldBe(2);
        shown.Items[0]["type"]!.ToString().ShouldBe(nameof(OrderRejected));
        shown.Items[0]["exception"]!.ToString().ShouldNotBeEmpty();
        shown.ToString().ShouldNotContain("师傅不在");
        shown.ToString().ShouldNotContain("14500000071");
        // looking changes neither what lies there nor its order
        (await Errors(2)).Items.Select(i => i["id"]!.ToString()).ShouldBe(shown.Items.Select(i => i["id"]!.ToString()));

        var only = shown.Items[1]["id"]!.ToString();
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var sent = await Ops.Post(Redrives, new { queue = Queue, messageId = only }, key);
        sent.Code.ShouldBe(201, sent.ToString());
        (sent["moved"]!.GetValue<int>(), sent.Text("queue")).ShouldBe((1, Queue));
        (await Ops.Post(Redrives, new { queue = Queue, messageId = only }, key)).Id.ShouldBe(sent.Id, "done once");
        await Errors(2); // its cause is not mended: it comes again

        (await Ops.Post(Redrives, new { queue = Queue }))["moved"]!.GetValue<int>().ShouldBe(2);
        var notes = (await Ops.Get(Redrives)).Items;
        notes.Length.ShouldBe(2);
        notes.ShouldAllBe(n => n["actor"]!.ToString().Length > 0);
        (notes[0]["messageId"], notes[1]["messageId"]!.ToString()).ShouldBe((null, only));
        (await api.Scalar<string>("select actor_id from redrives limit 1")).ShouldBe("ops-person");
        await Errors(2);
        await Servers.Take(api.VirtualHost, Queue + "_error");
    }

    [Fact]
    public async Task A_look_at_a_long_error_queue_is_bounded_and_the_next_one_goes_on_without_losing_any()
    {
        await Poison();
        await Errors(1);
        await Servers.Take(api.VirtualHost, Queue + "_error");
        var ids = Enumerable.Range(0, 203).Select(_ => Guid.CreateVersion7()).ToArray();
        foreach (var id in ids) await Servers.Put(api.VirtualHost, Queue + "_error", Event(id));
        var first = await Errors(203);
        (first.Items.Length, first["total"]!.GetValue<int>()).ShouldBe((200, 203));
        first.Items.Select(i => Guid.Parse(i["id"]!.ToString())).ShouldBe(ids[..200]);
        var next = await Errors(203);
        next.Items.Select(i => Guid.Parse(i["id"]!.ToString())).ShouldBe([.. ids[200..], .. ids[..197]]);
        await Servers.Take(api.VirtualHost, Queue + "_error", 500);
    }

    [Fact]
    public async Task A_message_that_a_crash_left_twice_in_the_error_queue_is_there_once_after_a_look()
    {
        await Poison();
        await Errors(1);
        await Servers.Take(api.VirtualHost, Queue + "_error");
        var (twice, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var id in (Guid[])[twice, other, twice]) await Servers.Put(api.VirtualHost, Queue + "_error", Event(id));
        var shown = await Errors(3);
        shown.Items.Select(i => Guid.Parse(i["id"]!.ToString())).ShouldBe([twice, other]);
        shown["total"]!.GetValue<int>().ShouldBe(2);
        await Errors(2);
        await Servers.Take(api.VirtualHost, Queue + "_error");
    }

    [Fact]
    public async Task Only_the_ops_team_looks_and_sends_back_and_only_queues_that_there_are()
    {
        foreach (var role in (string[])[Roles.Operator, Roles.Supervisor, Roles.Admin])
        {
            (await api.As(role).Get($"/api/ops/intake/queues/{Queue}/errors")).Code.ShouldBe(403, role);
            (await api.As(role).Post(Redrives, new { queue = Queue })).Code.ShouldBe(403, role);
            (await api.As(role).Get("/api/ops/intake/trend")).Code.ShouldBe(403, role);
        }
        (await Ops.Get("/api/ops/intake/queues/dispatch-copies/errors")).Code.ShouldBe(404);
        (await Ops.Post(Redrives, new { queue = "dispatch-copies" })).Faults.ShouldBe(["queue"]);
        (await Ops.Post(Redrives, new { })).Faults.ShouldBe(["queue"]);
        (await Ops.Get($"{Redrives}/{Guid.CreateVersion7()}")).Code.ShouldBe(404);
    }

    [Fact]
    public async Task A_minute_has_the_calls_of_all_replicas_and_is_kept_for_a_day()
    {
        await api.Scalar<int>("""
            with old as (insert into trend (at, outbox, outbox_seconds, requests, failed)
                values (now() - interval '23 hours', 0, 0, 7, 1), (now() - interval '25 hours', 0, 0, 9, 0) returning 1)
            select count(*)::int from old
            """);
        var clock = api.Services.GetServices<IHostedService>().OfType<TrendClock>().Single();
        await api.A_request();
        await clock.Note(Stop);
        await api.A_request();
        await clock.Note(Stop);
        var points = (await Ops.Get("/api/ops/intake/trend")).Body["points"]!.AsArray();
        points[0]!["requests"]!.GetValue<int>().ShouldBe(7);
        points.ShouldNotContain(p => p!["requests"]!.GetValue<int>() == 9);
        points.Skip(1).Sum(p => p!["requests"]!.GetValue<int>()).ShouldBeGreaterThanOrEqualTo(2);
        points[^1]!["medianMs"]!.GetValue<double>().ShouldBeGreaterThan(0);
        points[^1]!["waiting"].ShouldNotBeNull();
    }
}
