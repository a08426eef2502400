using Hotline.Contracts.Dispatch;
using Hotline.Contracts.Intake;
using Hotline.Wire.FollowUps;

namespace Hotline.FollowUps.FollowUps;

/// <summary>Schedules a follow-up for whatever ended: a service, a declined price, a promise not kept, a request for which
/// nobody was found.</summary>
public sealed class CallbackSchedule(FollowUpStore followUps, TimeProvider clock) : IFollow<CallbackSchedule>
{
    public static void Follow(Follows<CallbackSchedule> events) => events
        .On<OrderCompleted>((schedule, e, stop) => schedule.Hear(e.RequestId, e.RequestNumber, e.CategoryCode,
            new(FollowUpKind.Service, e.OrderId, e.VendorId, e.VendorName, e.Ordinal, e.At), stop))
        .On<QuoteDeclined>((schedule, e, stop) => schedule.Hear(e.RequestId, e.RequestNumber, e.CategoryCode,
            new(FollowUpKind.Declined, e.OrderId, e.VendorId, e.VendorName, e.Ordinal, e.At), stop))
        .On<OrderUnfulfilled>((schedule, e, stop) => schedule.Hear(e.RequestId, e.RequestNumber, e.CategoryCode,
            new(FollowUpKind.Unfulfilled, e.OrderId, e.VendorId, e.VendorName, e.Ordinal, e.At), stop))
        .On<RequestCancelled>((schedule, e, stop) => e.Cause != "noVendor" ? Task.CompletedTask
            : schedule.Hear(e.RequestId, e.Number, e.CategoryCode, new(FollowUpKind.Unfulfilled, null, null, null, null, e.At), stop));

    private async Task Hear(Guid request, string number, string category, Outcome outcome, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var latest = await followUps.Latest(request, stop);
        if (FollowUp.Hear(latest, Guid.CreateVersion7(now), request, number, category, outcome, now) is not { } decision) return;
        if (decision.State.Id == latest?.Id) followUps.Save(decision, latest.Version);
        else followUps.Add(decision);
    }
}

/// <summary>Keeps whom to call. Who is forgotten is not called any more.</summary>
public sealed class Contacts(FollowUpStore followUps, TimeProvider clock) : IFollow<Contacts>
{
    public static void Follow(Follows<Contacts> events) => events
        .On<RequestRegistered>((contacts, e) => contacts.Keep(e))
        .On<RequestCorrected>((contacts, e) => contacts.Store.CorrectContact(e.RequestId, e.Citizen, e.AreaCode, e.Version))
        .On<RequestErased>((contacts, e, stop) => contacts.Forget(e.RequestId, stop));

    private FollowUpStore Store { get; } = followUps;

    private void Keep(RequestRegistered e) => Store.PutContact(new()
    {
        RequestId = e.RequestId,
        Citizen = e.Citizen,
        Description = e.Description,
        AreaCode = e.AreaCode,
        DialledNumber = e.DialledNumber,
        RegisteredBy = e.By,
    });

    private async Task Forget(Guid request, CancellationToken stop)
    {
        if (await Store.Latest(request, stop) is { IsOver: false } due) Store.Save(due.GiveUp(clock.GetUtcNow()), due.Version);
        Store.Erase(request);
    }
}
