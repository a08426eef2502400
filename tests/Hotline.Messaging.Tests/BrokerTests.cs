using Hotline.Testing;

namespace Hotline.Messaging.Tests;

/// <summary>Kills the broker that all share: nothing else of this project runs meanwhile.</summary>
[CollectionDefinition("the broker dies", DisableParallelization = true)]
public sealed class BrokerDies;

[Collection("the broker dies")]
public sealed class BrokerTests(Place place) : IClassFixture<Place>
{
    [Fact]
    public async Task A_broker_that_is_killed_and_comes_back_loses_and_doubles_nothing_and_commits_go_on()
    {
        // RabbitMQ 3.10 forgets, in a kill soon after, which log on disk belongs to a quorum queue that was just declared,
        // and that queue never answers again: a clean restart writes it down
        await Servers.RestartBroker();
        var host = await place.Start();
        var told = new List<Guid>();
        async Task Commit(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var request = Facts.Request();
                await Place.Commit(host, request);
                told.Add(request.RequestId);
            }
        }

        await Commit(1);
        await Wait.Until(async () => await place.Count("effects") == 1, "the first effect");
        await Commit(100);
        await Servers.KillBroker();
        await Commit(300); // commits do not need the broker
        (await place.Count("outbox")).ShouldBeGreaterThan(0);
        await Wait.Until(async () => await place.Count("outbox") == 0, "the outbox empty again", TimeSpan.FromSeconds(90));
        await Commit(50);
        await Wait.Until(async () => await place.Count("effects") >= told.Count, "all effects", TimeSpan.FromSeconds(60));
        (await place.Count("effects")).ShouldBe(told.Count);
        (await place.Count("(select distinct request_id from effects) d")).ShouldBe(told.Count);
    }
}
