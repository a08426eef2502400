using System.Net.Sockets;
using System.Reflection;
using MassTransit;
using MassTransit.Middleware;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;

namespace Hotline.Messaging;

/// <summary>The bus, set up once for all services. Nothing outside this project knows MassTransit's bus: events go out through
/// <see cref="Work.Tell"/> and come in through consumers.</summary>
public static class MessagingSetup
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Outbox, inbox and consumers of a service, and its verbs <c>topology</c>, <c>errors</c> and <c>redrive</c>.</summary>
    /// <param name="builder">The service's builder.</param>
    /// <param name="service">Prefix of its queues: two services never share one.</param>
    /// <param name="contracts">Assembly of the events.</param>
    /// <param name="consumers">Assembly of the consumers; each class gets its own queue.</param>
    public static void AddMessaging(this IHostApplicationBuilder builder, string service, Assembly contracts, Assembly consumers)
    {
        var names = new KebabCaseEndpointNameFormatter(service, false);
        var erasure = contracts.GetExportedTypes().Single(t => t.Name == "RequestErased");
        var classes = consumers.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false }).ToArray();
        var types = classes.Where(t => t.GetInterfaces().Any(IsConsumer))
            .Append(typeof(ErasedRequests<>).MakeGenericType(erasure)).ToArray();
        var followers = classes.Where(Followers.Is).ToDictionary(t => t, t => QueueOf(names, t));
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new EventTypes(contracts)).AddSingleton<OutboxSignal>().AddScoped<Work>()
            .AddSingleton(new ConsumerQueues([.. types.Select(t => QueueOf(names, t)), .. followers.Values])).AddSingleton<ErrorQueues>()
            .AddSingleton<DatabaseOutage>()
            .AddHostedService<OutboxRelay>().AddHostedService<InboxCleaner>().AddHostedService<MessagingMetrics>()
            .AddHostedService<ErrorQueueErasure>();
        builder.AddBus(contracts, bus =>
        {
            bus.SetEndpointNameFormatter(names);
            bus.AddConsumers(types);
            foreach (var (follower, queue) in followers) bus.AddFollower(follower, queue);
            bus.AddConfigureEndpointsCallback((context, _, endpoint) => Configure(context, endpoint));
        });
        builder.Services.AddVerb("topology", "declare the service's exchanges, queues and bindings at the broker",
            services => Deploy(services.GetRequiredService<IBusControl>()));
        builder.Services.AddVerb("errors", "list messages that consumers could not take", async services =>
        {
            foreach (var (queue, depth) in await services.GetRequiredService<ErrorQueues>().Depths(default))
                Console.WriteLine($"{queue}\t{depth}");
        });
        builder.Services.AddVerb("redrive", "move such messages back: all, or those of the queues named", async (services, chosen) =>
        {
            var errors = services.GetRequiredService<ErrorQueues>();
            foreach (var queue in errors.Names.Where(q => chosen.Length == 0 || chosen.Contains(q)))
            {
                if (await errors.MoveBack(queue, null, null, default) is { Moved: > 0 and var moved })
                    Console.WriteLine($"{queue}\t{moved}");
            }
        });
    }

    /// <summary>A temporary queue of this process that receives all events, for passing them on to browsers. No inbox:
    /// what it misses while it is away is not kept for it.</summary>
    /// <param name="builder">The process' builder.</param>
    /// <param name="contracts">Assembly of the events.</param>
    /// <param name="received">Called for each event.</param>
    public static void AddEventStream(
        this IHostApplicationBuilder builder, Assembly contracts, Action<IServiceProvider, object> received) =>
        builder.AddBus(contracts, _ => { }, (context, rabbit) => rabbit.ReceiveEndpoint(new TemporaryEndpointDefinition(), endpoint =>
        {
            endpoint.DiscardFaultedMessages();
            foreach (var type in new EventTypes(contracts).All)
            {
                typeof(MessagingSetup).GetMethod(nameof(Handle), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type)
                    .Invoke(null, [endpoint, (object message) => received(context, message)]);
            }
        }));

    /// <summary>Address of the broker: <c>ConnectionStrings:rabbitmq</c>, an amqp URI.</summary>
    internal static Uri Broker(IConfiguration configuration) => new(configuration.GetConnectionString("rabbitmq") is { Length: > 0 } uri
        ? uri : throw new InvalidOperationException("Set ConnectionStrings__rabbitmq, for example amqp://user:password@localhost:5672"));

    private static void AddBus(this IHostApplicationBuilder builder, Assembly contracts, Action<IBusRegistrationConfigurator> configure,
        Action<IBusRegistrationContext, IRabbitMqBusFactoryConfigurator>? endpoints = null)
    {
        builder.Services.AddOptions<MassTransitHostOptions>().Configure(host => host.StopTimeout = TimeSpan.FromSeconds(20));
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            // broker away: go on accepting work, the outbox keeps the events
            bus.ConfigureHealthCheckOptions(options => options.MinimalFailureStatus = HealthStatus.Degraded);
            configure(bus);
            bus.UsingRabbitMq((context, rabbit) =>
            {
                var stopping = context.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
                rabbit.Host(Broker(context.GetRequiredService<IConfiguration>()),
                    host => host.OnRefreshConnectionFactory = factory => UntilListening(factory, stopping));
                rabbit.ConfigureJsonSerializerOptions(json => new(json) { WriteIndented = false });
                // what events have in common is for those who read the code; the broker has exchanges for events only
                foreach (var common in contracts.GetExportedTypes().Where(t => t.IsInterface))
                    rabbit.Publish(common, topology => topology.Exclude = true);
                endpoints?.Invoke(context, rabbit);
                rabbit.ConfigureEndpoints(context);
            });
        });
    }

    // Between two tries MassTransit waits longer and longer, up to half a minute, and stays away for so long when the broker is back.
    // So a try begins when the broker listens.
    private static async Task UntilListening(ConnectionFactory factory, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            limit.CancelAfter(Pause * 10);
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync(factory.HostName, factory.Port, limit.Token);
                return;
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }

    private static void Configure(IRegistrationContext context, IReceiveEndpointConfigurator endpoint)
    {
        endpoint.PrefetchCount = 32;
        endpoint.ConcurrentMessageLimit = 8; // sum over queues stays within the connection pool's patience
        endpoint.PublishFaults = false; // nobody subscribes; the error queue is where faults are seen
        // outermost first. PostgreSQL away: everybody waits, which is just back-pressure.
        IPipeConfigurator<ConsumeContext> all = endpoint;
        all.UseFilter(new HoldFilter(context.GetRequiredService<DatabaseOutage>(), HoldFor(context.GetRequiredService<IConfiguration>())));
        endpoint.ConfigureError(error =>
        {
            error.UseFilter(new GiveBackFilter());
            error.UseFilter(new GenerateFaultFilter());
            error.UseFilter(new ErrorTransportFilter());
        });
        // A request's events come in quick succession: one after the other they do not contend for its row
        // (one partitioner for all types of messages: given a number, MassTransit makes one for each).
        all.UsePartitioner(all.CreatePartitioner(64), message => message.CorrelationId ?? message.MessageId ?? Guid.Empty);
        // A bug or a poisoned message: once more, then to the error queue.
        endpoint.UseMessageRetry(retry =>
        {
            retry.Immediate(1);
            retry.Ignore<StaleException>();
            retry.Ignore<Exception>(Queries.IsAway);
        });
        // a deadlock, a connection that broke: within 2.3 s it mostly works; what lasts longer waits at the door
        endpoint.UseMessageRetry(retry =>
        {
            retry.Exponential(5, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(100));
            retry.Handle<Exception>(Queries.IsAway);
        });
        // a row that others change too: each round one of them wins, so step back further each time.
        // Retrying at once, 20 times, was seen to lose messages.
        endpoint.UseMessageRetry(retry =>
        {
            retry.Exponential(500, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(2));
            retry.Handle<StaleException>();
        });
        endpoint.UseConsumeFilter(typeof(InboxFilter<>), context);
        if (endpoint is IRabbitMqReceiveEndpointConfigurator queue)
        {
            queue.SetQuorumQueue();
            // 100_000, not -1: RabbitMQ 3.x reads a negative limit as 0 and drops after the first failure; 4.x drops after 20 by default
            queue.SetQueueArgument("x-delivery-limit", 100_000);
        }
    }

    private static TimeSpan HoldFor(IConfiguration configuration)
    {
        var given = configuration.GetValue("Messaging:HoldFor", TimeSpan.FromMinutes(5));
        return given >= TimeSpan.FromSeconds(1) && given <= TimeSpan.FromMinutes(10)
            ? given : throw new InvalidOperationException("Messaging__HoldFor must be from 00:00:01 to 00:10:00");
    }

    private static async Task Deploy(IBusControl bus)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await bus.DeployAsync(limit.Token).WaitAsync(TimeSpan.FromSeconds(90)); // the bus may wait beyond its token while it stops
    }

    private static bool IsConsumer(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IConsumer<>);

    private static string QueueOf(IEndpointNameFormatter names, Type consumer) =>
        (string)typeof(IEndpointNameFormatter)
            .GetMethod(nameof(IEndpointNameFormatter.Consumer))!.MakeGenericMethod(consumer).Invoke(names, null)!;

    private static void Handle<T>(IReceiveEndpointConfigurator endpoint, Action<object> received) where T : class =>
        endpoint.Handler<T>(context =>
        {
            received(context.Message);
            return Task.CompletedTask;
        });
}
