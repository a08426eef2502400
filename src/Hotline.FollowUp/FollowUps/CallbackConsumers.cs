using Hotline.Contracts.Dispatch;
using Hotline.Contracts.Intake;
using MassTransit;

namespace Hotline.FollowUp.FollowUps;

/// <summary>Schedules a callback for whatever ended: a service, a declined price, a promise not kept,
/// a request for which nobody was found.</summary>
public sealed class CallbackSchedule(CallbackStore callbacks, TimeProvider clock) :
    IConsumer<OrderCompleted>, IConsumer<QuoteDeclined>, IConsumer<OrderUnfulfilled>, IConsumer<RequestCancelled>
{
    public Task Consume(ConsumeContext<OrderCompleted> context)
    {
        var m = context.Message;
        return Hear(context, m.RequestId, m.RequestNumber, m.CategoryCode,
            new(CallbackKind.Service, m.OrderId, m.VendorId, m.VendorName, m.Ordinal, m.At));
    }

    public Task Consume(ConsumeContext<QuoteDeclined> context)
    {
        var m = context.Message;
        return Hear(context, m.RequestId, m.RequestNumber, m.CategoryCode,
            new(CallbackKind.Declined, m.OrderId, m.VendorId, m.VendorName, m.Ordinal, m.At));
    }

    public Task Consume(ConsumeContext<OrderUnfulfilled> context)
    {
        var m = context.Message;
        return Hear(context, m.RequestId, m.RequestNumber, m.CategoryCode,
            new(CallbackKind.Unfulfilled, m.OrderId, m.VendorId, m.VendorName, m.Ordinal, m.At));
    }

    public Task Consume(ConsumeContext<RequestCancelled> context)
    {
        var m = context.Message;
        return m.Cause == "noVendor"
            ? Hear(context, m.RequestId, m.Number, m.CategoryCode, new(CallbackKind.Unfulfilled, null, null, null, null, m.At))
            : Task.CompletedTask;
    }

    private async Task Hear(ConsumeContext context, Guid request, string number, string category, Outcome outcome)
    {
        var now = clock.GetUtcNow();
        var latest = await callbacks.Latest(request, context.CancellationToken);
        if (Callback.Hear(latest, Guid.CreateVersion7(now), request, number, category, outcome, now) is not { } decision) return;
        if (decision.State.Id == latest?.Id) callbacks.Save(decision, latest.Version);
        else callbacks.Add(decision);
    }
}

/// <summary>Keeps whom to call. Who is forgotten is not called any more.</summary>
public sealed class Contacts(CallbackStore callbacks, TimeProvider clock) : IConsumer<RequestRegistered>, IConsumer<RequestErased>
{
    public Task Consume(ConsumeContext<RequestRegistered> context)
    {
        var m = context.Message;
        callbacks.PutContact(new() { RequestId = m.RequestId, Citizen = m.Citizen, Description = m.Description });
        return Task.CompletedTask;
    }

    public async Task Consume(ConsumeContext<RequestErased> context)
    {
        var request = context.Message.RequestId;
        if (await callbacks.Latest(request, context.CancellationToken) is { IsOver: false } due)
            callbacks.Save(due.GiveUp(clock.GetUtcNow()), due.Version);
        callbacks.Erase(request);
    }
}
