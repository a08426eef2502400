using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Hotline.Tools.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Hotline.Bench;

/// <summary>What the parts can do by themselves on this machine, beside which the platform's figures are held.</summary>
public static partial class Limits
{
    // the two inserts of a registration, with values of the same size, as one statement: one round trip, one commit
    private const string Inserts = """
        with request as (
            insert into bench.requests (id, number, status, channel, dialled_number, citizen, phone_hash, area_code, category_code,
                description, urgency, registered_by, registered_at, order_version, version)
            values (gen_random_uuid(), gen_random_uuid()::text, 'registered', 'phone', '12345', repeat('x', 220), sha256('x'), '330381001',
                'drains.unclog-drain', '厨房下水道堵了', 'normal', 'operator', now(), 0, 1))
        insert into bench.outbox (message_id, type, body, traceparent)
        values (gen_random_uuid(), 'Hotline.Contracts.Intake.RequestRegistered',
            json_build_object('citizen', repeat('x', 220), 'text', repeat('y', 300)), repeat('z', 55));
        """;

    /// <summary>pgbench with the same two inserts in one transaction, fsync on.</summary>
    /// <returns>Transactions a second.</returns>
    public static async Task<double> Pgbench(Stack stack, int clients, TimeSpan time)
    {
        await stack.Sql("intake", "drop schema if exists bench cascade; create schema bench; create table bench.requests (like "
            + "public.requests including all); create table bench.outbox (like public.outbox including all)");
        var script = Path.Combine(stack.State, "register.sql");
        await File.WriteAllTextAsync(script, Inserts.ReplaceLineEndings(" ") + "\n");
        var server = new Npgsql.NpgsqlConnectionStringBuilder(stack.Postgres("intake"));
        var seconds = ((int)time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var output = await ProcessRunner.Must(Path.Combine(PgBin(), "pgbench"),
            ["-n", "-M", "prepared", "-f", script, "-c", $"{clients}", "-j", "2", "-T", seconds,
                "-h", server.Host!, "-p", $"{server.Port}", "-U", server.Username!, "intake"], ("PGPASSWORD", server.Password!));
        await stack.Sql("intake", "drop schema bench cascade");
        return double.Parse(Tps().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>Confirmed publishing of events of the same size to a quorum queue, 256 under way.</summary>
    /// <returns>Messages a second.</returns>
    public static async Task<double> Publish(Stack stack, TimeSpan time)
    {
        await using var connection = await new ConnectionFactory { Uri = stack.Rabbit }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await channel.QueueDeclareAsync("bench", durable: true, exclusive: false, autoDelete: false,
            arguments: new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-max-length"] = 1000 });
        var (body, properties) = (Encoding.UTF8.GetBytes(new string('x', 1100)), new BasicProperties { Persistent = true });
        var (begun, count) = (Stopwatch.GetTimestamp(), 0L);
        while (Stopwatch.GetElapsedTime(begun) < time)
        {
            await Task.WhenAll(Enumerable.Range(0, 256)
                .Select(_ => channel.BasicPublishAsync("", "bench", true, properties, body).AsTask()));
            count += 256;
        }
        var rate = count / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        await channel.QueueDeleteAsync("bench");
        return rate;
    }

    /// <summary>An endpoint that does nothing, on Kestrel.</summary>
    /// <returns>Requests a second.</returns>
    public static async Task<double> Kestrel(int clients, TimeSpan time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapGet("/", () => "ok");
        await app.StartAsync();
        using var http = Platform.Client(
            new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()));
        return (await Generator.Saturate(clients, time, async _ => (await http.GetAsync("/")).Dispose())).Rate;
    }

    private static string PgBin() =>
        Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).Order(StringComparer.Ordinal).Last();

    [GeneratedRegex(@"tps = ([\d.]+)")]
    private static partial Regex Tps();
}
