using Dapper;
using Hotline.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Hotline.Messaging.Tests;

public sealed class InboxTests(Place place) : IClassFixture<Place>
{
    private Task<bool> Has(string where, long count) => Task.Run(async () => await place.Count(where) == count);

    [Fact]
    public async Task A_message_delivered_twice_has_one_effect_and_leaves_no_rubbish()
    {
        await place.Start();
        await using var probe = await Probe.Start(place.VirtualHost);
        var (request, after) = (Facts.Request(), Facts.Request());
        var id = Guid.CreateVersion7();
        for (var i = 0; i < 5; i++) await probe.Tell(request, id);
        await probe.Tell(after);
        await Wait.Until(() => Has($"effects where request_id = '{after.RequestId}'", 1), "the message behind them");
        await Wait.Until(() => Has($"inbox where message_id = '{id}'", 1), "the inbox row");
        (await place.Count($"effects where request_id = '{request.RequestId}'")).ShouldBe(1);
        (await Servers.Take(place.VirtualHost, "test-effects_skipped")).ShouldBeEmpty();
        (await Servers.Take(place.VirtualHost, "test-effects_error")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_messages_on_one_row_all_count_although_each_reads_before_it_writes()
    {
        await place.Start();
        await using var probe = await Probe.Start(place.VirtualHost);
        await Task.WhenAll(Enumerable.Range(0, 400).Select(_ => probe.Tell(Facts.Cancelled(Guid.CreateVersion7()))));
        await Wait.Until(() => Has("counters where value = 400", 1), "400 counted", TimeSpan.FromMinutes(2));
        (await Servers.Take(place.VirtualHost, "test-counting_error")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Events_in_the_wrong_order_leave_the_newest()
    {
        await place.Start();
        await using var probe = await Probe.Start(place.VirtualHost);
        var vendor = Facts.Vendor();
        var after = Facts.Vendor();
        await probe.Tell(Facts.Standing(vendor, "terminated", version: 9));
        await Wait.Until(() => Has($"standings where vendor_id = '{vendor.VendorId}'", 1), "the newest");
        var older = Guid.CreateVersion7();
        await probe.Tell(Facts.Standing(vendor, "warned", version: 5), older);
        await Wait.Until(() => Has($"inbox where message_id = '{older}'", 1), "the older handled");
        (await place.Count($"standings where vendor_id = '{vendor.VendorId}' and standing = 'terminated' and version = 9")).ShouldBe(1);
        (await Servers.Take(place.VirtualHost, "test-standings_error")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_poison_message_goes_to_the_error_queue_leaves_no_trace_and_is_handled_after_redrive()
    {
        var host = await place.Start();
        await using var probe = await Probe.Start(place.VirtualHost);
        Effects.Broken["poison-1"] = true;
        var (poison, next) = (Facts.Request() with { Description = "poison-1" }, Facts.Request());
        var id = Guid.CreateVersion7();
        await probe.Tell(poison, id);
        await probe.Tell(next);
        await Wait.Until(() => Has($"effects where request_id = '{next.RequestId}'", 1), "the message behind it");
        var errors = host.Services.GetRequiredService<ErrorQueues>();
        await Wait.Until(async () => (await errors.Depths(TestContext.Current.CancellationToken)).GetValueOrDefault("test-effects") == 1,
            "one message in the error queue");
        (await place.Count($"inbox where message_id = '{id}'")).ShouldBe(0);
        (await place.Count($"effects where request_id = '{poison.RequestId}'")).ShouldBe(0);

        Effects.Broken.TryRemove("poison-1", out _); // the cause is mended
        (await errors.MoveBack("test-effects", null, null, TestContext.Current.CancellationToken)).ShouldBe((1, 0));
        await Wait.Until(() => Has($"effects where request_id = '{poison.RequestId}'", 1), "the effect after all");
        (await errors.MoveBack("test-effects", null, null, TestContext.Current.CancellationToken)).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_redrive_ends_in_its_time_says_what_remains_and_goes_on_there()
    {
        var host = await place.Start();
        Effects.Broken["poison-2"] = true;
        await using var probe = await Probe.Start(place.VirtualHost);
        var poison = Enumerable.Range(0, 3).Select(_ => Facts.Request() with { Description = "poison-2" }).ToArray();
        foreach (var request in poison) await probe.Tell(request);
        var errors = host.Services.GetRequiredService<ErrorQueues>();
        await Wait.Until(async () => (await errors.Depths(TestContext.Current.CancellationToken)).GetValueOrDefault("test-effects") == 3,
            "three messages in the error queue");
        Effects.Broken.TryRemove("poison-2", out _);
        Task<(int, int)> MoveBack() =>
            errors.MoveBack("test-effects", null, TimeSpan.FromTicks(1), TestContext.Current.CancellationToken);
        (await MoveBack()).ShouldBe((1, 2));
        (await MoveBack()).ShouldBe((1, 1));
        (await MoveBack()).ShouldBe((1, 0));
        foreach (var request in poison)
            await Wait.Until(() => Has($"effects where request_id = '{request.RequestId}'", 1), "the effect after all");
    }

    [Fact]
    public async Task A_redrive_waits_for_another_no_longer_than_its_time()
    {
        var host = await place.Start();
        var errors = host.Services.GetRequiredService<ErrorQueues>();
        await using var other = await host.Services.GetRequiredService<NpgsqlDataSource>()
            .OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var turn = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await other.ExecuteAsync("select pg_advisory_xact_lock(hashtext('hotline.error-queues'))", transaction: turn);
        await Should.ThrowAsync<OtherPassException>(() =>
            errors.MoveBack("test-effects", null, TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_the_database_refuses_at_commit_goes_to_the_error_queue_whole()
    {
        var host = await place.Start();
        await using var probe = await Probe.Start(place.VirtualHost);
        var violating = Facts.Request() with { Description = "violates" };
        await probe.Tell(violating);
        var errors = host.Services.GetRequiredService<ErrorQueues>();
        await Wait.Until(async () => (await errors.Depths(TestContext.Current.CancellationToken)).GetValueOrDefault("test-effects") >= 1,
            "the message in the error queue");
        (await place.Count($"effects where request_id = '{violating.RequestId}'")).ShouldBe(0);
        await Servers.Take(place.VirtualHost, "test-effects_error");
    }
}

public sealed class StrangerTests(Place place) : IClassFixture<Place>
{
    [Fact]
    public async Task A_message_that_is_no_event_of_ours_does_not_stop_the_queue()
    {
        await place.Start();
        await using var probe = await Probe.Start(place.VirtualHost);
        await Servers.Put(place.VirtualHost, "test-effects",
            """{"messageId":"01a20de7-3885-7b42-b0ce-b2a53cd79d32","messageType":"""
            + """["urn:message:Hotline.Contracts.Future:NotYet"],"message":{}}""");
        await Servers.Put(place.VirtualHost, "test-effects", "no json at all");
        var request = Facts.Request();
        await probe.Tell(request);
        await Wait.Until(async () => await place.Count($"effects where request_id = '{request.RequestId}'") == 1,
            "the message behind them");
    }
}
