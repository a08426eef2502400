using Hotline.Contracts.Dispatch;
using Hotline.Contracts.Intake;
using MassTransit;

namespace Hotline.FollowUp.FollowUps;

/// <summary>Schedules a callback for whatever ended: a service, a declined price, a promise not kept, a request for which nobody was found.</summary>
public sealed class CallbackSchedule(CallbackStore callbacks, TimeProvider clock) :
    IConsumer<OrderCompleted>, IConsumer<QuoteDeclined>, IConsumer<OrderUnfulfilled>, IConsumer<RequestCancelled>
{
    public Task Consume(ConsumeContext<OrderCompleted> context)
    {
        var m = context.Message;
        return Schedule(m.RequestId, m.OrderId, m.VendorId, m.RequestNumber, m.VendorName, m.CategoryCode, CallbackKind.Service);
    }

    public Task Consume(ConsumeContext<QuoteDeclined> context)
    {
        var m = context.Message;
        return Schedule(m.RequestId, m.OrderId, m.VendorId, m.RequestNumber, m.VendorName, m.CategoryCode, CallbackKind.Declined);
    }

    public Task Consume(ConsumeContext<OrderUnfulfilled> context)
    {
        var m = context.Message;
        return Schedule(m.RequestId, m.OrderId, m.VendorId, m.RequestNumber, m.VendorName, m.CategoryCode, CallbackKind.Unfulfilled);
    }

    public Task Consume(ConsumeContext<RequestCancelled> context)
    {
        var m = context.Message;
        return m.Cause == "noVendor" ? Schedule(m.RequestId, null, null, m.Number, null, m.CategoryCode, CallbackKind.Unfulfilled) : Task.CompletedTask;
    }

    private Task Schedule(Guid request, Guid? order, Guid? vendor, string number, string? vendorName, string category, CallbackKind kind)
    {
        var now = clock.GetUtcNow();
        callbacks.Add(Callback.Schedule(Guid.CreateVersion7(now), request, order, vendor, number, vendorName, category, kind, now));
        return Task.CompletedTask;
    }
}

/// <summary>Keeps whom to call.</summary>
public sealed class Contacts(CallbackStore callbacks) : IConsumer<RequestRegistered>, IConsumer<RequestErased>
{
    public Task Consume(ConsumeContext<RequestRegistered> context)
    {
        var m = context.Message;
        callbacks.PutContact(new() { RequestId = m.RequestId, Citizen = m.Citizen, Description = m.Description });
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<RequestErased> context)
    {
        callbacks.Erase(context.Message.RequestId);
        return Task.CompletedTask;
    }
}
