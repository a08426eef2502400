using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Hotline.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Hotline.Messaging.Tests;

/// <summary>PostgreSQL is away for longer than a message may be held (a second here, minutes in earnest).</summary>
public sealed class OutageTests(Place place) : IClassFixture<Place>
{
    [Fact]
    public async Task While_PostgreSQL_is_away_messages_are_given_back_to_their_queue_again_and_again_and_none_is_lost_or_taken_for_poison()
    {
        var givenBack = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, on) =>
            {
                if (instrument.Name == "hotline.messages.given_back") on.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => givenBack.AddOrUpdate((string)tags[0].Value!, value,
            (_, sum) => sum + value));
        listener.Start();
        await place.Start();
        await using var probe = await Probe.Start(place.VirtualHost);
        var requests = Enumerable.Range(0, 40).Select(_ => Facts.Request()).ToArray();

        await Servers.TakeAway(place.DatabaseName);
        foreach (var request in requests) await probe.Tell(request);
        // each of them more than twice: the longest that one is held is over, and over again
        await Wait.Until(() => givenBack.GetValueOrDefault("test-effects") > 2 * requests.Length, "messages given back",
            TimeSpan.FromSeconds(60));
        await Servers.BringBack(place.DatabaseName);

        await Wait.Until(async () => await place.Count("effects") == requests.Length, "all effects", TimeSpan.FromSeconds(60));
        (await place.Count("(select distinct request_id from effects) d")).ShouldBe(requests.Length);
        (await Servers.Take(place.VirtualHost, "test-effects_error")).ShouldBeEmpty();
        (await Servers.Take(place.VirtualHost, "test-effects_skipped")).ShouldBeEmpty();
    }
}

public sealed class AbandonedTests(Place place) : IClassFixture<Place>
{
    private const string TakeNext = "update counters set value = value + 1 where id = 1 returning value";

    [Fact]
    public async Task Who_took_a_number_and_stalls_loses_it_and_the_next_one_gets_it()
    {
        using var host = place.Build();
        await using var stalled = host.Services.CreateAsyncScope();
        await using var next = host.Services.CreateAsyncScope();
        await using var dead = stalled.ServiceProvider.GetRequiredService<Work>();
        (await dead.Take<int>(TakeNext, new { }, TestContext.Current.CancellationToken)).ShouldBe(1); // and no commit follows

        var waited = Stopwatch.StartNew();
        await using var work = next.ServiceProvider.GetRequiredService<Work>();
        (await work.Take<int>(TakeNext, new { }, TestContext.Current.CancellationToken)).ShouldBe(1, "without gaps");
        await work.Commit(TestContext.Current.CancellationToken);
        waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(7)); // 2 s are configured here; who waits gives up after 5 s more
        (await place.Count("counters where value = 1")).ShouldBe(1);
        // what came back to life writes nothing
        await Should.ThrowAsync<NpgsqlException>(() => dead.Commit(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_lock_that_is_held_all_the_same_is_not_waited_for_without_end()
    {
        using var host = place.Build();
        await using var holder = new NpgsqlConnection(Servers.Database(place.DatabaseName)); // on no terms of ours
        await holder.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await holder.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var take = new NpgsqlCommand("select pg_advisory_xact_lock(1)", holder, transaction);
        await take.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await using var scope = host.Services.CreateAsyncScope();
        await using var work = scope.ServiceProvider.GetRequiredService<Work>();
        var refused = await Should.ThrowAsync<PostgresException>(() => work.Take<object>("select pg_advisory_xact_lock(1)::text", new { },
            TestContext.Current.CancellationToken));
        refused.SqlState.ShouldBe(PostgresErrorCodes.LockNotAvailable);
        Queries.IsAway(refused).ShouldBeTrue();
    }

    [Fact]
    public async Task Every_session_of_a_service_ends_by_itself_whatever_becomes_of_its_host()
    {
        using var host = place.Build();
        var database = host.Services.GetRequiredService<NpgsqlDataSource>();
        async Task<string> Setting(string name)
        {
            await using var command = database.CreateCommand($"select current_setting('{name}')");
            return (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        }

        (await Setting("idle_in_transaction_session_timeout")).ShouldBe("2s");
        (await Setting("lock_timeout")).ShouldBe("7s");
        (await Setting("statement_timeout")).ShouldBe("1min");
        (await Setting("tcp_keepalives_idle")).ShouldBe("10");
        (await Setting("tcp_keepalives_interval")).ShouldBe("5");
        (await Setting("tcp_keepalives_count")).ShouldBe("2");
        (await Setting("tcp_user_timeout")).ShouldBe("15000");
        await place.Count("counters");
    }
}
