using System.Diagnostics;
using Hotline.Contracts.Intake;
using Hotline.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Hotline.Messaging.Tests;

public sealed class OutboxTests(Place place) : IClassFixture<Place>
{
    private static readonly ActivitySource Tests = new("Hotline.Tests");

    [Fact]
    public async Task A_committed_event_reaches_its_consumer_in_the_same_trace()
    {
        using var listener = new ActivityListener
        { ShouldListenTo = _ => true, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(listener);
        var host = await place.Start();
        var request = Facts.Request();
        using (var activity = Tests.StartActivity("request"))
        {
            await Place.Commit(host, request);
            await Wait.Until(() => Effects.Traces.ContainsKey(request.RequestId), "the effect");
            Effects.Traces[request.RequestId].ShouldBe(activity!.TraceId.ToString());
        }
        await Wait.Until(async () => await place.Count($"effects where request_id = '{request.RequestId}'") == 1, "the row");
    }

    [Fact]
    public async Task A_batch_that_fails_tells_nothing()
    {
        using var host = place.Build();
        await using var scope = host.Services.CreateAsyncScope();
        var work = scope.ServiceProvider.GetRequiredService<Work>();
        var request = Facts.Request();
        work.Tell(request);
        work.WriteOne("update counters set value = 99 where id = 1 and version = @version", new { version = -1 });
        await Should.ThrowAsync<StaleException>(() => work.Commit());
        (await place.Count($"outbox where body::text like '%{request.RequestId}%'")).ShouldBe(0);
        (await place.Count("counters where value = 99")).ShouldBe(0);
    }

    [Fact]
    public async Task A_requirement_that_no_longer_holds_rolls_all_back()
    {
        using var host = place.Build();
        await using var scope = host.Services.CreateAsyncScope();
        var work = scope.ServiceProvider.GetRequiredService<Work>();
        var request = Facts.Request();
        work.Write("insert into effects (request_id, description) values (@RequestId, 'required')", new { request.RequestId });
        work.Require("select 1 from counters where id = 1 and version = @version", new { version = -1 });
        await Should.ThrowAsync<StaleException>(() => work.Commit());
        (await place.Count("effects where description = 'required'")).ShouldBe(0);
    }

    [Fact]
    public async Task An_event_of_unknown_type_stays_and_does_not_hold_up_the_others()
    {
        var host = await place.Start();
        await place.Execute("insert into outbox (message_id, type, body) "
            + "values (gen_random_uuid(), 'Hotline.Contracts.Future.NotYet', '{}')");
        var request = Facts.Request();
        await Place.Commit(host, request);
        await Wait.Until(async () => await place.Count($"effects where request_id = '{request.RequestId}'") == 1, "the event behind it");
        (await place.Count("outbox where type = 'Hotline.Contracts.Future.NotYet'")).ShouldBe(1);
        await place.Execute("delete from outbox where type = 'Hotline.Contracts.Future.NotYet'");
    }
}

public sealed class CrashTests(Place place) : IClassFixture<Place>
{
    [Fact]
    public async Task A_crash_between_publish_and_delete_repeats_the_event_and_changes_nothing()
    {
        // the broker has confirmed, the delete fails: the relay rolls back and publishes again
        await place.Execute("""
            create function refuse() returns trigger language plpgsql as $$ begin raise exception 'crash'; end $$;
            create trigger crash before delete on outbox for each row execute function refuse();
            """);
        await using var probe = await Probe.Start(place.VirtualHost);
        var host = await place.Start();
        var request = Facts.Request();
        await Place.Commit(host, request);
        await Wait.Until(() => probe.Heard<RequestRegistered>().Count(r => r.RequestId == request.RequestId) >= 2,
            "the event published twice");
        await place.Execute("drop trigger crash on outbox");
        await Wait.Until(async () => await place.Count("outbox") == 0, "the outbox empty");
        (await place.Count($"effects where request_id = '{request.RequestId}'")).ShouldBe(1);
        (await Servers.Take(place.VirtualHost, "test-effects_error")).ShouldBeEmpty();
    }
}

public sealed class TwoRelaysTests(Place place) : IClassFixture<Place>
{
    [Fact]
    public async Task Two_relays_at_once_publish_each_event_once()
    {
        await using var probe = await Probe.Start(place.VirtualHost);
        using var idle = place.Build();
        for (var i = 0; i < 10; i++) await Place.Commit(idle, [.. Enumerable.Range(0, 100).Select(_ => (object)Facts.Request())]);
        await Task.WhenAll(place.Start(), place.Start());
        await Wait.Until(async () => await place.Count("effects") == 1000, "1,000 effects");
        await Wait.Until(async () => await place.Count("outbox") == 0, "the outbox empty");
        (await place.Count("(select distinct request_id from effects) d")).ShouldBe(1000);
        await Wait.Until(() => probe.Heard<RequestRegistered>().Count() >= 1000, "all events heard");
        probe.Heard<RequestRegistered>().Count().ShouldBe(1000);
    }
}

public sealed class NeverStartedTests(Place place) : IClassFixture<Place>
{
    [Fact]
    public async Task A_subscriber_that_has_never_started_gets_what_was_told_before()
    {
        // Place ran the verb topology; no consumer has ever run here
        await using var probe = await Probe.Start(place.VirtualHost);
        var request = Facts.Request();
        await probe.Tell(request);
        await place.Start();
        await Wait.Until(async () => await place.Count($"effects where request_id = '{request.RequestId}'") == 1,
            "the event from before the first start");
    }
}
