using System.Collections.Concurrent;
using Hotline.Contracts.Intake;
using Hotline.Messaging;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Hotline.Testing;

/// <summary>Hears all events on a virtual host, and tells events in the place of services that are not there.</summary>
public sealed class Probe : IAsyncDisposable
{
    private readonly ConcurrentQueue<object> _heard = new();
    private IHost _host = null!;

    public static async Task<Probe> Start(string virtualHost)
    {
        var probe = new Probe();
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Configuration["ConnectionStrings:rabbitmq"] = $"{Servers.Rabbit}/{virtualHost}";
        builder.AddEventStream(typeof(RequestRegistered).Assembly, (_, message) => probe._heard.Enqueue(message));
        probe._host = builder.Build();
        await probe._host.StartAsync();
        var bus = probe._host.Services.GetRequiredService<IBusControl>();
        await Wait.Until(() => bus.CheckHealth().Status == BusHealthStatus.Healthy, "probe connected to the broker");
        return probe;
    }

    public IEnumerable<T> Heard<T>() => _heard.OfType<T>();

    /// <summary>Waits for an event.</summary>
    public Task<T> Hears<T>(Func<T, bool> like) where T : class =>
        Wait.For(() => Task.FromResult(Heard<T>().FirstOrDefault(like)), typeof(T).Name);

    /// <summary>Tells an event, with a confirm. The same id twice is the same message delivered twice.</summary>
    public Task Tell(object message, Guid? id = null) => _host.Services.GetRequiredService<IBus>()
        .Publish(message, message.GetType(), Pipe.Execute<PublishContext>(publish => publish.MessageId = id ?? Guid.CreateVersion7()))
        .WaitAsync(Wait.Patience);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
