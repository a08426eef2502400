using Npgsql;
using RabbitMQ.Client;

namespace Hotline.Faults.Tests;

/// <summary>A fault: begun, lasting, and ended. What must come back by itself is not brought back here.</summary>
/// <param name="Full">Only when the whole suite runs.</param>
public sealed record Injection(string Kind, bool Full, Func<Task> Run, int Times = 1);

/// <summary>All faults that the suite knows.</summary>
public sealed class Injections(Stack stack) : IAsyncDisposable
{
    private const string Recorder = "faults-recorder";
    private IConnection? _connection;

    public IEnumerable<Injection> Chosen => from injection in Processes().Concat(Servers()).Concat(Messages())
                                            where Stack.Whole || (Stack.Chosen.Length == 0 ? !injection.Full
                                                : injection.Kind.Contains(Stack.Chosen, StringComparison.OrdinalIgnoreCase))
                                            select injection;

    private IEnumerable<Injection> Processes()
    {
        foreach (var service in PlatformServices.Names)
            yield return new($"{service}: one of two killed", service is not "dispatch",
                () => stack.Control("signal", "KILL", Stack.ProcessesOf(service)[Random.Shared.Next(2)]));
        foreach (var service in PlatformServices.Names)
            yield return new($"{service}: both killed", service is not "gateway",
                () => stack.Control(["signal", "KILL", .. Stack.ProcessesOf(service)]), 2);
        foreach (var service in Stack.Whole ? PlatformServices.Names : ["dispatch"])
            yield return new($"{service}: one of two frozen for {(Stack.Whole ? 40 : 8)} s", service is not "dispatch",
                () => Freeze(Stack.ProcessesOf(service)[0], TimeSpan.FromSeconds(Stack.Whole ? 40 : 8)));
    }

    private IEnumerable<Injection> Servers()
    {
        yield return new("RabbitMQ killed", false, stack.KillBroker);
        yield return new($"RabbitMQ stopped for {(Stack.Whole ? 60 : 10)} s", true, async () =>
        {
            await stack.Control("stop", "servers:rabbitmq");
            await Task.Delay(TimeSpan.FromSeconds(Stack.Whole ? 60 : 10)); // the fault itself
            await stack.Control("start", "servers:rabbitmq");
        });
        yield return new("PostgreSQL stopped at once (as by a crash)", false, () => stack.Control("signal", "QUIT", "servers:postgres"));
        yield return new("PostgreSQL killed", true, async () =>
        {
            await stack.Control("signal", "KILL", "servers:postgres");
            await Task.Delay(1000); // its children notice, and leave the shared memory to the next
        });
        yield return new("all connections to PostgreSQL closed", false, CloseDatabaseConnections, 3);
        yield return new("all connections to RabbitMQ closed", true, CloseBrokerConnections);
        yield return new("RabbitMQ and PostgreSQL killed together", true, async () =>
        {
            await stack.Control("signal", "QUIT", "servers:postgres");
            await stack.KillBroker();
        });
    }

    private IEnumerable<Injection> Messages()
    {
        yield return new("poison in a queue", false, Poison, 3);
        yield return new("a queue that waited, turned round", true, TurnRound);
        yield return new("every message of some seconds again, in any order", false, DeliverAgain);
    }

    private async Task Freeze(string process, TimeSpan time)
    {
        await stack.Control("signal", "STOP", process);
        await Task.Delay(time); // the fault itself
        await stack.Control("signal", "CONT", process);
    }

    private async Task CloseDatabaseConnections()
    {
        await using var source = NpgsqlDataSource.Create(stack.Local.Postgres("postgres"));
        for (var i = 0; i < 3; i++)
        {
            await using var command = source.CreateCommand("select pg_terminate_backend(pid) from pg_stat_activity "
                + "where backend_type = 'client backend' and pid <> pg_backend_pid()");
            await command.ExecuteNonQueryAsync();
            await Task.Delay(700);
        }
    }

    private async Task CloseBrokerConnections()
    {
        foreach (var connection in await stack.Broker.Connections()) await stack.Broker.CloseConnection(connection);
    }

    // what nobody can read must end in the error queue and hold up nobody; then somebody throws it away
    private async Task Poison()
    {
        string[] queues = ["intake-request-progress", "dispatch-vendor-copies", "evaluation-work-facts"];
        foreach (var queue in queues) await stack.Broker.Publish(queue, "{ this is no message", new { delivery_mode = 2 });
        foreach (var queue in queues)
        {
            await Wait.Until(async () => await Depth(queue + "_error") > 0, $"the poison in {queue}_error");
            await stack.Broker.Purge(queue + "_error");
        }
    }

    // follow-up is away while services end; what waits for it is then delivered in the opposite order
    private async Task TurnRound()
    {
        await stack.Control(["stop", .. Stack.ProcessesOf("follow-up")]);
        const string queue = "follow-up-callback-schedule";
        await Wait.Until(async () => await Depth(queue) >= 8, "eight messages waiting");
        await using (var channel = await Channel())
        {
            var waiting = new Stack<BasicGetResult>();
            while (await channel.BasicGetAsync(queue, autoAck: false) is { } message) waiting.Push(message);
            foreach (var message in waiting)
            {
                await channel.BasicPublishAsync("", queue, true, new BasicProperties(message.BasicProperties), message.Body);
                await channel.BasicAckAsync(message.DeliveryTag, false);
            }
        }
        await stack.Control(["start", .. Stack.ProcessesOf("follow-up")]);
    }

    private async Task DeliverAgain()
    {
        await using var channel = await Channel();
        await channel.QueueDeclareAsync(Recorder, durable: false, exclusive: true, autoDelete: true);
        var exchanges = (await stack.Broker.Exchanges())
            .Where(e => e.StartsWith("Hotline.Contracts.", StringComparison.Ordinal)).ToArray();
        exchanges.ShouldNotBeEmpty();
        foreach (var exchange in exchanges) await channel.QueueBindAsync(Recorder, exchange, "");
        await Wait.Until(async () => await Depth(Recorder) >= 100, "a hundred messages recorded");
        foreach (var exchange in exchanges) await channel.QueueUnbindAsync(Recorder, exchange, "");
        var heard = new List<BasicGetResult>();
        while (await channel.BasicGetAsync(Recorder, autoAck: true) is { } message) heard.Add(message);
        foreach (var message in heard.OrderBy(_ => Random.Shared.Next()))
            await channel.BasicPublishAsync(message.Exchange, message.RoutingKey, false,
                new BasicProperties(message.BasicProperties), message.Body);
    }

    private async Task<long> Depth(string queue)
    {
        await using var channel = await Channel();
        try { return (await channel.QueueDeclarePassiveAsync(queue)).MessageCount; }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException) { return 0; } // not there yet
    }

    private async Task<IChannel> Channel()
    {
        _connection ??= await new ConnectionFactory { Uri = stack.Local.Rabbit }.CreateConnectionAsync();
        return await _connection.CreateChannelAsync(new CreateChannelOptions(true, true));
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync();
    }
}
