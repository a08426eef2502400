using System.Collections.Concurrent;
using System.Diagnostics;
using Hotline.Contracts.Intake;
using Hotline.Contracts.Vendors;
using MassTransit;
using Npgsql;

namespace Hotline.Messaging.Tests;

/// <summary>One row for each event; what the event says decides how it goes wrong.</summary>
public sealed class Effects(Work work) : IConsumer<RequestRegistered>
{
    public static readonly ConcurrentDictionary<Guid, string?> Traces = new();
    public static readonly ConcurrentDictionary<string, bool> Broken = new();

    public Task Consume(ConsumeContext<RequestRegistered> context)
    {
        var m = context.Message;
        Traces[m.RequestId] = Activity.Current?.TraceId.ToString();
        work.Write("insert into effects (request_id, description) values (@RequestId, @Description)", new { m.RequestId, m.Description });
        if (Broken.ContainsKey(m.Description)) throw new InvalidOperationException("poison");
        if (m.Description == "violates") work.Write("insert into strict (request_id) values (@RequestId)", new { m.RequestId });
        return Task.CompletedTask;
    }
}

/// <summary>Many events on one row, with optimistic concurrency.</summary>
public sealed class Counting(NpgsqlDataSource database, Work work) : IConsumer<RequestCancelled>
{
    private sealed record Row(int Value, int Version);

    public async Task Consume(ConsumeContext<RequestCancelled> context)
    {
        var row = (await database.One<Row>("select value, version from counters where id = 1", stop: context.CancellationToken))!;
        work.WriteOne("update counters set value = @value, version = @next where id = 1 and version = @Version",
            new { value = row.Value + 1, next = row.Version + 1, row.Version });
    }
}

/// <summary>A copy that ignores what is not newer.</summary>
public sealed class Standings(Work work) : IConsumer<VendorStandingChanged>
{
    public Task Consume(ConsumeContext<VendorStandingChanged> context)
    {
        var m = context.Message;
        work.Write("""
            insert into standings (vendor_id, standing, version) values (@VendorId, @Standing, @Version)
            on conflict (vendor_id) do update set standing = excluded.standing, version = excluded.version
            where standings.version < excluded.version
            """, new { m.VendorId, m.Standing, m.Version });
        return Task.CompletedTask;
    }
}
