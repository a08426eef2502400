using System.Reflection;
using MassTransit;

namespace Hotline.Messaging;

/// <summary>Follows what is told: one queue for several events, and a line for each of them. The queue has the class' name, and an event
/// that comes twice has its effect once, as with a consumer.</summary>
/// <typeparam name="TSelf">The class itself; made for each event, with what it needs injected.</typeparam>
public interface IFollow<TSelf> : IConsumer where TSelf : class, IFollow<TSelf>
{
    /// <summary>Says which events and what is done about each.</summary>
    static abstract void Follow(Follows<TSelf> events);
}

/// <summary>What a class follows.</summary>
public sealed class Follows<TFollower> where TFollower : class
{
    private readonly Dictionary<Type, Func<TFollower, object, CancellationToken, Task>> _events = [];

    /// <summary>The events.</summary>
    internal IReadOnlyCollection<Type> Events => _events.Keys;

    internal Func<TFollower, object, CancellationToken, Task> this[Type type] => _events[type];

    /// <summary>What is done about an event.</summary>
    /// <typeparam name="TEvent">An event, or what several events are: then each of them.</typeparam>
    public Follows<TFollower> On<TEvent>(Func<TFollower, TEvent, CancellationToken, Task> take) where TEvent : class =>
        On(EventTypes.Of<TEvent>(), (follower, told, stop) => take(follower, (TEvent)told, stop));

    /// <inheritdoc cref="On{TEvent}(Func{TFollower, TEvent, CancellationToken, Task})"/>
    public Follows<TFollower> On<TEvent>(Action<TFollower, TEvent> take) where TEvent : class => On<TEvent>((follower, told, _) =>
    {
        take(follower, told);
        return Task.CompletedTask;
    });

    /// <summary>What is done about events that are listed elsewhere.</summary>
    public Follows<TFollower> On(IEnumerable<Type> events, Func<TFollower, object, CancellationToken, Task> take)
    {
        foreach (var type in events) _events.Add(type, take);
        return this;
    }
}

/// <summary>One event of a class that follows several, as the bus knows it.</summary>
internal sealed class Followed<TFollower, TEvent>(TFollower follower) : IConsumer<TEvent>
    where TFollower : class, IFollow<TFollower> where TEvent : class
{
    private static readonly Func<TFollower, object, CancellationToken, Task> Take = Followers.Of<TFollower>()[typeof(TEvent)];

    public Task Consume(ConsumeContext<TEvent> context) => Take(follower, context.Message, context.CancellationToken);
}

internal static class Followers
{
    public static bool Is(Type type) => type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IFollow<>));

    /// <summary>A follower's consumers, one for each event, on the one queue.</summary>
    public static void AddFollower(this IBusRegistrationConfigurator bus, Type follower, string queue)
    {
        bus.AddScoped(follower);
        var events = (IReadOnlyCollection<Type>)typeof(Followers).GetMethod(nameof(EventsOf), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(follower).Invoke(null, null)!;
        foreach (var type in events)
            bus.AddConsumer(typeof(Followed<,>).MakeGenericType(follower, type)).Endpoint(endpoint => endpoint.Name = queue);
    }

    internal static Follows<TFollower> Of<TFollower>() where TFollower : class, IFollow<TFollower>
    {
        var events = new Follows<TFollower>();
        TFollower.Follow(events);
        return events;
    }

    private static IReadOnlyCollection<Type> EventsOf<TFollower>() where TFollower : class, IFollow<TFollower> => Of<TFollower>().Events;
}
